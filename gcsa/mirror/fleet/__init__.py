"""A fleet of workers that keep the calendars of a company at hand, in one PostgreSQL database.

    gcsa fleet init --database postgresql://…
    gcsa fleet enqueue --database postgresql://… ann@example.com bob@example.com
    gcsa fleet worker --database postgresql://… --key service-account.json --address https://calendars.example.com/
    gcsa fleet webhook --database postgresql://… --port 8080
    gcsa fleet status --database postgresql://…

It needs the extra `fleet`.
"""

from __future__ import annotations

from gcsa.mirror.fleet.accounts import Accounts
from gcsa.mirror.fleet.company import CalendarOf, CompanyMirror
from gcsa.mirror.fleet.credentials import CredentialsFor, ServiceAccount
from gcsa.mirror.fleet.fleet import make_fleet, prepare_fleet
from gcsa.mirror.fleet.metrics import metrics_text, serve_metrics
from gcsa.mirror.fleet.queue import Queue
from gcsa.mirror.fleet.settings import FleetSettings
from gcsa.mirror.fleet.state import DeadLetter, FleetState, dead_letters, read_state
from gcsa.mirror.fleet.webhook import fleet_webhook
from gcsa.mirror.fleet.work import Work
from gcsa.mirror.fleet.worker import run_worker

__all__ = [
    "Accounts",
    "CalendarOf",
    "CompanyMirror",
    "CredentialsFor",
    "DeadLetter",
    "FleetSettings",
    "FleetState",
    "Queue",
    "ServiceAccount",
    "Work",
    "dead_letters",
    "fleet_webhook",
    "make_fleet",
    "metrics_text",
    "prepare_fleet",
    "read_state",
    "run_worker",
    "serve_metrics",
]
