"""A machine keeps one identity, and takes none from another machine."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from llmpath.errors import NotSavedError
from llmpath.storage import device as devices
from llmpath.storage.device import (
    Device,
    find_damage,
    forget_damage,
    machine_id,
    read_device,
)
from llmpath.storage.paths import find_places
from tests.storage.journal_values import a_home, an_identity


def test_the_machine_has_the_same_short_id_every_time() -> None:
    assert re.fullmatch("[0-9a-f]{8}", machine_id())
    assert machine_id() == machine_id()


def test_a_machine_without_an_id_or_a_name_still_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> str:
        raise OSError

    monkeypatch.setattr(devices, "_read_system_id", refuse)
    named = machine_id()
    monkeypatch.setattr(devices, "_host_name", lambda: "")

    assert re.fullmatch("[0-9a-f]{8}", named)
    assert re.fullmatch("[0-9a-f]{8}", machine_id())
    assert named != machine_id()


def test_an_identity_is_read_as_it_was_made(tmp_path: Path) -> None:
    places = a_home(tmp_path)
    made = an_identity(places)

    assert read_device(places) == made
    assert json.loads((places.state / "device.json").read_text()).keys() == {
        "id",
        "machine",
        "bound",
    }


def test_an_identity_that_the_first_release_wrote_is_kept(tmp_path: Path) -> None:
    places = a_home(tmp_path)
    made = an_identity(places)
    path = places.state / "device.json"
    document = json.loads(path.read_text())
    del document["machine"]
    path.write_text(json.dumps(document))

    assert read_device(places) == made


def test_a_machine_that_has_not_written_has_no_identity(tmp_path: Path) -> None:
    assert read_device(a_home(tmp_path)) is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("host", "start"),
    [
        ("laptop", "laptop-"),
        ("My Laptop's Name", "my-laptop-s-name-"),
        ("a-very-long-name-of-a-machine", "a-very-long-name-of-"),
        ("../../etc", "etc-"),
        ("Ноутбук", "device-"),
        ("", "device-"),
    ],
)
def test_a_device_is_named_after_its_host_in_letters_safe_for_a_file(
    host: str, start: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(devices, "_host_name", lambda: host)

    made = an_identity(a_home(tmp_path))

    assert re.fullmatch(re.escape(start) + "-?[0-9a-f]{4}", made.id)
    assert read_device(a_home(tmp_path)) == made


def test_two_identities_of_one_host_differ(tmp_path: Path) -> None:
    made = {an_identity(a_home(tmp_path / name)).id for name in "abcdef"}

    assert len(made) > 1


def test_an_identity_copied_to_another_folder_is_none(tmp_path: Path) -> None:
    an_identity(a_home(tmp_path / "a"))
    (tmp_path / "a").rename(tmp_path / "b")

    assert read_device(a_home(tmp_path / "b")) is None


def test_an_identity_copied_to_another_machine_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    an_identity(a_home(tmp_path))
    monkeypatch.setattr(devices, "_read_system_id", lambda: "another")

    assert read_device(a_home(tmp_path)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_an_identity_is_the_same_through_a_link_to_its_home(tmp_path: Path) -> None:
    made = an_identity(a_home(tmp_path / "a"))
    (tmp_path / "b").symlink_to(tmp_path / "a")

    assert read_device(find_places(tmp_path / "b", "5a11c0de")) == made


@pytest.mark.parametrize("name", ["../up", "", "UPPER", "a/b", 7, None])
def test_an_identity_that_is_no_safe_name_is_none(name: object, tmp_path: Path) -> None:
    places = a_home(tmp_path)
    an_identity(places)
    path = places.state / "device.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "id": name}))

    assert read_device(places) is None


@pytest.mark.parametrize("content", [b"", b"\0" * 99, b"[]", b"{", b"[" * 4096])
def test_a_damaged_identity_is_none(content: bytes, tmp_path: Path) -> None:
    places = a_home(tmp_path)
    an_identity(places)
    (places.state / "device.json").write_bytes(content)

    assert read_device(places) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o000, 0o777], ids=oct)
def test_only_the_owner_may_read_the_identity(tmp_path: Path, umask: int) -> None:
    places = a_home(tmp_path)
    before = os.umask(umask)
    try:
        an_identity(places)
    finally:
        os.umask(before)

    mode = stat.S_IMODE((places.state / "device.json").stat().st_mode)
    assert mode == 0o600


def test_only_a_damaged_identity_is_forgotten(tmp_path: Path) -> None:
    places = a_home(tmp_path)
    forget_damage(places)
    made = an_identity(places)
    forget_damage(places)
    assert read_device(places) == made

    (places.state / "device.json").write_bytes(b"torn")
    assert find_damage(places) == (places.state / "device.json", "not an identity")
    forget_damage(places)

    assert find_damage(places) is None
    assert not list(places.state.iterdir())


def test_two_machines_in_one_home_keep_their_identities(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # the system's folder for state, which has no part for each machine
    places = a_home(tmp_path)
    machines = ["one", "other", "third"]
    made = {}
    for name in machines:
        monkeypatch.setattr(devices, "_read_system_id", lambda name=name: name)
        assert read_device(places) is None
        made[name] = an_identity(places)

    for name in machines:
        monkeypatch.setattr(devices, "_read_system_id", lambda name=name: name)
        assert read_device(places) == made[name]


def test_an_identity_that_cannot_be_kept_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")

    with pytest.raises(NotSavedError):
        an_identity(a_home(tmp_path))


def test_a_device_is_its_id() -> None:
    assert Device("laptop-7f3a").id == "laptop-7f3a"
