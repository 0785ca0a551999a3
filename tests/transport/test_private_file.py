"""Files that only their owner may read."""

from __future__ import annotations

import os
import stat
import threading

import pytest

from gcsa.transport.private_file import write_private


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_may_read_the_file_and_its_folder(tmp_path):
    path = tmp_path / "new" / "token.json"
    write_private(path, b"secret")
    assert path.read_bytes() == b"secret"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_file_that_everybody_could_read_is_closed(tmp_path):
    path = tmp_path / "token.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_private(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)


def test_a_link_is_replaced_and_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    path = tmp_path / "token.json"
    path.symlink_to(victim)
    write_private(path, b"secret")
    assert victim.read_bytes() == b"untouched"
    assert not path.is_symlink()
    assert path.read_bytes() == b"secret"


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "token.json"
    path.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_writers_side_by_side_leave_one_whole_file(tmp_path):
    path = tmp_path / "token.json"
    contents = [bytes([letter]) * 50_000 for letter in b"abcdefgh"]
    seen = set()

    def write(content):
        for _ in range(10):
            write_private(path, content)
            seen.add(path.read_bytes())

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen <= set(contents)
    assert list(tmp_path.iterdir()) == [path]
