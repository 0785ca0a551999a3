"""What can go wrong with a local copy, beside what Google refuses."""

from __future__ import annotations


class MirrorError(Exception):
    """A local copy cannot do what is asked of it."""


class DatabaseError(MirrorError):
    """The database of the copy cannot be reached, opened or written to."""


class NewerSchemaError(DatabaseError):
    """The database was made by a newer version of gcsa: this one could damage it."""


class UnknownCalendarError(MirrorError, LookupError):
    """The calendar is not in the copy: it was never synchronised."""


class UnknownEventError(MirrorError, LookupError):
    """There is no such event in the copy."""


class ForgottenChangesError(MirrorError, LookupError):
    """What came after this cursor cannot be told: it was forgotten, or the cursor is not one of this feed.

    Take `Mirror.cursor()`, read the calendars anew, and go on from that cursor.
    """
