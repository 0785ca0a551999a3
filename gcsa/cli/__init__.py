"""The `gcsa` command: Google Calendar at the prompt."""
