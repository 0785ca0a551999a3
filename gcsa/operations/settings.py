"""The calls on the user's settings.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
"""

from __future__ import annotations

from collections.abc import Mapping

from gcsa.operations.method import operation
from gcsa.operations.operation import Listing, Operation, Param, path
from gcsa.operations.runner import Caller
from gcsa.serializers.settings_serializer import IDS, SettingSerializer, SettingsSerializer
from gcsa.settings import Setting, Settings

SETTINGS = ("users", "me", "settings")

# All settings fit on one page: there are about a dozen, and a page holds up to 250.
# https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
ALL = 250


class UserSettings(Caller):
    """The methods on settings, of both clients and of their batches."""

    @operation
    def get_settings(self, /, **kwargs: Param) -> Operation[Settings]:
        """Return the user's settings, each with a value of its type.

        Args:
            **kwargs: Parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
        """
        params: dict[str, Param] = {"maxResults": ALL, **kwargs}
        return Operation("GET", path(*SETTINGS), SettingsSerializer.from_bytes, params)

    @operation
    def get_setting(self, /, setting: str, **kwargs: Param) -> Operation[Setting]:
        """Return one of the user's settings, with a value of its type.

        Args:
            setting: Its name among the attributes of `Settings`, such as `'week_start'`, or Google's
                id of it, such as `'weekStart'`.
            **kwargs: Parameters of Google's, under its own names.

        Raises:
            NotFoundError: Google has no such setting.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/get
        """
        where = path(*SETTINGS, IDS.get(setting, setting))
        return Operation("GET", where, SettingSerializer.from_bytes, kwargs)


def single_settings(params: Mapping[str, Param]) -> Listing[Setting]:
    """Describe the listing of the settings one by one."""
    return Listing(Operation("GET", path(*SETTINGS), SettingSerializer.page_from_bytes, params))
