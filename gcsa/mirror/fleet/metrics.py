"""What a fleet tells Prometheus: lag, jobs, errors and calls.

Everything comes from the database at the moment that it is asked for: so every process says the same of the whole
fleet, and the numbers outlive the processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gcsa.mirror.database import Database
from gcsa.mirror.fleet.queue import QUEUE
from gcsa.mirror.fleet.state import FleetState, read_state

_GAUGES = {
    "accounts": "Accounts whose calendars are copied",
    "failing_accounts": "Accounts whose list of calendars could not be read the last time",
    "calendars": "Calendars on the lists of all accounts",
    "unsynced": "Calendars that have no copy yet",
    "failing": "Calendars that could not be synchronised the last time",
    "workers": "Workers that have said of late that they are alive",
    "dead_letters": "Jobs that were given up",
}


class FleetCollector(Collector):
    """Reads a fleet's state whenever Prometheus asks.

    Args:
        database: Where the fleet is.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> list[Metric]:
        """Return nothing: what there is, is known without asking the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield each metric."""
        return metrics_of(read_state(self._database, QUEUE))


def metrics_of(state: FleetState) -> Iterator[Metric]:
    """Yield what a state says, as Prometheus knows it."""
    for name, said in _GAUGES.items():
        yield GaugeMetricFamily(f"gcsa_fleet_{name}", said, value=getattr(state, name))
    yield GaugeMetricFamily(
        "gcsa_fleet_lag_seconds", "How long the oldest ready job has been waiting", state.lag
    )
    yield GaugeMetricFamily(
        "gcsa_fleet_stalest_seconds", "How long ago the stalest copy was up to date", state.stalest
    )
    jobs = GaugeMetricFamily("gcsa_fleet_jobs", "Jobs in the queue", labels=["status"])
    for status, number in state.jobs.items():
        jobs.add_metric([status], number)
    yield jobs
    runs = CounterMetricFamily(
        "gcsa_fleet_runs", "Jobs that were done, or failed, and with what", labels=["outcome"]
    )
    for outcome, number in state.outcomes.items():
        runs.add_metric([outcome], number)
    yield runs
    yield CounterMetricFamily("gcsa_fleet_calls", "Calls of the Calendar API", state.calls)


def registry_of(database: Database) -> CollectorRegistry:
    """Return a registry with a fleet's metrics in it."""
    registry = CollectorRegistry()
    registry.register(FleetCollector(database))
    return registry


def metrics_text(database: Database) -> str:
    """Return a fleet's metrics in Prometheus's text format."""
    return generate_latest(registry_of(database)).decode()


def serve_metrics(database: Database, port: int, host: str = "127.0.0.1") -> WSGIServer:
    """Serve a fleet's metrics over HTTP, in a thread, until the server that is returned is shut down.

    Args:
        database: Where the fleet is.
        port: The port to listen on; 0 for any that is free.
        host: The address to listen on.

    Raises:
        OSError: The port is in use.
    """
    server, _thread = start_http_server(port, addr=host, registry=registry_of(database))
    return server
