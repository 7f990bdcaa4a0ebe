"""Where a repository would do harm or come to harm, told before git is run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from llmpath.errors import LlmpathError
from llmpath.storage.paths import Places

_BY_NAME = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "syncthing": "Syncthing",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "cloudstorage": "a cloud storage",
}
"""Programs by the plain names of their folders."""

_BY_CONTENT = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync/ID": "Resilio Sync",
}
"""Programs by what they put at the top of a folder that they carry."""

_BY_VARIABLE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_UNFINISHED = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
}


def refuse_unsafe_places(places: Places) -> None:
    """Refuse a data folder in which a repository must not lie.

    Raises:
        LlmpathError: It is another user's, a program that copies files carries it, or
            it lies in another repository.
    """
    folder = Path(os.path.realpath(places.data))
    _refuse_foreign(folder)
    carrier = _find_carrier(folder)
    if carrier is not None:
        raise LlmpathError(
            f"the data folder lies in a folder of {carrier}, which would carry git",
            detail=(
                str(folder),
                "git's files break when they are copied file by file, and could run",
                "programs on the other machines; the journal alone needs no sync there",
            ),
            remedy="llmpath --home FOLDER with a folder outside",
        )
    outer = next((each for each in folder.parents if _is_work_tree(each)), None)
    if outer is not None:
        raise LlmpathError(
            "the data folder lies inside another git repository",
            detail=(str(outer), f"the data folder is {folder}"),
            remedy="llmpath --home FOLDER with a folder outside",
        )


def refuse_unfinished(places: Places) -> None:
    """Refuse a repository in which somebody has begun something by hand.

    Raises:
        LlmpathError: A merge, rebase or the like is not finished.
    """
    for name, what in _UNFINISHED.items():
        if (places.data / ".git" / name).exists():
            end = "reset" if what == "bisect" else "--abort"
            raise LlmpathError(
                f"the repository of the data folder is in the middle of a {what}",
                detail=(str(places.data),),
                remedy=f"git -C {places.data} {what} {end}",
            )


def _refuse_foreign(folder: Path) -> None:
    """Refuse another user's folder, and for root one that would come to lie in such."""
    if sys.platform == "win32":
        return
    user = os.geteuid()
    there = next(each for each in (folder, *folder.parents) if each.exists())
    owner = there.stat().st_uid
    if owner != user and (there == folder or user == 0):
        who = "root" if user == 0 else f"user {user}"
        raise LlmpathError(
            f"the data folder belongs to user {owner}, and this is {who}",
            detail=(str(there), "git would run what its owner put there"),
            remedy="llmpath sync as the owner, without sudo",
        )


def _find_carrier(folder: Path) -> str | None:
    """The program that copies a folder to other machines; None where none is known."""
    for each in (folder, *folder.parents):
        name = _BY_NAME.get(_plain_name(each.name)) or _name_by_content(each)
        if name is not None:
            return name
    for variable in _BY_VARIABLE:
        place = os.environ.get(variable)
        if place and Path(os.path.realpath(place)) in (folder, *folder.parents):
            return "OneDrive"
    return None


def _plain_name(name: str) -> str:
    """A name without the rest of `Dropbox (Personal)` and `OneDrive - Firm`."""
    return name.lower().partition(" (")[0].partition(" - ")[0]


def _name_by_content(folder: Path) -> str | None:
    for name, program in _BY_CONTENT.items():
        if (folder / name).exists():
            return program
    databases = any(_sync_databases(folder))
    return "Nextcloud" if databases else None


def _sync_databases(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.glob("._sync_*.db")
        yield from folder.glob(".sync_*.db")


def _is_work_tree(folder: Path) -> bool:
    """Whether a folder is the top of a repository's files; an empty `.git` is none."""
    mark = folder / ".git"
    return mark.is_file() or (mark / "HEAD").is_file()
