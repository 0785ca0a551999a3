"""The tables of a mirror, and how they come about and change from version to version."""

from __future__ import annotations
