"""What the command can be told to do, by subject."""
