"""Who synchronised what and when, and how it ended: for people, for metrics, and to know that it was one at a time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, insert, text, update

from gcsa.mirror.database import Database
from gcsa.mirror.fleet.tables import runs
from gcsa.mirror.texts import storable

DONE = "done"

# The worker was killed, and somebody else has taken the calendar up.
ABANDONED = "abandoned"

_COUNT = text("""
    INSERT INTO fleet_outcomes AS known (outcome, times) VALUES (:outcome, 1)
    ON CONFLICT (outcome) DO UPDATE SET times = known.times + 1
""")

_FORGET = text("DELETE FROM fleet_runs WHERE ended_at < now() - :keep_for")

_NOW = func.clock_timestamp()


class Runs:
    """The record of runs.

    Args:
        database: Where it is.
        worker: Who writes it: the name of this process.
    """

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker

    def begin(self, account: str, calendar_id: str = "") -> int:
        """Write down that something is begun, and return the number of the run.

        Whoever calls this holds the calendar: a run of it that is open was its worker's last.
        """
        with self._database.writing() as connection:
            ended = connection.execute(
                update(runs)
                .where(
                    runs.c.account == account,
                    runs.c.calendar_id == calendar_id,
                    runs.c.ended_at.is_(None),
                )
                .values(ended_at=_NOW, outcome=ABANDONED)
            )
            if ended.rowcount:
                connection.execute(_COUNT, {"outcome": ABANDONED})
            begun = insert(runs).values(
                account=account, calendar_id=calendar_id, worker=self._worker
            )
            run: int = connection.execute(begun.returning(runs.c.id)).scalar_one()
        return run

    def end(self, run: int, outcome: str, failure: str | None = None) -> None:
        """Write down how a run has ended.

        Args:
            run: Its number.
            outcome: `'done'`, or what it failed with.
            failure: What that said.
        """
        said = None if failure is None else storable(failure)
        with self._database.writing() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.id == run, runs.c.ended_at.is_(None))
                .values(ended_at=_NOW, outcome=outcome, failure=said)
            )
            connection.execute(_COUNT, {"outcome": outcome})

    def forget(self, keep_for: timedelta) -> None:
        """Forget the runs that ended so long ago."""
        with self._database.writing() as connection:
            connection.execute(_FORGET, {"keep_for": keep_for})
