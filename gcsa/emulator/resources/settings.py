"""The settings resource: https://developers.google.com/workspace/calendar/api/v3/reference/settings ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcsa.emulator import ids, preferences
from gcsa.emulator.answer import Answer, json_text
from gcsa.emulator.errors import ApiError
from gcsa.emulator.resources.paging import Item, answer_page, read_request
from gcsa.emulator.routes import method

if TYPE_CHECKING:
    from gcsa.emulator.call import Call
    from gcsa.emulator.preferences import Setting


@method("calendar.settings.get")
def get(call: Call) -> Answer:
    """Return one of the caller's settings.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/get
    """
    wanted = call.parameters.required("setting")
    for setting in preferences.settings_of(call.store, call.user.key):
        if setting.id == wanted:
            return _answer(setting)
    raise ApiError.not_found()


@method("calendar.settings.list")
def list_settings(call: Call) -> Answer:
    """Return a page of the caller's settings.

    Reference: https://developers.google.com/workspace/calendar/api/v3/reference/settings/list
    """
    store, user = call.store, call.user.key
    asked = read_request(call, ["settings", user], store.settings.last_change(user))
    if asked.since is None:
        items = list(enumerate(preferences.settings_of(store, user)))
    else:
        items = preferences.changed_settings(store, user, after=asked.since, until=asked.page.until)
    shown = [Item(place, _answer(setting).text) for place, setting in items]
    return answer_page(call, asked, "calendar#settings", shown)


def _answer(setting: Setting) -> Answer:
    etag = ids.etag(setting.version)
    return Answer(
        json_text(
            {
                "kind": "calendar#setting",
                "etag": etag,
                "id": setting.id,
                "value": setting.value,
            }
        ),
        etag,
    )
