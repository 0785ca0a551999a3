"""Push: telling those who watch that something changed.

Reference: https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

from gcsa.emulator.push.delivery import Delivery, Push

__all__ = ["Delivery", "Push"]
