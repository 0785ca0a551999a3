"""Events to and from iCalendar files, as other calendars write and read them.

Needs the extra `ical`. What an iCalendar file cannot say of an event is kept in it all the same, in
properties of our own, so that an event that comes back is the event that went.

Reference: RFC 5545, RFC 7986
"""

from __future__ import annotations

from gcsa.ical.reading import from_ical
from gcsa.ical.writing import to_ical

__all__ = ["from_ical", "to_ical"]
