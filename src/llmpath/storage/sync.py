"""Synchronising the data folder with the user's own git remote.

The journal's lock is held while files change, and never while the network is awaited.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmpath.core.events import Record
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.absorbing import Absorbed, absorb
from llmpath.storage.git import SECONDS, Git, Tree
from llmpath.storage.git_objects import blob_id, read_commits, read_tree
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_writing import write_journal
from llmpath.storage.lock import hold_lock
from llmpath.storage.mixing import read_joined, records_of, whole_ids
from llmpath.storage.paths import Places, prepare_folder
from llmpath.storage.remote import (
    NEW_BRANCH,
    choose_branch,
    fetch,
    known_branch,
    push,
    remote_url,
    set_remote,
)
from llmpath.storage.remote_url import shown_url
from llmpath.storage.shared_files import Files, is_joined, read_shared
from llmpath.storage.unsafe_places import refuse_unfinished, refuse_unsafe_places

LOCK_SECONDS = 10.0
"""How long to wait for a command that writes, or for another synchronisation."""

TRIES = 3
"""How often what others sent meanwhile is fetched and joined before giving up."""


class Synced(NamedTuple):
    """The outcome of a synchronisation, or of a comparison that changed nothing.

    Attributes:
        remote: Address of the remote, without credentials.
        branch: The branch that both sides have.
        here: All records that are here.
        there: All records that the remote had before anything was sent.
        received: Records that came from the remote.
        restored: Records that were gone from the folder and came back from its own
            repository.
        files: Files, but for the journal's, that changed here, or that differ.
        aside: Files in which the other version of a file is kept.
    """

    remote: str
    branch: str
    here: tuple[Record, ...]
    there: tuple[Record, ...]
    received: tuple[Record, ...] = ()
    restored: tuple[Record, ...] = ()
    files: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


def init_sync(places: Places, url: str, *, seconds: float = SECONDS) -> Synced:
    """Make the data folder a repository with a remote, and synchronise.

    Done again with the same address it synchronises. A remote that was never reached is
    replaced.

    Args:
        url: Address of the remote, checked.
        seconds: For one run of git.

    Raises:
        LlmpathError: The place is unsafe, another remote is set, or one of the reasons
            of `sync`.
    """
    refuse_unsafe_places(places)
    git = _git(places, seconds)
    prepare_folder(places.data)
    with _alone(places):
        if not _is_repository(git):
            _make_repository(git)
        refuse_unfinished(places)
        set_remote(git, url)
    return sync(places, seconds=seconds)


def sync(places: Places, *, seconds: float = SECONDS) -> Synced:
    """Commit what is here, join it with what the remote has, and send the result.

    Args:
        seconds: For one run of git.

    Raises:
        LlmpathError: The folder is not synchronised yet or not safe, git is missing or
            failed, or the remote cannot be reached or refuses.
        NotSavedError: Another process writes for too long, or the storage refused.
    """
    git, url = _open(places, seconds)
    with _alone(places):
        first = _absorb(git, places, _branch_here(git), None)
        try:
            branch = known_branch(git) or choose_branch(git, _branch_here(git))
            synced = _exchange(git, places, branch)
        except LlmpathError as error:
            error.detail += ("what is here is committed; the next sync sends it",)
            raise
        git.run("gc", "--auto", "--quiet")
    changed = dict.fromkeys((*first.changed, *synced.files))
    return synced._replace(
        remote=shown_url(url), restored=first.added, files=tuple(changed)
    )


def compare(places: Places, *, seconds: float = SECONDS) -> Synced:
    """Fetch, and tell what is here and what is there; no file and no branch changes.

    Args:
        seconds: For one run of git.

    Raises:
        LlmpathError: As for `sync`.
    """
    git, url = _open(places, seconds)
    with _alone(places):
        branch = known_branch(git) or choose_branch(git, _branch_here(git))
        (theirs,) = read_commits(git, [fetch(git, branch)])
    files = read_shared(places)
    tree = read_tree(git, theirs)
    ours, others = _whole(files, tree), whole_ids(tree)
    return Synced(
        remote=shown_url(url),
        branch=branch,
        here=tuple(records_of(files).values()),
        there=_records_there(git, tree, files),
        files=tuple(
            path
            for path in sorted({*ours, *others})
            if ours.get(path) != others.get(path)
        ),
    )


def _exchange(git: Git, places: Places, branch: str) -> Synced:
    """Fetch, join and push until both sides are the same.

    Raises:
        LlmpathError: Others were faster three times, or see `sync`.
    """
    received: dict[str, Record] = {}
    files: dict[str, None] = {}
    aside: dict[str, None] = {}
    for _ in range(TRIES):
        joined = _absorb(git, places, branch, fetch(git, branch))
        received |= {each.id: each for each in joined.added}
        files |= dict.fromkeys(joined.changed)
        aside |= dict.fromkeys(joined.aside)
        if joined.commit == joined.theirs or push(git, joined.commit, branch):
            return Synced(
                remote="",
                branch=branch,
                here=tuple(records_of(joined.files).values()),
                there=_records_there(git, joined.there, joined.files),
                received=tuple(received.values()),
                files=tuple(files),
                aside=tuple(aside),
            )
    message = "others wrote to the remote at the same time, three times in a row"
    raise LlmpathError(message, remedy="llmpath sync")


def _absorb(git: Git, places: Places, branch: str, remote: str | None) -> Absorbed:
    """Join while no command writes the journal."""
    with write_journal(places, timeout=LOCK_SECONDS) as writer:
        absorbed = absorb(git, places, branch, remote)
        # `doctor` tells where this fails
        writer.keep_copies(read_journal(places, writer.device))
        return absorbed


def _records_there(git: Git, tree: Tree, known: Files) -> tuple[Record, ...]:
    return tuple(records_of(read_joined(git, tree, known)).values())


def _whole(files: Files, tree: Tree) -> dict[str, str]:
    """The files that are not joined by lines, as ids like those of a tree."""
    like = next((each.id for each in tree.values()), "")
    return {
        path: blob_id(data, like) for path, data in files.items() if not is_joined(path)
    }


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Keep a second synchronisation of this machine waiting; others may write."""
    prepare_folder(places.state)
    with hold_lock(places.state / "sync.lock", timeout=LOCK_SECONDS):
        yield


