"""The types of events besides the default one, and what each may have and be.

Reference: https://developers.google.com/workspace/calendar/api/guides/event-types
"""
