"""No repository is made or used where it would do harm."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from llmpath.errors import LlmpathError
from llmpath.storage.unsafe_places import refuse_unfinished, refuse_unsafe_places
from tests.storage.remotes import places_of


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)/apps", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - A Firm/study", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "a cloud storage"),
        ("Library/CloudStorage/Box", "a cloud storage"),
        ("Library/Mobile Documents/com~apple~CloudDocs/study", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud/study", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Syncthing", "Syncthing"),
    ],
)
def test_a_folder_of_a_program_that_copies_files_is_refused_by_its_name(
    folder: str, program: str, tmp_path: Path
) -> None:
    places = places_of(tmp_path / folder)
    places.data.mkdir(parents=True)

    with pytest.raises(LlmpathError, match=f"lies in a folder of {program}, which"):
        refuse_unsafe_places(places)


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".stfolder/x", "Syncthing"),
        (".dropbox.cache/x", "Dropbox"),
        (".sync/ID", "Resilio Sync"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".sync_0123abcd.db", "Nextcloud"),
        ("._sync_0123abcd.db", "Nextcloud"),
    ],
)
@pytest.mark.parametrize("depth", ["data", "."])
def test_a_folder_that_such_a_program_marked_is_refused(
    mark: str, program: str, depth: str, tmp_path: Path
) -> None:
    places = places_of(tmp_path)
    path = tmp_path / depth / mark
    path.parent.mkdir(parents=True, exist_ok=True)
    places.data.mkdir(exist_ok=True)
    path.write_text("")

    with pytest.raises(LlmpathError, match=f"a folder of {program}"):
        refuse_unsafe_places(places)


def test_the_folder_that_windows_says_is_onedrives_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))

    with pytest.raises(LlmpathError, match="a folder of OneDrive"):
        refuse_unsafe_places(places_of(tmp_path / "home"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "data").mkdir(parents=True)
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox" / "data")

    with pytest.raises(LlmpathError, match="Dropbox"):
        refuse_unsafe_places(places_of(tmp_path))


@pytest.mark.parametrize(
    "folder",
    [
        "study",
        "dropbox-notes-of-mine/x",
        "onedriver",
        "my nextcloud",
        ".config/llmpath",
    ],
)
def test_another_folder_is_taken(folder: str, tmp_path: Path) -> None:
    places = places_of(tmp_path / folder)
    refuse_unsafe_places(places)
    places.data.mkdir(parents=True)
    (tmp_path / ".dropbox").mkdir()  # what Dropbox keeps in a home is no mark

    refuse_unsafe_places(places)


@pytest.mark.parametrize("kind", ["folder", "file"])
@pytest.mark.parametrize("depth", [".", "home"])
def test_a_folder_inside_another_repository_is_refused(
    kind: str, depth: str, tmp_path: Path
) -> None:
    outer = tmp_path / depth
    outer.mkdir(exist_ok=True)
    if kind == "file":
        (outer / ".git").write_text("gitdir: elsewhere")
    else:
        (outer / ".git").mkdir()
        (outer / ".git" / "HEAD").write_text("ref: refs/heads/main")

    with pytest.raises(LlmpathError, match="inside another git repository") as refused:
        refuse_unsafe_places(places_of(tmp_path / "home"))

    assert refused.value.detail[0] == str(outer)


def test_its_own_repository_and_an_empty_one_around_it_are_no_reason(
    tmp_path: Path,
) -> None:
    places = places_of(tmp_path)
    (tmp_path / ".git").mkdir()
    (places.data / ".git").mkdir(parents=True)
    (places.data / ".git" / "HEAD").write_text("ref: refs/heads/main")

    refuse_unsafe_places(places)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0,
    reason="only root can give a folder away",
)
def test_root_does_not_work_in_the_folder_of_somebody_else(tmp_path: Path) -> None:
    places = places_of(tmp_path / "home")
    (tmp_path / "home").mkdir()
    os.chown(tmp_path / "home", 12345, -1)
    with pytest.raises(LlmpathError, match="belongs to user 12345, and this is root"):
        refuse_unsafe_places(places)

    places.data.mkdir()
    refuse_unsafe_places(places)
    os.chown(places.data, 12345, -1)
    with pytest.raises(LlmpathError, match="belongs to user 12345") as refused:
        refuse_unsafe_places(places)

    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        ("MERGE_HEAD", "merge"),
        ("rebase-merge", "rebase"),
        ("rebase-apply", "rebase"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
        ("BISECT_LOG", "bisect"),
    ],
)
def test_what_somebody_has_begun_by_hand_is_left_alone(
    mark: str, what: str, tmp_path: Path
) -> None:
    places = places_of(tmp_path)
    refuse_unfinished(places)
    (places.data / ".git" / mark).mkdir(parents=True)

    with pytest.raises(LlmpathError, match=f"in the middle of a {what}$") as refused:
        refuse_unfinished(places)

    assert str(places.data) in str(refused.value.remedy)
