"""Joining the data folder with commits: files first, then one commit that has it all.

git's own merge is not run: it takes a line that one side lacks for deleted, and puts
files in place by removing them first, so that a reader in between sees none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from llmpath.core.events import Record
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.git import Entry, Git, Tree
from llmpath.storage.git_objects import (
    PLAIN_MODE,
    blob_id,
    read_commits,
    read_tree,
    set_branch,
    write_blob,
    write_commit,
)
from llmpath.storage.merging import join_lines
from llmpath.storage.mixing import Mixture, mix, records_of, without_shared
from llmpath.storage.paths import Places
from llmpath.storage.shared_files import (
    ATTRIBUTES,
    ATTRIBUTES_LINE,
    Files,
    is_joined,
    read_shared,
    write_shared,
)


class Absorbed(NamedTuple):
    """What the data folder and its branch hold now.

    Attributes:
        commit: The branch's commit, which has all of the files.
        theirs: The commit of the remote that was joined; None where there is none.
        there: The files of that commit.
        files: The files that are shared.
        added: Records that were not in the folder before.
        changed: Files, but for the journal's, that were written or removed.
        aside: Files in which their version of a file is kept, that both sides changed.
    """

    commit: str
    theirs: str | None
    there: Tree
    files: Files
    added: tuple[Record, ...]
    changed: tuple[str, ...]
    aside: tuple[str, ...]


def absorb(git: Git, places: Places, branch: str, remote: str | None) -> Absorbed:
    """Join the folder with its own commits and with theirs, and commit the result.

    To be called while the journal's lock is held. Lines of the journal are only added.
    Whatever was checked out, the branch is afterwards, and it comes after all commits.

    Args:
        remote: Name of the branch that was fetched; None to commit what is here.

    Raises:
        LlmpathError: git failed, or a record would have been lost; the files are as
            they were.
    """
    names = ["HEAD", f"refs/heads/{branch}", *filter(None, [remote])]
    head, tip, *theirs = read_commits(git, names)
    tips = [each for each in dict.fromkeys((head, tip, *theirs)) if each is not None]
    bases = {each: _base(git, head, each) for each in tips}
    before = read_shared(places)
    attributes = join_lines(before.get(ATTRIBUTES, b""), ATTRIBUTES_LINE)
    others = without_shared(read_tree(git, head))
    mixture = Mixture({**before, ATTRIBUTES: attributes}, others)
    for each, base in bases.items():
        mixture = mix(git, mixture, read_tree(git, each), read_tree(git, base))
    changes = {
        path: mixture.files.get(path)
        for path in {**before, **mixture.files}
        if before.get(path) != mixture.files.get(path)
    }
    added = _put_in_place(places, before, changes)
    commit = _commit(git, mixture, head, bases)
    _check_out(git, branch, commit, head, tip)
    (there,) = theirs or (None,)
    changed = tuple(path for path in changes if not is_joined(path))
    return Absorbed(
        commit,
        there,
        read_tree(git, there),
        mixture.files,
        added,
        changed,
        mixture.aside,
    )


def _base(git: Git, head: str | None, tip: str) -> str | None:
    """The last commit that `HEAD` and a tip have in common; None if there is none."""
    return tip if tip == head else head and git.read("merge-base", head, tip)


def _check_out(
    git: Git, branch: str, commit: str, head: str | None, before: str | None
) -> None:
    """Let the branch be at a commit and be the one that is checked out."""
    if commit != before:
        set_branch(git, branch, commit, before)
    name = f"refs/heads/{branch}"
    if not (commit == before == head) and git.read("symbolic-ref", "HEAD") != name:
        git.ask("symbolic-ref", "HEAD", name)


def _put_in_place(
    places: Places, before: Files, changes: Mapping[str, bytes | None]
) -> tuple[Record, ...]:
    """Write files and give the records that they add.

    Raises:
        LlmpathError: A file cannot be written, or a record that was there is not there
            afterwards; what was changed is put back.
    """
    if not changes:
        return ()
    there = records_of(before)
    try:
        for path, data in changes.items():
            write_shared(places, path, data)
        after = records_of(read_shared(places))
        _require_all(there, after, places)
    except LlmpathError:
        for path in changes:
            write_shared(places, path, before.get(path))
        raise
    return tuple(each for key, each in after.items() if key not in there)


def _require_all(
    before: Mapping[str, Record], after: Mapping[str, Record], places: Places
) -> None:
    """Refuse a merge after which a record is gone.

    Raises:
        LlmpathError: Some are.
    """
    lost = before.keys() - after.keys()
    if lost:
        raise LlmpathError(
            f"after the merge {len(lost)} of {len(before)} records were gone",
            detail=(str(places.journal), "the merge was undone"),
            remedy="llmpath sync, which puts back what was committed",
        )


def _commit(
    git: Git, mixture: Mixture, head: str | None, bases: Mapping[str, str | None]
) -> str:
    """Give a commit of the files that comes after all tips; make one if need be.

    Args:
        bases: For each tip what it has in common with `HEAD`.
    """
    trees = [read_tree(git, each) for each in bases]
    entries = mixture.others | _entries(git, mixture.files, trees)
    others = {each: base for each, base in bases.items() if each != head}
    parents = [each for each, base in others.items() if base != each]
    if head is not None and head not in others.values():
        parents.insert(0, head)
    if len(parents) == 1 and read_tree(git, parents[0]) == entries:
        return parents[0]
    message = "Add what was written here" if not others else "Join with the remote"
    return write_commit(git, entries, parents, message)


def _entries(git: Git, files: Files, trees: Iterable[Tree]) -> dict[str, Entry]:
    """Files as a tree has them, added to the repository where it has them not."""
    known = {each.id for tree in trees for each in tree.values()}
    like = next(iter(known), "")
    entries = {}
    for path, data in files.items():
        ident = blob_id(data, like)
        if ident not in known:
            ident = write_blob(git, data)
        entries[path] = Entry(PLAIN_MODE, ident)
    return entries
