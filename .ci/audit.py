"""Asks PyPI whether a vulnerability is known in any package that is installed here.

What is found fails. Where PyPI cannot be asked, or only through a mirror that knows nothing of vulnerabilities, that is
said, and does not fail: then nothing is known, neither good nor bad.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

_COMMAND = ("tool", "run", "--quiet", "pip-audit", "--progress-spinner", "off", "--format", "json")
# What pip-audit, and uv, which fetches it, say when there is no network.
_NO_NETWORK = (
    "connect",
    "connection",
    "timed out",
    "timeout",
    "resolve",
    "dns",
    "network",
    "fetch",
)


def verdict(answer: str, complaint: str) -> tuple[bool, str]:
    """Return whether it is fine, and what there is to say.

    Args:
        answer: What pip-audit printed, JSON.
        complaint: What it printed on its standard error.
    """
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except ValueError:
        last = (complaint.strip().splitlines() or ["pip-audit said nothing"])[-1]
        if any(word in complaint.lower() for word in _NO_NETWORK):
            return True, f"Not audited: PyPI cannot be reached ({last})."
        return False, f"pip-audit failed: {last}"
    found = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {_or(one['fix_versions'])}"
        for package in packages
        for one in package.get("vulns", ())
    ]
    if found:
        return False, "\n".join(["Vulnerabilities are known:", *found])
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        return True, "Not audited: PyPI, as it is reached from here, knows none of the packages."
    others = sorted(package["name"] for package in packages if "vulns" not in package)
    more = f"; it knows nothing of {', '.join(others)}" if others else ""
    return True, f"PyPI knows no vulnerability in {len(audited)} packages{more}."


def _or(versions: list[str]) -> str:
    return " or ".join(versions) or "no version yet"


def main() -> int:
    """Audit the packages of this interpreter."""
    uv = Path(sys.executable).with_name("uv")
    packages = sysconfig.get_path("purelib")
    ran = subprocess.run(  # noqa: S603 - nothing of it comes from elsewhere
        [uv, *_COMMAND, "--path", packages], capture_output=True, text=True, check=False
    )
    fine, said = verdict(ran.stdout, ran.stderr)
    print(said)  # noqa: T201
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