def _open(places: Places, seconds: float) -> tuple[Git, str]:
    """The repository and the address of its remote.

    Raises:
        LlmpathError: There is none, or it is not safe to work in it.
    """
    refuse_unsafe_places(places)
    git = _git(places, seconds)
    url = remote_url(git) if _is_repository(git) else None
    if url is None:
        raise LlmpathError(
            "nothing is synchronised yet",
            detail=(f"{places.data} has no git remote",),
            remedy="llmpath sync init URL",
        )
    refuse_unfinished(places)
    return git, url


def _git(places: Places, seconds: float) -> Git:
    return Git(Path(os.path.realpath(places.data)), seconds=seconds)


def _branch_here(git: Git) -> str:
    """The branch to commit to: the synchronised one, else what is checked out."""
    head = git.read("symbolic-ref", "--quiet", "--short", "HEAD")
    return known_branch(git) or head or NEW_BRANCH


def _is_repository(git: Git) -> bool:
    """Whether the folder has a repository of its own.

    Raises:
        LlmpathError: What is there belongs to a repository elsewhere, or is damaged.
    """
    mark = git.git_folder
    if mark.is_symlink() or mark.is_file():
        message = "the data folder belongs to a git repository that lies elsewhere"
        raise LlmpathError(message, detail=(str(mark),))
    if not (mark / "HEAD").is_file():
        return False
    if git.read("rev-parse", "--git-dir") is None:
        raise LlmpathError(
            "the git repository in the data folder is damaged",
            detail=(str(mark), "the journal lies beside it and is not touched"),
            remedy="move that folder away, then: llmpath sync init URL",
        )
    return True


def _make_repository(git: Git) -> None:
    git.ask("init", "--quiet", "--template=")
    git.ask("symbolic-ref", "HEAD", f"refs/heads/{NEW_BRANCH}")
    git.git_folder.chmod(0o700)
    (git.git_folder / "config").chmod(0o600)  # an address may hold a password
