"""The calls on events.

Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gcsa._checks import require_time
from gcsa.event import Event
from gcsa.operations.arguments import identity, if_match, one_of, parted, require
from gcsa.operations.likeness import says_the_same
from gcsa.operations.method import listing, operation
from gcsa.operations.operation import Listing, Operation, Param, ReadBack, deletion, path
from gcsa.operations.runner import Caller
from gcsa.operations.windows import ORDERS, one_year_after, window_params
from gcsa.serializers.event_serializer import EventSerializer

# What makes the server look at conference data and attachments in a body at all.
FULL_BODY: dict[str, Param] = {"conferenceDataVersion": 1, "supportsAttachments": True}

PATCH_PARAMETERS = frozenset(
    {"alwaysIncludeEmail", "conferenceDataVersion", "eventLabelVersion", "maxAttendees"}
    | {"sendNotifications", "supportsAttachments"}
)

# "characters allowed in the ID are those used in base32hex encoding", 5 to 1024 of them:
# https://developers.google.com/workspace/calendar/api/v3/reference/events/insert ("id")
EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")


class SendUpdatesMode:
    """Who is told of a change by mail."""

    ALL = "all"
    EXTERNAL_ONLY = "externalOnly"
    NONE = "none"


MODES = (SendUpdatesMode.ALL, SendUpdatesMode.EXTERNAL_ONLY, SendUpdatesMode.NONE)


class Events(Caller):
    """The methods on events, of both clients and of their batches."""

    @listing
    def get_events(
        self,
        /,
        time_min: date | datetime | None = None,
        time_max: date | datetime | None = None,
        order_by: str | None = None,
        timezone: str | None = None,
        single_events: bool = False,
        query: str | None = None,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Listing[Event]:
        """List the events of a calendar, page by page as they are reached.

        Args:
            time_min: Only events that end after this moment; now by default. A date is its
                midnight, a naive datetime is in `timezone`, or in the machine's zone.
            time_max: Only events that start before this moment; one year after `time_min` by
                default.
            order_by: `'startTime'` (with `single_events` only) or `'updated'`.
            timezone: Zone of the answer's times, such as `'Europe/Prague'`; the calendar's own by
                default.
            single_events: Whether to list each instance of a recurring event, instead of the series
                itself.
            query: Words to be found in the events' texts.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names, such as `maxResults=50`.
                With a `syncToken` no window of time is asked for, as Google demands.

        Returns:
            The events, as an iterator.

        Raises:
            ValueError: `order_by` is neither of the two, or is `'startTime'` without
                `single_events`; or the window ends before it begins; or a `syncToken` is given together
                with what does not go with one.
            TypeError: `time_min` or `time_max` is neither a date nor a datetime.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/list
        """
        if order_by is not None and order_by not in ORDERS:
            raise ValueError(f"order_by must be 'startTime' or 'updated', not {order_by!r}.")
        if order_by == "startTime" and not single_events:
            raise ValueError(
                "order_by='startTime' needs single_events=True: a series has no start of its own."
            )
        if kwargs.get("syncToken") is not None:
            named = {
                "time_min": time_min,
                "time_max": time_max,
                "order_by": order_by,
                "query": query,
            }
            if refused := [name for name, value in named.items() if value is not None]:
                raise ValueError(f"{', '.join(refused)} cannot be used together with a syncToken.")
        else:
            require_time("time_min", time_min)
            time_min = self.now() if time_min is None else time_min
            time_max = one_year_after(time_min) if time_max is None else time_max
        params: dict[str, Param] = {
            **window_params(time_min, time_max, timezone),
            "orderBy": order_by,
            "timeZone": timezone,
            "singleEvents": single_events,
            "q": query,
            **kwargs,
        }
        return events_of(self, calendar_id, params)

    @listing
    def get_instances(
        self,
        /,
        recurring_event: Event | str,
        time_min: date | datetime | None = None,
        time_max: date | datetime | None = None,
        timezone: str | None = None,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Listing[Event]:
        """List the instances of a recurring event.

        Args:
            recurring_event: The series, or its id.
            time_min: Only instances that end after this moment; all by default.
            time_max: Only instances that start before this moment; all by default.
            timezone: Zone of the answer's times; the calendar's own by default.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Returns:
            The instances, as an iterator.

        Raises:
            ValueError: The event has no id, or the window ends before it begins.
            TypeError: It is neither an event nor a string, or a time is none.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/instances
        """
        event_id = identity(recurring_event, Event, "recurring_event")
        params: dict[str, Param] = {
            **window_params(time_min, time_max, timezone),
            "timeZone": timezone,
            **kwargs,
        }
        return Listing(
            Operation(
                "GET",
                _path(self, calendar_id, event_id, "instances"),
                EventSerializer.page_from_bytes,
                params,
            )
        )

    @operation
    def get_event(
        self, /, event_id: Event | str, calendar_id: str | None = None, **kwargs: Param
    ) -> Operation[Event]:
        """Return one event.

        Args:
            event_id: Its id, of a series or of a single instance; or the event, to read it again.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            NotFoundError: There is no such event on the calendar.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/get
        """
        event_id = identity(event_id, Event, "event_id")
        return Operation(
            "GET", _path(self, calendar_id, event_id), EventSerializer.from_bytes, kwargs
        )

    @operation
    def add_event(
        self,
        /,
        event: Event,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[Event]:
        """Store a new event and return it as stored.

        The event gets its id here, if it has none, so that the call can be repeated without storing
        it twice.

        Args:
            event: The event.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            TypeError: `event` is not an `Event`.
            ValueError: Its id is not 5 to 1024 of the characters a-v and 0-9.
            ConflictError: The event has an id that is taken.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/insert
        """
        body = EventSerializer.to_json(require(event, Event, "event"))
        chosen = body.setdefault("id", uuid.uuid4().hex)
        if not EVENT_ID.fullmatch(chosen):
            raise ValueError(
                f"event_id must be 5 to 1024 of the characters a-v and 0-9, not {chosen!r}."
            )
        params: dict[str, Param] = {**FULL_BODY, "sendUpdates": mode(send_updates), **kwargs}

        def is_ours(stored: Event) -> bool:
            # Nobody else has the id that was made up above.
            return event.event_id is None or says_the_same(event, stored)

        return Operation(
            "POST",
            _path(self, calendar_id),
            EventSerializer.from_bytes,
            params,
            body,
            read_back=ReadBack(
                Operation("GET", _path(self, calendar_id, chosen), EventSerializer.from_bytes),
                is_ours,
            ),
        )

    @operation
    def add_quick_event(
        self,
        /,
        event_string: str,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[Event]:
        """Store an event that a sentence describes, such as `'Lunch with Ann tomorrow at 12:30'`.

        Args:
            event_string: The sentence; Google reads the time from it, the rest is the summary.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            ValueError: There is no sentence.
            TypeError: It is not a string.
            TransportError: There was no answer. The call is not repeated then, as it could store a
                second event.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/quickAdd
        """
        if not require(event_string, str, "event_string").strip():
            raise ValueError("event_string is empty; give a sentence such as 'Lunch at noon'.")
        return Operation(
            "POST",
            _path(self, calendar_id, "quickAdd"),
            EventSerializer.from_bytes,
            {"text": event_string, "sendUpdates": mode(send_updates), **kwargs},
            repeatable=False,
        )

    @operation
    def update_event(
        self,
        /,
        event: Event,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        **kwargs: Param,
    ) -> Operation[Event]:
        """Store an event in place of what is there under its id, and return it as stored.

        Args:
            event: The event, with its id.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the event since it was read.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            ValueError: The event has no id, or no etag with `if_unchanged`.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/update
        """
        event_id = identity(require(event, Event, "event"), Event, "event")
        return Operation(
            "PUT",
            _path(self, calendar_id, event_id),
            EventSerializer.from_bytes,
            {**FULL_BODY, "sendUpdates": mode(send_updates), **kwargs},
            EventSerializer.to_json(event),
            if_match(event, if_unchanged),
            # A second attempt would find the etag that the first one made.
            repeatable=not if_unchanged,
        )

    @operation
    def patch_event(
        self,
        /,
        event: Event | str,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        if_unchanged: bool = False,
        **changes: Any,
    ) -> Operation[Event]:
        """Change only what is named of an event, and return it as stored.

        Args:
            event: The event, or its id.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the event since it was read.
            **changes: New values under the names of `Event`'s arguments, such as `summary='Lunch'`.
                None clears one. Parameters of Google's, such as `maxAttendees=1`, are passed on.

        Raises:
            ValueError: The event has no id, nothing is named, or a value breaks a limit.
            TypeError: A name is none of `Event`'s arguments.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/patch
        """
        event_id = identity(event, Event, "event")
        named, params = parted(changes, PATCH_PARAMETERS)
        return Operation(
            "PATCH",
            _path(self, calendar_id, event_id),
            EventSerializer.from_bytes,
            {**FULL_BODY, "sendUpdates": mode(send_updates), **params},
            EventSerializer.changes_to_json(named, event if isinstance(event, Event) else None),
            if_match(event, if_unchanged),
            repeatable=not if_unchanged,
        )

    @operation
    def import_event(
        self, /, event: Event, calendar_id: str | None = None, **kwargs: Param
    ) -> Operation[Event]:
        """Store a private copy of an event that exists elsewhere, known by its iCalendar id.

        Importing the same iCalendar id again updates the copy. An event without one (`ical_uid`)
        gets a new one.

        Args:
            event: The event.
            calendar_id: The calendar; the default one if None.
            **kwargs: Further parameters of Google's, under its own names.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/import
        """
        body = EventSerializer.to_json(require(event, Event, "event"))
        body.setdefault("iCalUID", f"{uuid.uuid4()}@gcsa")
        return Operation(
            "POST",
            _path(self, calendar_id, "import"),
            EventSerializer.from_bytes,
            {**FULL_BODY, **kwargs},
            body,
        )

    @operation
    def move_event(
        self,
        /,
        event: Event | str,
        destination_calendar_id: str,
        send_updates: str = SendUpdatesMode.NONE,
        source_calendar_id: str | None = None,
        **kwargs: Param,
    ) -> Operation[Event]:
        """Move an event to another calendar, which becomes its organizer, and return it.

        Args:
            event: The event, or its id.
            destination_calendar_id: Where to.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            source_calendar_id: Where from; the default calendar if None.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            ValueError: The event has no id, or the destination is empty.
            TypeError: The event is neither an event nor a string, or the destination is not a string.
            TransportError: There was no answer. The call is not repeated then, as the event may be
                moved already.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/move
        """
        event_id = identity(event, Event, "event")
        if not require(destination_calendar_id, str, "destination_calendar_id"):
            raise ValueError("destination_calendar_id is empty; give the id of a calendar.")
        return Operation(
            "POST",
            _path(self, source_calendar_id, event_id, "move"),
            EventSerializer.from_bytes,
            {"destination": destination_calendar_id, "sendUpdates": mode(send_updates), **kwargs},
            repeatable=False,
        )

    @operation
    def delete_event(
        self,
        /,
        event: Event | str,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        *,
        if_unchanged: bool = False,
        **kwargs: Param,
    ) -> Operation[None]:
        """Delete an event; a whole series, or the one instance that the id names.

        Args:
            event: The event, or its id.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            if_unchanged: Whether to refuse when somebody has changed the event since it was read.
            **kwargs: Further parameters of Google's, under its own names.

        Raises:
            ValueError: The event has no id.
            GoneError: It is deleted already.
            PreconditionFailedError: Somebody was faster.

        Reference: https://developers.google.com/workspace/calendar/api/v3/reference/events/delete
        """
        event_id = identity(event, Event, "event")
        return deletion(
            _path(self, calendar_id, event_id),
            {"sendUpdates": mode(send_updates), **kwargs},
            if_match(event, if_unchanged),
        )


def events_of(
    caller: Caller, calendar_id: str | None, params: Mapping[str, Param]
) -> Listing[Event]:
    """Describe the listing of a calendar's events with these parameters and no others."""
    where = _path(caller, calendar_id)
    return Listing(Operation("GET", where, EventSerializer.page_from_bytes, params))


def mode(send_updates: str) -> str:
    """Return who is told by mail, if it is one of `SendUpdatesMode`.

    Raises:
        ValueError: It is something else.
    """
    return one_of(send_updates, MODES, "send_updates")


def _path(caller: Caller, calendar_id: str | None, *more: str) -> str:
    return path("calendars", caller.calendar_or_default(calendar_id), "events", *more)
