"""The remote: where it is, what it has, what it takes."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from llmpath.errors import LlmpathError
from llmpath.storage.git import Ended, Git
from llmpath.storage.remote_url import local_path, shown_url

NEW_BRANCH = "main"

_BRANCH_KEY = "llmpath.branch"
_RACES = (
    *("(fetch first)", "(non-fast-forward)", "(stale info)"),
    *("cannot lock ref", "failed to update ref", "incorrect old value"),
)
"""How git says that somebody else was faster."""

_MOST_LINES = 6


def remote_url(git: Git) -> str | None:
    """The address of the remote; None where there is none yet."""
    return git.setting("remote.origin.url")


def set_remote(git: Git, url: str) -> None:
    """Set the address of the remote, in the repository's own settings.

    Raises:
        LlmpathError: Another one is set, and was reached before.
    """
    known = remote_url(git)
    if known == url:
        return
    if known is not None and git.read(
        "for-each-ref", "--count=1", "refs/remotes/origin"
    ):
        raise LlmpathError(
            "the data folder is synchronised with another remote",
            detail=(shown_url(known), "what both have is joined at the next sync"),
            remedy=f"git -C {git.folder} remote set-url origin URL, then llmpath sync",
        )
    git.set("remote.origin.url", url)
    git.set("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")


def known_branch(git: Git) -> str | None:
    """The branch that is synchronised; None as long as the remote was not asked."""
    return git.setting(_BRANCH_KEY)


def choose_branch(git: Git, current: str) -> str:
    """Ask the remote which branch to synchronise with, and keep the answer.

    Its default branch; where that is not there, the one of the same name as here, its
    only one, `main` or `master`. An empty remote gets the one that is here.

    Raises:
        LlmpathError: The remote cannot be reached, or has several branches and no
            default.
    """
    ended = git.talk("ls-remote", "--symref", "origin", "HEAD", "refs/heads/*")
    if ended.code:
        raise unreachable(git, ended)
    lines = ended.output.decode("utf-8", "replace").splitlines()
    parted = [line.split("\t") for line in lines]
    start = "refs/heads/"
    heads = [name.removeprefix(start) for _, name in parted if name.startswith(start)]
    default = [
        value.removeprefix(f"ref: {start}")
        for value, name in parted
        if name == "HEAD" and value.startswith(f"ref: {start}")
    ]
    branch = _chosen(heads, [*default, current])
    if branch is None:
        raise LlmpathError(
            "the remote has several branches, and none of them is its default",
            detail=(", ".join(heads[:9]),),
            remedy=f"git -C {git.folder} config {_BRANCH_KEY} NAME, then llmpath sync",
        )
    git.set(f"branch.{branch}.remote", "origin")
    git.set(f"branch.{branch}.merge", f"{start}{branch}")
    git.set(_BRANCH_KEY, branch)
    return branch


def fetch(git: Git, branch: str) -> str:
    """Fetch the branch and give the name under which it is here.

    Where the remote has no such branch, that names nothing.

    Raises:
        LlmpathError: The remote cannot be reached.
    """
    here = f"refs/remotes/origin/{branch}"
    ended = git.talk(
        "fetch", "--quiet", "--no-tags", "origin", f"+refs/heads/{branch}:{here}"
    )
    if ended.code:
        if not any("find remote ref" in line for line in ended.said):
            raise unreachable(git, ended)
        git.run("update-ref", "-d", here)
    return here


def push(git: Git, commit: str, branch: str) -> bool:
    """Send a commit; False where somebody else was faster.

    Raises:
        LlmpathError: The remote cannot be reached, or refuses.
    """
    ended = git.talk(
        "push", "--porcelain", "--no-verify", "origin", f"{commit}:refs/heads/{branch}"
    )
    if not ended.code:
        return True
    output = ended.output.decode("utf-8", "replace").splitlines()
    refusals = [line.split("\t")[-1] for line in output if line.startswith("!")]
    if not refusals:
        raise unreachable(git, ended)
    if any(race in refusal for race in _RACES for refusal in refusals):
        return False
    said = [line for line in ended.said if line.startswith("remote:")]
    raise LlmpathError(
        "the remote refused what was sent",
        detail=(*_place(git), *refusals, *said[:_MOST_LINES]),
        remedy="llmpath sync once the remote takes it",
    )


def unreachable(git: Git, ended: Ended) -> LlmpathError:
    """The error for a remote that gives no answer, in git's words."""
    remedy = f"git -C {git.folder} ls-remote origin, then llmpath sync"
    path = local_path(remote_url(git) or "")
    if path is not None and _is_missing(path):
        # Made before its drive is mounted, it would lie below the mount.
        new = f"if it is not made yet: git init --bare {shlex.quote(str(path))}"
        remedy = f"mount the drive it is on; {new}; then llmpath sync"
    return LlmpathError(
        "the remote cannot be reached",
        detail=(*_place(git), *ended.said[:_MOST_LINES]),
        remedy=remedy,
    )


def _is_missing(path: Path) -> bool:
    """Whether there is nothing, or only the empty folder that a drive is mounted on."""
    try:
        return next(path.iterdir(), None) is None
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False


def _place(git: Git) -> tuple[str, ...]:
    url = remote_url(git)
    return () if url is None else (shown_url(url),)


def _chosen(heads: list[str], wanted: Iterable[str]) -> str | None:
    """The branch to take, of those that the remote has, by preference."""
    only = heads if len(heads) == 1 else []
    names = [*wanted, *only, NEW_BRANCH, "master"]
    if not heads:
        return names[0]
    return next((name for name in names if name in heads), None)
