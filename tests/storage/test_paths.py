"""Places are computed from the home and the system, and made for their owner only."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from llmpath.errors import LlmpathError, NotSavedError
from llmpath.storage.paths import Places, find_places, prepare_folder
from tests.storage.broken_system import break_call

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has other places and no modes"
)
VARIABLES = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_home_holds_everything_with_a_state_for_each_machine() -> None:
    home = Path("some") / "where"

    assert find_places(home, "5a11c0de") == Places(
        data=home / "data",
        state=home / "state" / "5a11c0de",
        config_file=home / "config.toml",
    )


def test_the_journal_is_a_folder_of_the_data() -> None:
    assert find_places(Path("home"), "m").journal == Path("home/data/journal")


def test_nothing_is_created_by_computing_places(tmp_path: Path) -> None:
    find_places(tmp_path / "home", "m")

    assert not list(tmp_path.iterdir())


@posix_only
def test_without_a_home_the_places_of_the_system_are_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, str(tmp_path / name))

    assert find_places(None, "m") == Places(
        data=tmp_path / "XDG_DATA_HOME" / "llmpath",
        state=tmp_path / "XDG_STATE_HOME" / "llmpath",
        config_file=tmp_path / "XDG_CONFIG_HOME" / "llmpath" / "config.toml",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux")
def test_relative_places_in_the_environment_are_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in VARIABLES:
        monkeypatch.setenv(name, "relative")

    assert find_places(None, "m") == Places(
        data=tmp_path / ".local/share/llmpath",
        state=tmp_path / ".local/state/llmpath",
        config_file=tmp_path / ".config/llmpath/config.toml",
    )


@posix_only
def test_state_is_kept_apart_from_data_where_the_system_has_one_place_for_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in VARIABLES:
        monkeypatch.setenv(name, str(tmp_path))

    places = find_places(None, "m")

    assert places.data == tmp_path / "llmpath" / "data"
    assert places.state == tmp_path / "llmpath" / "state"


@pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux")
def test_a_learner_without_a_home_is_told_how_to_name_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pwd = pytest.importorskip("pwd")

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HOME", *VARIABLES):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(LlmpathError, match="home folder is unknown") as caught:
        find_places(None, "m")

    assert caught.value.remedy == "llmpath --home FOLDER ..."


@posix_only
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777], ids=oct)
def test_folders_are_made_for_their_owner_only_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        prepare_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)

    assert mode_of(tmp_path / "a") == mode_of(tmp_path / "a" / "b") == 0o700


@posix_only
def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    prepare_folder(tmp_path)
    prepare_folder(tmp_path / "new")

    assert mode_of(tmp_path) == 0o755


@posix_only
def test_a_parent_that_may_not_be_listed_is_no_obstacle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    break_call(monkeypatch, "fsync", errno.EACCES)

    prepare_folder(tmp_path / "new")

    assert (tmp_path / "new").is_dir()


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")

    with pytest.raises(NotSavedError, match="nothing was changed") as caught:
        prepare_folder(tmp_path / "data")

    assert caught.value.detail == (str(tmp_path / "data"),)
    assert (tmp_path / "data").read_text() == "mine"
