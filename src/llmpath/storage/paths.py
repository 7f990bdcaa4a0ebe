"""Where things are kept: computes, never creates, but for `prepare_folder`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from llmpath.errors import LlmpathError, NotSavedError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import free_space, reason_of, sync_folder


class Places(NamedTuple):
    """The places of one learner on one machine; none of them need exist.

    Attributes:
        data: Journal and curricula, the only part to sync.
        state: What belongs to this machine: device id, lock, timer, second copy of the
            journal, crash reports.
    """

    data: Path
    state: Path
    config_file: Path

    @property
    def journal(self) -> Path:
        """The folder of the journal's files."""
        return self.data / "journal"

    @property
    def archive(self) -> Path:
        """The second copy of every record."""
        return self.state / "archive.jsonl"

    @property
    def marks(self) -> Path:
        """How far the journal was seen."""
        return self.state / "marks.json"


def find_places(home: Path | None, machine: str) -> Places:
    """Compute the places, all under `home` where one is given.

    Args:
        machine: Hash of the machine's id, so that a home shared by several machines
            holds a state for each.

    Raises:
        LlmpathError: Without `home`, where the user's own home folder is unknown.
    """
    if home is not None:
        return Places(home / "data", home / "state" / machine, home / "config.toml")
    data, state, config = _user_folders()
    if data == state:  # macOS and Windows; the identity must not be synced with data
        data, state = data / "data", state / "state"
    return Places(data, state, config / "config.toml")


def prepare_folder(path: Path) -> None:
    """Create a folder and its missing parents for the owner only, whatever the umask.

    Raises:
        NotSavedError: The system refused, a file is in the way, or root would leave
            files of its own in the folder of somebody else.
    """
    _refuse_foreign(path)
    missing = [each for each in (path, *path.parents) if not os.path.isdir(each)]  # noqa: PTH112  # no error for a long name
    for folder in reversed(missing):
        try:
            _create_folder(folder)
        except OSError as error:
            message = f"cannot create a folder: {reason_of(error)}; nothing was changed"
            detail = (str(folder), *free_space(error, folder))
            raise NotSavedError(message, detail=detail) from error


def _refuse_foreign(path: Path) -> None:
    """Keep root out, as with `sudo`: its files could not be written by their user."""
    if sys.platform == "win32" or os.geteuid():
        return
    there = next(each for each in (path, *path.parents) if os.path.isdir(each))  # noqa: PTH112  # as above
    owner = there.stat().st_uid
    if owner:
        raise NotSavedError(
            f"not saved: you are root, and this belongs to {_user_name(owner)}",
            detail=(str(there),),
            remedy=f"the same without sudo, or sudo -u {_user_name(owner)} llmpath ...",
        )


def _user_name(number: int) -> str:
    import pwd  # noqa: PLC0415  # only for root, and not on Windows

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"


def _create_folder(folder: Path) -> None:
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        if folder.is_dir():  # another process was faster
            return
        raise
    folder.chmod(0o700)
    with suppress(PermissionError):  # a parent that may be entered but not listed
        sync_folder(folder.parent)


def _user_folders() -> tuple[Path, Path, Path]:
    import platformdirs  # noqa: PLC0415  # 4 ms, and not needed with a home of one's own

    folders = platformdirs.PlatformDirs("llmpath", appauthor=False)
    try:
        return folders.user_data_path, folders.user_state_path, folders.user_config_path
    except RuntimeError as error:
        message = "your home folder is unknown"
        raise LlmpathError(message, remedy="llmpath --home FOLDER ...") from error
