"""Write docs/conformance.md anew: python -m tests.emulator.conformance."""

from __future__ import annotations

from tests.emulator.conformance.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
print(f"{PAGE} written")
