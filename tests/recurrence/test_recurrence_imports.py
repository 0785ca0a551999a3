from __future__ import annotations

import subprocess
import sys


def test_importing_recurrence_loads_neither_dateutil_nor_tzlocal_nor_the_rest_of_gcsa() -> None:
    program = (
        "import sys, gcsa.recurrence as r, datetime as d\n"
        "series = r.Series(r.Recurrence.rule(r.WEEKLY, by_week_day=r.MO), d.date(2026, 3, 2))\n"
        "assert series.first() == d.date(2026, 3, 2)\n"
        "print(*sorted(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert "gcsa.recurrence" in loaded
    assert not loaded & {
        "dateutil",
        "dateutil.rrule",
        "tzlocal",
        "json",
        "httpx2",
        "sqlite3",
        "msgspec",
    }
    ours = {name for name in loaded if name.startswith("gcsa.")}
    assert {name for name in ours if not name.startswith("gcsa.recurrence")} <= {"gcsa._version"}
