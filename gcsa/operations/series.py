"""What people do with recurring events: change or cancel one instance, or all from one on.

Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gcsa.errors import GoogleCalendarError
from gcsa.event import Event
from gcsa.event_time import is_naive
from gcsa.operations.arguments import identity
from gcsa.operations.events import Events, SendUpdatesMode
from gcsa.operations.likeness import like, with_end
from gcsa.operations.method import procedure
from gcsa.operations.operation import Operation
from gcsa.operations.procedure import Procedure, ask, ask_all
from gcsa.operations.runner import Caller
from gcsa.recurrence import Series
from gcsa.recurrence.splitting import moved, split
from gcsa.util.date_time_util import to_localized_iso


class RecurringEvents(Caller):
    """The methods on recurring events, of both clients."""

    @procedure
    def update_instance(
        self,
        /,
        recurring_event: Event | str,
        original_start: date | datetime | None = None,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        **changes: Any,
    ) -> Procedure[Event]:
        """Change one instance of a recurring event, and return it. The others stay as they are.

        Args:
            recurring_event: The series or its id, or the instance itself.
            original_start: When the instance starts by the series' rule; not needed for the instance itself.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            **changes: What changes, as for `patch_event`. With a new start and no new end the instance lasts
                as long as before.

        Raises:
            ValueError: The series has no instance that starts then.

        Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents
        """
        instance = yield from self._find_instance(recurring_event, original_start, calendar_id)
        return (
            yield from ask(
                Events.patch_event.of(
                    self,
                    instance,
                    send_updates=send_updates,
                    calendar_id=calendar_id,
                    **with_end(instance, changes),
                )
            )
        )

    @procedure
    def cancel_instance(
        self,
        /,
        recurring_event: Event | str,
        original_start: date | datetime | None = None,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
    ) -> Procedure[None]:
        """Cancel one instance of a recurring event. The others stay.

        Args:
            recurring_event: The series or its id, or the instance itself.
            original_start: When the instance starts by the series' rule; not needed for the instance itself.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.

        Raises:
            ValueError: The series has no instance that starts then.

        Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents
        """
        instance = yield from self._find_instance(recurring_event, original_start, calendar_id)
        yield from ask(Events.delete_event.of(self, instance, send_updates, calendar_id))

    @procedure
    def update_following(
        self,
        /,
        recurring_event: Event | str,
        original_start: date | datetime | None = None,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
        **changes: Any,
    ) -> Procedure[Event]:
        """Change an instance and all that follow it, and return the series that they become.

        The old series ends before the instance, a new one with the changes begins with it. Changes that were
        made to single later instances do not come along, as in Google's own applications.

        Args:
            recurring_event: The series or its id, or the instance itself.
            original_start: When the first instance to change starts by the series' rule; not needed for the
                instance itself.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.
            **changes: What changes, under the names of `Event`'s attributes. A new `start` is that of the first
                changed instance, and moves the others by as much; without a new `end` they last as long as
                before. If they move to other days than the rule names, give the new `recurrence` as well.

        Raises:
            ValueError: The series has no instance that starts then, or does not recur; or a new start does not
                fit to the series' rule.
            TypeError: `Event` has no attribute of such a name.
            PreconditionFailedError: Somebody changed the series meanwhile; nothing is changed then.

        Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents#modify-or-delete-instances
        """
        series, begins, at = yield from self._find_start(
            recurring_event, original_start, calendar_id
        )
        if at == begins:
            if "start" in changes:
                changes = {"recurrence": _along(series.recurrence, at, changes, series), **changes}
            return (
                yield from ask(
                    Events.patch_event.of(
                        self,
                        series,
                        send_updates=send_updates,
                        calendar_id=calendar_id,
                        **with_end(series, changes),
                    )
                )
            )
        before, following = split(series.recurrence, begins, at, series.timezone)
        following = _along(following, at, changes, series)
        # First the new series, then the end of the old one: if the second step fails, nothing is lost.
        later = like(series, {"start": at, "recurrence": following, **changes})
        stored = yield from ask(Events.add_event.of(self, later, send_updates, calendar_id))
        end_it = self._end_of(series, before, send_updates, calendar_id)
        try:
            yield from self._end(series, end_it, before, calendar_id)
        except GoogleCalendarError as error:
            if error.outcome_unknown:
                error.add_note(f"The new series {stored.id!r} is stored; the old one may go on.")
            else:
                yield from ask(Events.delete_event.of(self, stored, send_updates, calendar_id))
            raise
        return stored

    @procedure
    def cancel_following(
        self,
        /,
        recurring_event: Event | str,
        original_start: date | datetime | None = None,
        *,
        send_updates: str = SendUpdatesMode.NONE,
        calendar_id: str | None = None,
    ) -> Procedure[None]:
        """Cancel an instance and all that follow it: the series ends before it.

        With its first instance, the series is deleted.

        Args:
            recurring_event: The series or its id, or the instance itself.
            original_start: When the first instance to cancel starts by the series' rule; not needed for the
                instance itself.
            send_updates: Who is told by mail, see `SendUpdatesMode`.
            calendar_id: The calendar; the default one if None.

        Raises:
            ValueError: The series has no instance that starts then, or does not recur.
            PreconditionFailedError: Somebody changed the series meanwhile; nothing is changed then.

        Reference: https://developers.google.com/workspace/calendar/api/guides/recurringevents#modify-or-delete-instances
        """
        series, begins, at = yield from self._find_start(
            recurring_event, original_start, calendar_id
        )
        if at == begins:
            yield from ask(
                Events.delete_event.of(self, series, send_updates, calendar_id, if_unchanged=True)
            )
            return
        before, _ = split(series.recurrence, begins, at, series.timezone)
        yield from ask(self._end_of(series, before, send_updates, calendar_id))

    def _end_of(
        self, series: Event, before: list[str], send_updates: str, calendar_id: str | None
    ) -> Operation[Event]:
        """Describe the call that ends a series, unless somebody has changed it meanwhile."""
        return Events.patch_event.of(
            self,
            series,
            send_updates=send_updates,
            calendar_id=calendar_id,
            if_unchanged=True,
            recurrence=before,
        )

    def _end(
        self, series: Event, end_it: Operation[Event], before: list[str], calendar_id: str | None
    ) -> Procedure[None]:
        """End the old series; where no answer comes, look whether it has ended."""
        try:
            yield from ask(end_it)
        except GoogleCalendarError as error:
            if not error.outcome_unknown:
                raise
            series_id = identity(series, Event, "recurring_event")
            try:
                now = yield from ask(Events.get_event.of(self, series_id, calendar_id))
            except GoogleCalendarError as blind:
                raise error from blind
            if now.recurrence == before:
                return
            error.outcome_unknown = False
            raise

    def _find_instance(
        self,
        recurring_event: Event | str,
        original_start: date | datetime | None,
        calendar_id: str | None,
    ) -> Procedure[Event]:
        """Return an instance."""
        if original_start is None:
            if isinstance(recurring_event, Event) and recurring_event.is_recurring_instance:
                return recurring_event
            raise ValueError(
                "Say which instance is meant: give original_start, or the instance itself."
            )
        series_id = identity(recurring_event, Event, "recurring_event")
        if not isinstance(recurring_event, Event) and is_naive(original_start):
            recurring_event = yield from ask(Events.get_event.of(self, series_id, calendar_id))
        timezone = recurring_event.timezone if isinstance(recurring_event, Event) else None
        found = yield from ask_all(
            Events.get_instances.of(
                self,
                series_id,
                calendar_id=calendar_id,
                originalStart=_as_google_writes_it(original_start, timezone),
            )
        )
        if not found:
            raise ValueError(f"The series has no instance that starts at {original_start}.")
        return found[0]

    def _find_start(
        self,
        recurring_event: Event | str,
        original_start: date | datetime | None,
        calendar_id: str | None,
    ) -> Procedure[tuple[Event, date | datetime, date | datetime]]:
        """Return the series as it is now, when it begins, and when the occurrence starts."""
        series_id = identity(recurring_event, Event, "recurring_event")
        if isinstance(recurring_event, Event) and recurring_event.recurring_event_id:
            series_id = recurring_event.recurring_event_id
            original_start = original_start or recurring_event.original_start_time
        if original_start is None:
            raise ValueError(
                "Say which instance is meant: give original_start, or the instance itself."
            )
        series = yield from ask(Events.get_event.of(self, series_id, calendar_id))
        if not series.recurrence or series.start is None:
            raise ValueError(f"{series!r} does not recur.")
        occurrences = Series.of(series.recurrence, series.start, series.timezone)
        start = next(occurrences.between(original_start), None)
        if start is None or original_start not in occurrences:
            raise ValueError(f"The series has no instance that starts at {original_start}.")
        return series, series.start, start


def _along(
    lines: list[str], at: date | datetime, changes: Mapping[str, Any], series: Event
) -> list[str]:
    """Return a series' lines, moved along with its start, if that changes and they do not."""
    start: object = changes.get("start")
    if "recurrence" in changes or not isinstance(start, date):
        return lines
    return moved(lines, at, start, changes.get("timezone", series.timezone))


def _as_google_writes_it(start: date | datetime, timezone: str | None) -> str:
    """Write an original start as the parameter `originalStart` wants it: as a date, or as a time."""
    return to_localized_iso(start, timezone) if isinstance(start, datetime) else start.isoformat()
