"""Events that several people have: the organizer's own, and the copies on their guests' calendars.

Reference: https://developers.google.com/workspace/calendar/api/concepts/inviting-attendees-to-events

The organizer's event is the one that counts. A guest's copy is under the same id and iCalUID on the guest's calendar;
what a guest changes that concerns the others travels to the organizer's event first, and from there to every copy.
"""
