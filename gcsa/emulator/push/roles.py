"""What one must be allowed, to watch a calendar: what one must be allowed to list the same."""

from __future__ import annotations

from typing import Final

# Of events: who sees only when somebody is busy may list them, without their details.
# Of access rules: "writer […] Provides read access to the calendar's ACLs."
# https://developers.google.com/workspace/calendar/api/v3/reference/acl#role
ROLES: Final = {"events": "freeBusyReader", "acl": "writer"}
