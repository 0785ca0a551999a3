"""The calls on the user's settings.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings
"""

from __future__ import annotations

from gcsa.operations.method import operation
from gcsa.operations.operation import Operation, Param
from gcsa.operations.runner import Caller
from gcsa.serializers.settings_serializer import SettingsSerializer
from gcsa.settings import Settings

# All settings fit on one page: there are about a dozen, and a page holds up to 250.
# https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
ALL: dict[str, Param] = {"maxResults": 250}


class UserSettings(Caller):
    """The methods on settings, of both clients and of their batches."""

    @operation
    def get_settings(self) -> Operation[Settings]:
        """Return the user's settings, each with a value of its type.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
        """
        return Operation("GET", "users/me/settings", SettingsSerializer.from_bytes, ALL)
