"""What people use beside the objects of a calendar: dates and times with their zones."""
