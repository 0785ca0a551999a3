"""Settings: how a user wants the calendar shown and filled in."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from gcsa import _checks as checks


@define(slots=False, repr=False)
class Setting:
    """One of the user's settings, as `get_setting` and `get_settings_changes` tell it.

    Args:
        setting_id: Google's id of it, such as `'weekStart'`.
        value: Its value: True or False, a number or a text, as in `Settings`.
        other: What else Google says of it, under Google's own names, such as `etag`.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
    """

    setting_id: str | None
    value: bool | int | str | None
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping, kw_only=True)

    @property
    def id(self) -> str | None:
        """Google's id of the setting, the same as `setting_id`."""
        return self.setting_id

    def __repr__(self) -> str:
        return f"<Setting {self.setting_id}: {self.value!r}>"


@define(slots=False, kw_only=True)
class Settings:
    """A user's settings. They are changed in Google Calendar itself; the API only tells them.

    Args:
        auto_add_hangouts: Whether new events get a video conference by themselves.
        date_field_order: The order of day, month and year: `'MDY'`, `'DMY'` or `'YMD'`.
        default_event_length: Minutes that an event lasts when nothing else is said.
        format24_hour_time: Whether times are shown from 0 to 24 hours.
        hide_invitations: Whether invitations are hidden until they are answered.
        hide_weekends: Whether weeks are shown without Saturday and Sunday.
        locale: The user's language and region, such as `'en_GB'`.
        remind_on_responded_events_only: Whether there are reminders only of events that the user
            has accepted, for certain or perhaps.
        show_declined_events: Whether declined events are shown.
        timezone: Name of the user's time zone.
        use_keyboard_shortcuts: Whether keyboard shortcuts work.
        week_start: The day on which weeks start: 0 is Sunday, 1 Monday, 6 Saturday.
        other: Settings that are not among these, under Google's own names.

    Raises:
        ValueError: `default_event_length` is not positive, or `week_start` is not from 0 to 6.
        TypeError: A value is of the wrong type.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
    """

    auto_add_hangouts: bool = field(default=False, validator=checks.flag)
    date_field_order: str = field(default="MDY", validator=checks.text())
    default_event_length: int = field(default=60, validator=checks.number(1))
    format24_hour_time: bool = field(default=False, validator=checks.flag)
    hide_invitations: bool = field(default=False, validator=checks.flag)
    hide_weekends: bool = field(default=False, validator=checks.flag)
    locale: str = field(default="en", validator=checks.text())
    remind_on_responded_events_only: bool = field(default=False, validator=checks.flag)
    show_declined_events: bool = field(default=True, validator=checks.flag)
    timezone: str = field(default="Etc/GMT", validator=checks.text())
    use_keyboard_shortcuts: bool = field(default=True, validator=checks.flag)
    week_start: int = field(default=0, validator=checks.number(0, 6))
    other: dict[str, Any] = field(factory=dict[str, Any], validator=checks.mapping)
