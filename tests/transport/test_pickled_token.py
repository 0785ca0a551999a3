"""The pickles of earlier versions are read; whatever else a pickle can do is not done."""

from __future__ import annotations

import io
import os
import pickle
import struct
from contextlib import suppress
from datetime import UTC, datetime

import google.oauth2.credentials
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcsa.transport.pickled_token import LARGEST, NotPickledCredentials, read_pickled_credentials

FIELDS = {
    "token": "ya29.x",
    "refresh_token": "1//r",
    "token_uri": "https://oauth2.googleapis.com/token",
    "client_id": "c",
    "client_secret": "s",
    "scopes": ["https://www.googleapis.com/auth/calendar"],
    "expiry": datetime(2026, 1, 2, 3, 4, 5, 678901),
}


def credentials(**changes):
    return google.oauth2.credentials.Credentials(**{**FIELDS, **changes})


@pytest.mark.parametrize("protocol", [3, 4, 5])
def test_pickled_credentials_are_read(protocol):
    found = read_pickled_credentials(pickle.dumps(credentials(), protocol))
    assert found["token"] == "ya29.x"
    assert found["expiry"] == FIELDS["expiry"].replace(tzinfo=UTC)
    for name in ("refresh_token", "token_uri", "client_id", "client_secret", "scopes"):
        assert found[f"_{name}"] == FIELDS[name]


def test_credentials_that_do_not_expire_are_read():
    assert read_pickled_credentials(pickle.dumps(credentials(expiry=None)))["expiry"] is None


def test_the_pickle_of_an_older_google_auth_is_read():
    # google-auth 1.x, protocol 3: fewer attributes, and no objects inside.
    state = {
        "token": "t",
        "expiry": None,
        "_refresh_token": "r",
        "_scopes": ["a"],
        "_quota_project_id": None,
    }
    content = (
        b"\x80\x03cgoogle.oauth2.credentials\nCredentials\nq\x00)\x81q\x01"
        + pickle.dumps(state, 3)[2:-1]
        + b"b."
    )
    assert read_pickled_credentials(content) == state


def test_reading_builds_nothing_of_google_auth(monkeypatch):
    content = pickle.dumps(credentials())

    def fail(*_):
        raise AssertionError("an object was built")

    monkeypatch.setattr(google.oauth2.credentials.Credentials, "__setstate__", fail)
    assert read_pickled_credentials(content)["token"] == "ya29.x"


def refused(content):
    with pytest.raises(NotPickledCredentials) as refusal:
        read_pickled_credentials(content)
    return str(refusal.value)


