"""What of the discovery document the emulator does not honour, and why."""

from __future__ import annotations

MISSING = {
    "Event.creator.id": "accounts have no profiles, and so no ids of profiles",
    "EventAttendee.asyncOperation": "no operation goes on after the answer: groups are listed at once",
}
