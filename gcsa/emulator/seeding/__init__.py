"""Seed files: users, groups, calendars and events that an emulator starts with."""

from __future__ import annotations

from gcsa.emulator.seeding.document import SeedError
from gcsa.emulator.seeding.planting import Seeded, plant

__all__ = ["SeedError", "Seeded", "plant"]
