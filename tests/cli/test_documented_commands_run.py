"""Every `gcsa …` line of the documentation runs, in the order of its page."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gcsa.cli.example_week import example_week

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    if re.search(r"^\$ (?:python -m )?gcsa ", page.read_text("utf-8"), re.MULTILINE)
)


def commands_of(page):
    text = (ROOT / page).read_text("utf-8")
    for block in BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith(("$ gcsa ", "$ python -m gcsa ")):
                yield shlex.split(line.split("gcsa ", 1)[1], comments=True)


def serve(words, folder):
    """Run `gcsa emulator …` as a process on any port, and interrupt it once it answers."""
    words = [word for word in words if not word.isdigit()]
    at = words.index("--port") + 1 if "--port" in words else None
    words = [*words[:at], "0", *words[at:]] if at else [*words, "--port", "0"]
    if "--seed" in words:
        (folder / words[words.index("--seed") + 1]).write_text("events: []\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "gcsa", *words], cwd=folder, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert process.stdout.readline().startswith("Google Calendar in a box, at http://")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 0
    finally:
        process.kill()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_runs(page, gcsa, emulator, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    week = example_week(emulator.clock.now(), "Europe/Prague")
    emulator.seed_from({**week, "users": ["ann@example.com", "bob@example.com"]})
    done = 0
    for words in commands_of(page):
        done += 1
        if words[0] == "emulator":
            serve(words, tmp_path)
        elif words[0] == "--install-completion":
            # It needs a shell that it runs in: test_program has one.
            assert words == ["--install-completion"]
        elif words[:2] == ["auth", "login"]:
            # There is no browser here; test_signing_in_commands has one.
            assert gcsa.fails(*words)[0] == "gcsa: An emulator needs no sign-in."
        else:
            gcsa.out(*words, answer="y\n")
    assert done


def test_the_page_of_the_command_has_an_example_of_each(gcsa):
    from gcsa.cli.app import COMMANDS

    shown = {words[0] for page in PAGES for words in commands_of(page)}
    assert set(COMMANDS) <= shown
