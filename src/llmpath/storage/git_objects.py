"""What a repository holds: branches, commits, trees of files, and their contents.

Commits are made from trees; neither the work tree nor the index takes part, so that a
process that is killed leaves the repository as it was before or as it is after.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from llmpath.errors import LlmpathError
from llmpath.storage.git import Entry, Git, Tree

PLAIN_MODE = "100644"

_SHA256_LENGTH = 64


def read_commits(git: Git, names: Iterable[str]) -> list[str | None]:
    """The ids of the commits that branches or `HEAD` name; None where there is none."""
    asked = "".join(f"{each}\n" for each in names).encode()
    lines = git.ask("cat-file", "--batch-check", data=asked).decode().splitlines()
    return [
        line.partition(" ")[0] if line.split(" ")[-2] == "commit" else None
        for line in lines
    ]


def read_tree(git: Git, commit: str | None) -> Tree:
    """List the files of a commit; of none there are none."""
    if commit is None:
        return {}
    if commit not in git.trees:
        listed = git.ask("ls-tree", "-r", "-z", "--full-tree", commit)
        tree = {}
        for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, _, blob = about.split(" ")
            tree[path] = Entry(mode, blob)
        git.trees[commit] = tree
    return git.trees[commit]


def read_blobs(git: Git, ids: Iterable[str]) -> dict[str, bytes]:
    """Read the contents of files by their ids.

    Raises:
        LlmpathError: One is not in the repository.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    asked = "".join(f"{each}\n" for each in wanted).encode()
    answer = git.ask("cat-file", "--batch", data=asked)
    found = {}
    for each in wanted:
        about, _, answer = answer.partition(b"\n")
        if not about.startswith(f"{each} blob ".encode()):
            message = "the repository of the data folder is damaged"
            detail = (f"{each} is missing", str(git.git_folder))
            raise LlmpathError(message, detail=detail)
        size = int(about.rpartition(b" ")[2])
        found[each], answer = answer[:size], answer[size + 1 :]
    return found


def blob_id(data: bytes, like: str) -> str:
    """The id that a content has in a repository of which another id is known."""
    algorithm = hashlib.sha256 if len(like) == _SHA256_LENGTH else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data).hexdigest()


def write_blob(git: Git, data: bytes) -> str:
    """Add a content byte for byte and give its id; filters and line ends stay out."""
    return git.ask("hash-object", "-w", "--stdin", data=data).decode().strip()


def write_commit(git: Git, tree: Tree, parents: Iterable[str], message: str) -> str:
    """Make a commit of files that the repository has; no branch moves.

    Args:
        tree: Where a name is both a file and a folder, what comes last stands.

    Raises:
        LlmpathError: git refused.
    """
    words = [word for each in parents for word in ("-p", each)]
    answer = git.ask("commit-tree", "-m", message, *words, _write_tree(git, tree))
    commit = answer.decode().strip()
    git.trees[commit] = tree
    return commit


def set_branch(git: Git, branch: str, commit: str, before: str | None) -> None:
    """Move a branch to a commit without touching any file.

    The index follows where nobody holds it; it is of use to a person only.

    Args:
        before: Where the branch must be; None if it must not be there.

    Raises:
        LlmpathError: It is elsewhere, or git failed.
    """
    name = f"refs/heads/{branch}"
    git.ask("update-ref", "-m", "llmpath sync", name, commit, before or "")
    git.run("read-tree", commit)


def _write_tree(git: Git, tree: Tree) -> str:
    """Write a tree through an index of its own; of two names in conflict, the last."""
    lines = (f"{each.mode} {each.id}\t{path}\0" for path, each in tree.items())
    data = "".join(lines).encode("utf-8", "surrogateescape")
    with tempfile.TemporaryDirectory() as folder:
        variables = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        words = ("-z", "--index-info")
        git.ask("update-index", *words, data=data, variables=variables)
        return git.ask("write-tree", variables=variables).decode().strip()
