"""Accounts, quotas, who did what, and the view of what was given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0001"
down_revision = None

_DEAD_LETTERS = """
    CREATE VIEW fleet_dead_letters AS
    SELECT DISTINCT ON (job.lock)
        job.id AS job,
        job.args ->> 'account' AS account,
        COALESCE(job.args ->> 'calendar_id', '') AS calendar_id,
        job.attempts AS attempts,
        run.outcome AS kind,
        run.failure AS failure,
        run.ended_at AS failed_at
    FROM procrastinate_jobs AS job
    JOIN LATERAL (
        SELECT outcome, failure, ended_at
        FROM fleet_runs
        WHERE account = job.args ->> 'account'
            AND calendar_id = COALESCE(job.args ->> 'calendar_id', '')
            AND ended_at IS NOT NULL
        ORDER BY id DESC
        LIMIT 1
    ) AS run ON run.outcome <> 'done'
    WHERE job.status = 'failed' AND job.lock IS NOT NULL
    ORDER BY job.lock, job.id DESC
"""


def upgrade() -> None:
    """Create the tables; the queue's are there."""
    moment = TIMESTAMP(timezone=True)
    now = sa.text("clock_timestamp()")
    op.create_table(
        "fleet_accounts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("added_at", moment, nullable=False, server_default=now),
        sa.Column("discovered_at", moment),
        sa.Column("tried_at", moment),
        sa.Column("failure", sa.Text),
        sa.Column("failure_kind", sa.Text),
    )
    op.create_table(
        "fleet_paces",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("remaining", sa.Double, nullable=False),
        sa.Column("counted_at", moment, nullable=False),
        sa.Column("calls", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "fleet_runs",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("calendar_id", sa.Text, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("began_at", moment, nullable=False, server_default=now),
        sa.Column("ended_at", moment),
        sa.Column("outcome", sa.Text),
        sa.Column("failure", sa.Text),
    )
    op.create_index("fleet_runs_by_calendar", "fleet_runs", ["account", "calendar_id", "id"])
    op.create_index("fleet_runs_by_end", "fleet_runs", ["ended_at"])
    op.create_index(
        "fleet_runs_one_at_a_time",
        "fleet_runs",
        ["account", "calendar_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "fleet_outcomes",
        sa.Column("outcome", sa.Text, primary_key=True),
        sa.Column("times", sa.BigInteger, nullable=False),
    )
    op.execute(_DEAD_LETTERS)
