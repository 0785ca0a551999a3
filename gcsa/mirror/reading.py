"""What a mirror answers: events in a window of time, single ones, words, busy times, calendars."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, tzinfo
from math import ceil, floor

from gcsa.event import Event
from gcsa.free_busy import FreeBusy, FreeBusyQueryError, TimeRange
from gcsa.mirror import calendars, lookup
from gcsa.mirror.busy import busy_times
from gcsa.mirror.calendars import PRIMARY, MirroredCalendar
from gcsa.mirror.errors import UnknownCalendarError
from gcsa.mirror.moments import milliseconds
from gcsa.mirror.reader import Reader
from gcsa.mirror.search import has_words, terms_of
from gcsa.mirror.window import Window, look, read_resource
from gcsa.recurrence.zones import zone
from gcsa.serializers.event_serializer import EventSerializer
from gcsa.util.date_time_util import to_localized_iso

# How many events are read from the database at a time.
_AT_A_TIME = 1000


class Answers(ABC):
    """The questions that a mirror answers, from its database alone."""

    _account: str

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Reader]:
        """A transaction that sees one state of the database throughout."""

    def events(
        self,
        calendar_id: str,
        start: date | datetime,
        end: date | datetime,
        query: str | None = None,
        *,
        timezone: str | None = None,
    ) -> Iterator[Event]:
        """Return what is on a calendar in a window of time, in order of start.

        It is what `GoogleCalendar.get_events(start, end, order_by="startTime", single_events=True)` would list: series
        are replaced by their instances, exceptions and cancellations applied.

        Args:
            calendar_id: The calendar's id, or `'primary'`.
            start: Only events that end after this moment. A date is its midnight, a naive datetime is in `timezone`, or
                in the machine's zone.
            end: Only events that start before this moment.
            query: Words to be found in the events' texts, see `search`.
            timezone: Zone of the answer's times, such as `'Europe/Prague'`; the calendar's own by default.

        Returns:
            The events, as an iterator. They are read at once, and are what the copy was at one moment.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
            ValueError: The window is empty, or there is no such zone.
        """
        window = self._window(calendar_id, start, end, query, timezone)
        return (EventSerializer.read(item.make()) for item in window.items())

    def event(self, event_id: str, calendar_id: str = PRIMARY) -> Event:
        """Return one event: a single one, a series, or an instance of a series by its own id.

        An instance that is cancelled says no more than that; what is deleted is not there.

        Args:
            event_id: The event's id.
            calendar_id: The calendar's id, or `'primary'`.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
            UnknownEventError: There is no such event in the copy.
        """
        with self._reading() as reader:
            calendar = calendars.shown(reader, self._account, calendar_id)
            return lookup.find_event(reader, calendar, event_id)

    def stored_events(
        self, calendar_id: str = PRIMARY, updated_min: datetime | None = None
    ) -> Iterator[Event]:
        """Return all that is stored of a calendar, in order of id: series as such, and cancelled instances too.

        It is what `GoogleCalendar.get_events` without `single_events` would list, of all times.

        Args:
            calendar_id: The calendar's id, or `'primary'`.
            updated_min: Only what was updated then or later, an aware datetime.

        Returns:
            The events, as an iterator that reads some at a time.

        Raises:
            UnknownCalendarError: The calendar is not in the mirror.
        """
        since = None if updated_min is None else milliseconds(updated_min)
        return self._read_on(calendar_id, since, self._some(calendar_id, "", since))

    def search(
        self, text: str, calendar_id: str | None = None, *, limit: int = 100
    ) -> Iterator[Event]:
        """Return the stored events in which words are found, those that end last first.

        Words are compared without case and accents; each has to be the beginning of a word in the summary, the
        description, the location, or a name or address of the attendees and the organizer. Words between quotation
        marks have to follow each other. A series is found once, not with its instances.

        Args:
            text: The words.
            calendar_id: The calendar's id; all calendars if None.
            limit: How many events at the most.
        """
        terms = terms_of(text)
        if not terms:
            return iter(())
        with self._reading() as reader:
            if calendar_id is not None:
                calendar_id = calendars.shown(reader, self._account, calendar_id).id
            found = lookup.with_words(
                reader,
                self._account,
                calendar_id,
                has_words(terms, is_sqlite=reader.is_sqlite),
                limit,
            )
        return (EventSerializer.read(read_resource(text)) for text in found)

    def by_ical_uid(self, ical_uid: str, calendar_id: str | None = None) -> list[Event]:
        """Return the stored events of an iCalendar id: one on each calendar that has it, and exceptions of a series.

        Args:
            ical_uid: The id, the same on every calendar that the event is on.
            calendar_id: The calendar's id; all calendars if None.
        """
        with self._reading() as reader:
            if calendar_id is not None:
                calendar_id = calendars.shown(reader, self._account, calendar_id).id
            found = lookup.with_ical_uid(reader, self._account, calendar_id, ical_uid)
        return [EventSerializer.read(read_resource(text)) for text in found]

    def free_busy(
        self,
        calendar_ids: str | Iterable[str],
        start: date | datetime,
        end: date | datetime,
        *,
        timezone: str | None = None,
        ignore_errors: bool = False,
    ) -> FreeBusy:
        """Return when calendars are busy.

        It is what `GoogleCalendar.get_free_busy` would say of calendars that are in the mirror; any number of them, and
        a window of any length. What is shown as available, or was declined, does not count.

        Args:
            calendar_ids: The calendars' ids, or one of them.
            start: From when on; as for `events`.
            end: Until when.
            timezone: Zone of the answer's times; UTC by default.
            ignore_errors: Whether to return what could be answered when some calendars are not in the mirror; which
                ones is in the result then.

        Raises:
            FreeBusyQueryError: A calendar is not in the mirror.
            ValueError: The window is empty, or there is no such zone.
        """
        ids = [calendar_ids] if isinstance(calendar_ids, str) else list(calendar_ids)
        time_min, time_max = _bounds(start, end, timezone)
        zone = _zone(timezone) or UTC
        answer = FreeBusy(
            time_min=_moment(start, timezone),
            time_max=_moment(end, timezone),
            groups={},
            calendars={},
        )
        with self._reading() as reader:
            for calendar_id in ids:
                busy: list[TimeRange] = []
                try:
                    calendar = calendars.shown(reader, self._account, calendar_id)
                    busy = busy_times(reader, calendar, time_min, time_max, zone)
                except UnknownCalendarError:
                    # As Google says it of a calendar that one may not see.
                    failure = {"domain": "global", "reason": "notFound"}
                    answer.calendars_errors[calendar_id] = [failure]
                answer.calendars[calendar_id] = busy
        if answer.calendars_errors and not ignore_errors:
            raise FreeBusyQueryError({}, answer.calendars_errors)
        return answer

    def calendars(self) -> list[MirroredCalendar]:
        """Return the calendars in the mirror, the primary one first, each with how up to date it is."""
        with self._reading() as reader:
            return calendars.all_calendars(reader, self._account)

    def _window(
        self,
        calendar_id: str,
        start: date | datetime,
        end: date | datetime,
        query: str | None,
        timezone: str | None,
    ) -> Window:
        time_min, time_max = _bounds(start, end, timezone)
        terms = terms_of(query or "")
        if query and not terms:
            # What has no word in it is in no event's words.
            time_max = time_min
        with self._reading() as reader:
            return look(
                reader,
                calendars.shown(reader, self._account, calendar_id),
                time_min,
                time_max,
                shown_in=_zone(timezone),
                condition=has_words(terms, is_sqlite=reader.is_sqlite) if terms else None,
            )

    def _some(self, calendar_id: str, after: str, updated_min: int | None) -> list[tuple[str, str]]:
        with self._reading() as reader:
            # Each time the copy that is shown then: another one may have taken its place.
            calendar = calendars.shown(reader, self._account, calendar_id)
            return lookup.read_some(reader, calendar, after, updated_min, _AT_A_TIME)

    def _read_on(
        self, calendar_id: str, updated_min: int | None, some: list[tuple[str, str]]
    ) -> Iterator[Event]:
        while some:
            for _, text in some:
                yield EventSerializer.read(read_resource(text))
            if len(some) < _AT_A_TIME:
                return
            some = self._some(calendar_id, some[-1][0], updated_min)


def _bounds(start: date | datetime, end: date | datetime, timezone: str | None) -> tuple[int, int]:
    """Return a window in whole seconds since 1970 that has the same events in it.

    Raises:
        ValueError: It is empty, or there is no such zone.
    """
    first, last = _moment(start, timezone), _moment(end, timezone)
    if last <= first:
        raise ValueError(f"The window is empty: it ends at {last}, and starts at {first}.")
    return floor(first.timestamp()), ceil(last.timestamp())


def _moment(value: date | datetime, timezone: str | None) -> datetime:
    return datetime.fromisoformat(to_localized_iso(value, timezone))


def _zone(name: str | None) -> tzinfo | None:
    """Return the zone of this name; None for none.

    Raises:
        ValueError: There is no such zone.
    """
    return None if name is None else zone(name)
