"""A user's settings: the ids that Google documents, their values, and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from gcsa.emulator import ids, times
from gcsa.emulator.store.settings import StoredSetting

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcsa.emulator.store import Store

# https://developers.google.com/workspace/calendar/api/v3/reference/settings
DEFAULTS: Final = {
    "autoAddHangouts": "false",
    "dateFieldOrder": "MDY",
    "defaultEventLength": "60",
    "format24HourTime": "false",
    "hideInvitations": "false",
    "hideWeekends": "false",
    "locale": "en",
    "remindOnRespondedEventsOnly": "false",
    "showDeclinedEvents": "true",
    "timezone": "Etc/GMT",
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}
_LOCALES: Final = frozenset(
    (
        *(
            "in",
            "ca",
            "cs",
            "da",
            "de",
            "en_GB",
            "en",
            "es",
            "es_419",
            "tl",
            "fr",
            "hr",
            "it",
            "lv",
        ),
        *("lt", "hu", "nl", "no", "pl", "pt_BR", "pt_PT", "ro", "sk", "sl", "fi", "sv", "tr", "vi"),
        *("el", "ru", "sr", "uk", "bg", "iw", "ar", "fa", "hi", "th", "zh_TW", "zh_CN", "ja", "ko"),
    )
)


def _one_of(*values: str) -> Callable[[str], bool]:
    return frozenset(values).__contains__


def _is_positive(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 9 and int(value) > 0


def _is_zone(value: str) -> bool:
    return times.zone(value) is not None


_ALLOWED: Final[dict[str, Callable[[str], bool]]] = {
    **dict.fromkeys(DEFAULTS, _one_of("true", "false")),
    "dateFieldOrder": _one_of("MDY", "DMY", "YMD"),
    "defaultEventLength": _is_positive,
    "locale": _LOCALES.__contains__,
    "timezone": _is_zone,
    "weekStart": _one_of("0", "1", "6"),
}


class Setting(NamedTuple):
    """A setting of a user.

    Attributes:
        id: Its id.
        value: Its value, always text.
        version: The number in its etag; 0 for one that was never changed.
    """

    id: str
    value: str
    version: int


def settings_of(store: Store, user: int) -> list[Setting]:
    """Return all settings of a user, in the order of Google's list."""
    changed = store.settings.of_user(user)
    return [
        Setting(name, default, 0) if name not in changed else _setting(changed[name])
        for name, default in DEFAULTS.items()
    ]


def changed_settings(
    store: Store, user: int, *, after: int, until: int
) -> list[tuple[int, Setting]]:
    """Return what changed after one number of the settings' sequence, until another one, with its number."""
    changes = store.settings.changes(user, after=after, until=until)
    return [(change.change, _setting(change)) for change in changes]


def change(store: Store, user: int, setting_id: str, value: str, now: int) -> None:
    """Change a setting.

    Args:
        store: The database.
        user: The user's key.
        setting_id: The setting's id.
        value: Its value, as text.
        now: The time, in milliseconds.

    Raises:
        ValueError: There is no setting of this id, or it cannot have this value.
    """
    check(setting_id, value)
    before = store.settings.get(user, setting_id)
    if (DEFAULTS[setting_id] if before is None else before.value) == value:
        return
    store.settings.put(
        StoredSetting(
            user,
            setting_id,
            value,
            ids.next_version(now, 0 if before is None else before.version),
            store.settings.last_change(user) + 1,
        )
    )


def default_length(store: Store, user: int) -> int:
    """Return how long events of a user usually are, in minutes: the setting defaultEventLength."""
    stored = store.settings.get(user, "defaultEventLength")
    return int(DEFAULTS["defaultEventLength"] if stored is None else stored.value)


def check(setting_id: str, value: str) -> None:
    """Check a setting.

    Raises:
        ValueError: There is no setting of this id, or it cannot have this value.
    """
    if setting_id not in DEFAULTS:
        raise ValueError(f"there is no setting {setting_id!r}; there are {', '.join(DEFAULTS)}")
    if not _ALLOWED[setting_id](value):
        raise ValueError(f"the setting {setting_id} cannot be {value!r}")


def _setting(stored: StoredSetting) -> Setting:
    return Setting(stored.id, stored.value, stored.version)
