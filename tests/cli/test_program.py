"""The program as a process: what it loads, what it prints into pipes, how it ends, and what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gcsa._version import __version__
from gcsa.cli.example_week import example_week
from gcsa.emulator import Emulator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the program, or a piece of code in its place, and return it when it is done."""
    bytecode = tmp_path_factory.mktemp("bytecode")

    def run(*words, code=None, **environment):
        how = ["-m", "gcsa"] if code is None else ["-c", code]
        return subprocess.run(
            [sys.executable, *how, *map(str, words)],
            env=surroundings(bytecode, **environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def surroundings(bytecode, **environment):
    """Return the environment of a process; what it compiles is kept, as it is after an installation."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(bytecode),
        **environment,
    }


@pytest.fixture
def kept(tmp_path):
    """The database of an emulator with a week in it."""
    path = tmp_path / "demo.db"
    with Emulator(path) as emulator:
        emulator.seed_from(example_week(datetime.now(UTC), "UTC"))
    return path


def without(*modules):
    """Return code that runs the program as if modules were not installed."""
    return (
        f"import sys\nfor name in {modules!r}: sys.modules[name] = None\n"
        "from gcsa.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    )


def test_help_loads_no_more_than_it_needs(run):
    code = (
        "import sys\nfrom gcsa.cli.program import run\nrun(['--help'])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    loaded = set(run(code=code).stderr.split())
    assert "typer" in loaded
    assert loaded.isdisjoint(
        {"rich", "httpx2", "google.auth", "sqlite3", "sqlalchemy", "dateparser", "dateutil", "attrs", "gcsa.event",
         "platformdirs", "pydantic"}
    )  # fmt: skip


def test_a_local_copy_is_read_with_no_library_that_it_does_not_need(run, tmp_path, kept):
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    assert run("sync", "--emulator", kept, "--mirror", copy).returncode == 0
    code = (
        f"import sys\nfrom gcsa.cli.program import run\nrun(['agenda', '--mirror', {copy!r}])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    loaded = set(run(code=code).stderr.split())
    assert "sqlite3" in loaded
    assert loaded.isdisjoint(
        {"httpx2", "google.auth", "gcsa.emulator", "sqlalchemy", "alembic", "pydantic", "dateparser", "dateutil",
         "asyncio"}
    )  # fmt: skip


def test_there_are_no_colours_in_a_pipe(run, kept):
    done = run("week", "--emulator", kept)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "Concert" in done.stdout


def test_lines_are_not_cut_off_in_a_pipe(run, kept):
    long = "A very long name of a meeting " * 10
    run("add", long, "--at", "today 12:00", "--emulator", kept)
    assert long.strip() in run("agenda", "today", "--emulator", kept, COLUMNS="40").stdout


def test_whoever_has_read_enough_may_close_the_pipe(kept, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "gcsa", "agenda", "2 weeks", "--json", "--emulator", str(kept)],
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) in (0, 1)


def test_a_terminal_without_unicode_gets_question_marks(run, kept):
    done = run("week", "--emulator", kept, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout


def test_a_fleet_without_its_extra_says_what_to_install(run):
    done = run("fleet", "status", code=without("psycopg", "procrastinate"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Install it with: pip install 'gcsa[fleet]'"


def test_a_fleet_works_without_the_extra_for_the_command_line(run):
    done = run("fleet", "status", code=without("typer"), GCSA_FLEET_DATABASE="")
    assert done.returncode == 1
    assert done.stderr.startswith("gcsa: There is no database: give --database")


def test_commands_of_a_fleet_are_completed(run):
    def completed(words, number):
        done = run(
            _GCSA_COMPLETE="complete_bash", COMP_WORDS=f"gcsa {words}", COMP_CWORD=str(number)
        )
        return done.stdout.split()

    assert completed("fleet w", 2) == ["worker", "webhook"]
    assert "--json" in completed("fleet status --", 3)


def test_the_version(run):
    assert run("--version").stdout == f"gcsa {__version__}\n"


def test_a_wrong_command_is_exit_status_2_with_a_suggestion(run):
    done = run("agnda")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "gcsa: No such command 'agnda'. Did you mean 'agenda'?", "See: gcsa --help"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "X", "--tell", "foo"], "'foo' is not one of 'all', 'external', 'none'."),
        (["agenda", "--xyz"], "No such option: --xyz"),
        (["copy"], "Missing option '--from'."),
    ],
)
def test_a_wrong_option_is_told_in_two_lines(run, words, told):
    done = run(*words)
    assert done.returncode == 2
    message, hint = done.stderr.splitlines()
    assert message.startswith("gcsa: ")
    assert message.endswith(told)
    assert hint == f"See: gcsa {words[0]} --help"


def test_whoever_closes_the_output_is_told_nothing(kept, tmp_path):
    done = subprocess.run(
        f"{sys.executable} -m gcsa agenda --emulator {kept} >&-",
        shell=True,  # only a shell closes an output
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_emulator_that_is_not_there_is_given_up_soon(run):
    done = run("agenda", GOOGLE_CALENDAR_EMULATOR_HOST="127.0.0.1:1")
    assert done.returncode == 1
    assert "for 2 s at most" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        "Is the emulator at 127.0.0.1:1 running? Start one with: gcsa emulator"
    )


def test_a_database_that_is_none_is_refused_in_two_lines(run, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello, this is no database at all")
    done = run("agenda", "--emulator", path)
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first.startswith(f"gcsa: {path} is not a calendar database")
    assert second == "Give the path of an emulator's database with --emulator."


def test_a_fault_of_ours_is_no_traceback_unless_it_is_asked_for(run):
    code = (
        "import sys\nfrom gcsa.cli import windows\nwindows.of_days = None\n"
        "from gcsa.cli.program import run\nsys.exit(run(['agenda', '--emulator', ':memory:']))"
    )
    done = run(code=code)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Traceback" in run(code=code, GCSA_DEBUG="1").stderr


def test_without_the_extra_it_says_what_to_install(run):
    done = run("agenda", code=without("typer"))
    assert done.returncode == 2
    assert done.stderr == (
        "gcsa: this needs more than the library itself; install it with: pip install 'gcsa[cli]'\n"
    )


def test_the_emulator_needs_nothing_of_the_extra(run):
    done = run("emulator", "--help", code=without("typer", "rich", "dateparser", "platformdirs"))
    assert done.returncode == 0
    assert "--allow-remote" in done.stdout


@pytest.mark.parametrize(
    "option", ["port", "host", "database", "user", "seed", "allow-remote", "allow-host"]
)
def test_the_emulator_has_the_same_options_with_and_without_the_extra(option):
    import argparse

    from typer.testing import CliRunner

    from gcsa.cli.app import app
    from gcsa.emulator import command

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert f"--{option}" in parser.format_help()
    assert f"--{option}" in CliRunner().invoke(app, ["emulator", "--help"]).stdout


def test_without_the_mirror_it_says_what_to_install(run):
    done = run("agenda", "--mirror", "sqlite://", code=without("sqlalchemy"))
    assert done.stderr.splitlines() == [
        "gcsa: A local copy needs sqlalchemy.",
        "Install it with: pip install 'gcsa[mirror]'",
    ]


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_the_shell_that_it_runs_in_can_complete_it(tmp_path, option):
    done = subprocess.run(
        # With something to do afterwards, so that the shell is still there to be found.
        ["bash", "-c", f'"$0" -m gcsa {option}; exit $?', sys.executable],
        env=surroundings(tmp_path / "bytecode", HOME=str(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
    )
    script = tmp_path / ".bash_completions" / "gcsa.sh"
    told = script.read_text() if option == "--install-completion" else done.stdout
    assert "complete -o default -F _gcsa_completion gcsa" in told


def test_commands_and_their_options_are_completed(run):
    words = run(
        _GCSA_COMPLETE="complete_bash", COMP_WORDS="gcsa cal", COMP_CWORD="1"
    ).stdout.split()
    assert words == ["calendars"]
    words = run(
        _GCSA_COMPLETE="complete_bash", COMP_WORDS="gcsa agenda --ti", COMP_CWORD="2"
    ).stdout
    assert words.split() == ["--timezone"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it is of Linux")
def test_a_full_disk_is_told_in_the_systems_words(kept, tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gcsa", "agenda", "--json", "--emulator", str(kept)],
            env=surroundings(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "gcsa: No space left on device.\n")


def test_what_a_part_of_the_command_needs_is_named(run, kept):
    done = run("agenda", "--emulator", kept, code=without("rich", "rich.console"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "gcsa: This needs rich, which is not installed.",
        "Install what is missing, for example with: pip install 'gcsa[cli]'",
    ]