class Calls:
    """Pickles as a call."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def touch(tmp_path):
    return f"touch {tmp_path / 'executed'}"


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize(
    "attack",
    [
        lambda path: Calls(os.system, touch(path)),
        lambda path: Calls(eval, f"open({str(path / 'executed')!r}, 'w')"),
        lambda path: Calls(exec, f"open({str(path / 'executed')!r}, 'w')"),
        lambda path: Calls(open, str(path / "executed"), "w"),
        lambda path: Calls(__import__, "os"),
        lambda path: Calls(getattr, "", "format"),
        lambda path: Calls(Calls, os.system, touch(path)),
        lambda path: [Calls(os.system, touch(path))],
        lambda path: credentials(token=Calls(os.system, touch(path))),
        lambda path: credentials(scopes=[Calls(os.system, touch(path))]),
    ],
)
def test_nothing_is_executed(tmp_path, protocol, attack):
    refused(pickle.dumps(attack(tmp_path), protocol))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        (b"os\nsystem", "os.system"),
        (b"builtins\neval", "builtins.eval"),
        (b"google.oauth2.credentials\nio.open", "google.oauth2.credentials.io.open"),
        (b"google\nauth", "google.auth"),
        (b"googleX.auth.x\ny", "googleX.auth.x.y"),
        (b"datetime\nsys.modules", "datetime.sys.modules"),
        (b"datetime\ndatetime.fromisoformat", "datetime.datetime.fromisoformat"),
        (b"gcsa.google_calendar\nGoogleCalendar", "gcsa.google_calendar.GoogleCalendar"),
    ],
)
def test_a_name_that_saved_credentials_do_not_have_is_quoted(name, quoted):
    content = b"\x80\x03c" + name + b"\n)R."
    if quoted.startswith("google."):
        # It is noted down like any name of Google's, and never looked up: what comes out are no credentials.
        assert refused(content) in (
            "it holds something else than Google credentials",
            f"it asks for {quoted!r}",
        )
    else:
        assert refused(content) == f"it asks for {quoted!r}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is damaged"),
        (b"\x80", "it is damaged"),
        (b"\x80\x04.", "it is damaged"),
        (b"\x80\x03N.", "it holds something else than Google credentials"),
        (b"\x80\x03]\x94\x94", "it is damaged"),
        # A class itself is neither credentials nor anything that could be changed.
        (b"\x80\x03cgoogle.oauth2.credentials\nCredentials\n.", "it holds something else than Google credentials"),
        (b"\x80\x03cgoogle.oauth2.credentials\nCredentials\n}b.", "it changes something that is not an object"),
        # Calling what is not a class, and with what are not arguments.
        (b"\x80\x03X\x01\x00\x00\x00x)R.", "it calls something that is not a class"),
        (b"\x80\x03cgoogle.oauth2.credentials\nCredentials\nNR.", "it calls something that is not a class"),
        (b"\x80\x03cgoogle.oauth2.credentials\nCredentials\n)\x81)R.", "it calls something that is not a class"),
        # State that is not a dict could set attributes of anything.
        (
            b"\x80\x03cgoogle.oauth2.credentials\nCredentials\n)\x81N}\x86b.",
            "it changes something that is not an object",
        ),
        (b"\x80\x03N(NNu.", "it changes something that is not a dict"),
        (b"\x80\x03NNa.", "it changes something that is not a list"),
        (b"\x80\x03}(NNu.", "it has a dict whose keys are not text"),
        (b"\x80\x03}(Nu.", "it changes something that is not a dict"),
        (b"\x80\x04NN\x93.", "it names something with something else than text"),
        # Instructions that saved credentials have no use for.
        (b"\x80\x02\x82\x01.", "it has an instruction that saved credentials do not have (EXT1)"),
        (b"Pname\n.", "it has an instruction that saved credentials do not have (PERSID)"),
        (b"(ios\nsystem\n.", "it has an instruction that saved credentials do not have (INST)"),
        (b"(cos\nsystem\no.", "it asks for 'os.system'"),
        (b"\x80\x04\x8f.", "it has an instruction that saved credentials do not have (EMPTY_SET)"),
        (b"\x80\x03N2.", "it has an instruction that saved credentials do not have (DUP)"),
        (b"\x80\x05\x97.", "it has an instruction that saved credentials do not have (NEXT_BUFFER)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pickle_is_said(content, why):
    assert refused(content) == why


def test_a_file_that_is_too_large_is_not_even_read():
    content = pickle.dumps(credentials(token="x" * LARGEST))
    assert refused(content) == f"it is larger than {LARGEST} bytes"


def test_a_place_in_the_memo_takes_no_more_memory_for_being_far_away():
    # The C unpickler makes room for every place up to that one: 32 GB.
    content = b"\x80\x03Nr" + struct.pack("<I", 2**32 - 1) + b"."
    assert refused(content) == "it holds something else than Google credentials"


@pytest.mark.parametrize("instruction", [b"\x8d", b"\x8e", b"B", b"X", b"\x8b"])
def test_a_length_takes_no_memory_for_being_announced(instruction):
    size = struct.pack("<Q", 2**62) if instruction in b"\x8d\x8e" else struct.pack("<i", 2**31 - 1)
    assert refused(b"\x80\x04" + instruction + size + b"x.") == "it is damaged"


def test_what_refers_to_itself_over_and_over_takes_no_time():
    # Each tuple holds the one before twice: 2**60 leaves for whoever hashes, prints or compares it.
    doubling = b"\x80\x04N\x94" + b"".join(
        b"h" + bytes([place]) + b"h" + bytes([place]) + b"\x86\x94" for place in range(60)
    )
    assert refused(doubling + b".") == "it holds something else than Google credentials"
    assert refused(doubling + b"N\x93.") == "it names something with something else than text"
    assert (
        refused(b"\x80\x04}" + doubling[2:] + b"Ns.") == "it changes something that is not a dict"
    )


def test_deep_nesting_is_refused():
    assert refused(b"\x80\x03" + b"(" * 20_000 + b".") == "it is too long"
    assert refused(b"\x80\x03" + b"]" * 4_900 + b"a" * 4_899 + b".") == (
        "it holds something else than Google credentials"
    )


def test_a_date_that_cannot_be_is_none():
    content = pickle.dumps(credentials()).replace(b"\x07\xea\x01\x02", b"\x07\xea\x0d\x40")
    assert read_pickled_credentials(content)["expiry"] is None


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content):
    refused(content)
    refused(b"\x80\x04" + content)


@given(st.data())
def test_damaged_credentials_are_read_or_refused_and_nothing_else(data):
    content = bytearray(pickle.dumps(credentials()))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(NotPickledCredentials):
        assert isinstance(read_pickled_credentials(bytes(content)), dict)


def test_the_standard_unpickler_would_have_executed_it(tmp_path):
    # So that the attacks above are known to be real ones.
    pickle.Unpickler(io.BytesIO(pickle.dumps(Calls(os.system, touch(tmp_path))))).load()
    assert (tmp_path / "executed").exists()
