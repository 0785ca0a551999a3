"""A typical call of each method, which succeeds on a stage that was set for it."""

from __future__ import annotations

from tests.emulator.conformance.document import METHODS
from tests.emulator.conformance.stage import Stage, daily, meeting

PUBLIC = {"role": "reader", "scope": {"type": "default"}}
CHANNEL = {"id": "typical", "type": "web_hook", "address": "http://127.0.0.1:9/"}
# What does not exist, for each parameter of a path.
NOTHING = {
    "calendarId": "nothing@group.calendar.google.com",
    "eventId": "nothing",
    "ruleId": "user:nobody@example.com",
    "setting": "nothing",
}


class TypicalStage(Stage):
    """A stage with an event, a series, a secondary calendar, a guest, a colleague's public calendar and a channel.

    Args:
        stage: The probe's own, whose record this one writes.
    """

    def __init__(self, stage):
        super().__init__()
        me, ann = self.me, self.ann
        me.insert(meeting(id="regular"))
        me.insert(daily(id="series"))
        self.team = me.new_calendar()
        me.share("ann@example.com", "reader")
        ann.ok("acl.insert", PUBLIC, calendarId="primary")
        me.ok("calendarList.insert", {"id": "ann@example.com"})
        channel = {**CHANNEL, "id": "open"}
        self.channel = me.ok("events.watch", channel, calendarId="primary")
        self.exchanges = stage.exchanges
        self.remember()

    def remember(self):
        """Take everything as it is for how the stage was set."""
        self._snapshot = self.emulator.snapshot()
        self._is_changed = False

    def typical(self, method):
        """The body and the parameters of a call of a method that succeeds."""
        body = None
        parameters = {
            name: _VALUES[name]
            for name, schema in METHODS[method].get("parameters", {}).items()
            if schema.get("required")
        }
        if "request" in METHODS[method]:
            schema = METHODS[method]["request"]["$ref"]
            body = _BODIES[schema]
        match method:
            case "calendars.delete" | "calendars.transferOwnership":
                parameters["calendarId"] = self.team
            case "calendarList.delete":
                parameters["calendarId"] = "ann@example.com"
            case "events.instances":
                parameters["eventId"] = "series"
            case "events.move":
                parameters["destination"] = self.team
            case "events.patch":
                body = {"summary": "Changed"}
            case "events.import":
                body = meeting(iCalUID="typical@elsewhere.example")
            case "channels.stop":
                body = {name: self.channel[name] for name in ("id", "resourceId")}
        return body, parameters

    def play(self, method, person=None, headers=(), **more):
        """Make the typical call of a method on the stage as it was set, with other or more parameters."""
        if self._is_changed:
            self.emulator.restore(self._snapshot)
        body, parameters = self.typical(method)
        reply = (person or self.me).call(method, body, headers, **{**parameters, **more})
        self._is_changed = reply.status < 300 and METHODS[method]["httpMethod"] != "GET"
        return reply


_VALUES = {
    "calendarId": "primary",
    "eventId": "regular",
    "ruleId": "user:ann@example.com",
    "setting": "locale",
    "text": "Lunch tomorrow at noon",
    "destination": "",
    "newDataOwner": "ann@example.com",
    "useAdminAccess": True,
}
_BODIES = {
    "AclRule": {"role": "writer", "scope": {"type": "user", "value": "ann@example.com"}},
    "Calendar": {"summary": "Typical"},
    "CalendarListEntry": {"id": "ann@example.com", "selected": True},
    "Channel": CHANNEL,
    "Event": meeting(),
    "FreeBusyRequest": {
        "timeMin": "2026-03-03T00:00:00Z",
        "timeMax": "2026-03-04T00:00:00Z",
        "items": [{"id": "primary"}],
    },
}
