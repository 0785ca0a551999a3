"""Reminders to and from JSON."""

from __future__ import annotations

from typing import Any

from gcsa.reminders import EmailReminder, PopupReminder, Reminder
from gcsa.serializers._layout import Layout, Value
from gcsa.serializers.base_serializer import BaseSerializer

_LAYOUT = Layout(
    Reminder,
    {
        "method": Value("method"),
        "minutes": Value("minutes_before_start", int),
    },
)


class ReminderSerializer(BaseSerializer[Reminder]):
    """Turns a `Reminder` into the JSON of one of an event's or a calendar's reminders and back.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
    """

    type_ = Reminder

    def __init__(self, reminder: Reminder | dict[str, Any] | str) -> None:
        super().__init__(reminder)

    @classmethod
    def write(cls, obj: Reminder) -> dict[str, Any]:
        """Return the reminder's JSON.

        Raises:
            ValueError: It is given in days and time of day; Google only knows minutes.
        """
        if obj.days_before is not None:
            raise ValueError(
                f"{obj!r} cannot be sent: Google takes reminders in minutes only. Convert it with "
                "convert_to_relative(start) first."
            )
        return _LAYOUT.write(obj)

    @classmethod
    def read(cls, resource: dict[str, Any]) -> Reminder:
        """Return an `EmailReminder`, a `PopupReminder` or, of another method, a `Reminder`."""
        method: object = resource.get("method")
        if method == "email":
            return _LAYOUT.read(resource, EmailReminder)
        if method == "popup":
            return _LAYOUT.read(resource, PopupReminder)
        return _LAYOUT.read(resource)
