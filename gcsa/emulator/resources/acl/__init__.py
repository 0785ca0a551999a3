"""The acl resource: https://developers.google.com/workspace/calendar/api/v3/reference/acl ."""

from __future__ import annotations

from gcsa.emulator.resources.acl import changing, reading

__all__ = ["changing", "reading"]
