"""The shared files of commits made one set: lines joined, whole files settled."""

from __future__ import annotations

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple
from llmpath.storage.git import Entry, Git, Tree
from llmpath.storage.git_objects import blob_id, read_blobs
from llmpath.storage.journal_files import parse_file
from llmpath.storage.merging import join_lines, settle
from llmpath.storage.shared_files import ATTRIBUTES, Files, is_joined, is_shared


class Mixture(NamedTuple):
    """What a folder and its branch are to hold.

    Attributes:
        files: Contents of the files that are shared.
        others: Whatever else the commits have; it is handed on and not written out.
        aside: Files in which their version of a file is kept, that both sides changed.
    """

    files: dict[str, bytes]
    others: dict[str, Entry]
    aside: tuple[str, ...] = ()


def mix(git: Git, ours: Mixture, theirs: Tree, base: Tree) -> Mixture:
    """Add the files of a commit: the journal's by lines, others as a whole.

    Args:
        base: The files of the last common commit; empty where there is none.
    """
    files = dict(ours.files)
    for path, data in read_joined(git, theirs, files).items():
        files[path] = join_lines(files.get(path, b""), data)
    like = next((each.id for each in theirs.values()), "")
    mine = {
        path: (blob_id(files[path], like), files.pop(path))
        for path in ours.files
        if not is_joined(path)
    }
    stands, lost = settle(
        {path: each for path, (each, _) in mine.items()},
        whole_ids(theirs),
        whole_ids(base),
    )
    aside = {f"{path}.conflict-{each[:8]}": each for path, each in lost.items()}
    contents = dict(mine.values())
    stands |= aside
    contents |= read_blobs(
        git, (each for each in stands.values() if each not in contents)
    )
    others, _ = settle(ours.others, without_shared(theirs), without_shared(base))
    return Mixture(
        files | {path: contents[each] for path, each in stands.items()},
        others,
        (*ours.aside, *aside),
    )


def read_joined(git: Git, tree: Tree, known: Files) -> dict[str, bytes]:
    """Read the files of a commit that are joined by lines.

    Args:
        known: Contents that need not be read again where the commit has the same.
    """
    wanted = {
        path: each.id
        for path, each in tree.items()
        if is_joined(path) and each.is_plain
    }
    found = {
        path: known[path]
        for path, each in wanted.items()
        if path in known and blob_id(known[path], each) == each
    }
    missing = {path: each for path, each in wanted.items() if path not in found}
    blobs = read_blobs(git, missing.values())
    return found | {path: blobs[each] for path, each in missing.items()}


def records_of(files: Files) -> dict[str, Record]:
    """The records of the journal's files by their ids."""
    return {
        record.id: record
        for path, data in files.items()
        if is_joined(path) and path != ATTRIBUTES
        for record in parse_file(data).records
    }


def without_shared(tree: Tree) -> dict[str, Entry]:
    """The files of a commit that are none of the data folder's."""
    return {path: each for path, each in tree.items() if not _is_shared(path, each)}


def whole_ids(tree: Tree) -> dict[str, str]:
    """The shared files of a commit that are not joined by lines, by their contents."""
    return {
        path: each.id
        for path, each in tree.items()
        if _is_shared(path, each) and not is_joined(path)
    }


def _is_shared(path: str, entry: Entry) -> bool:
    return is_shared(path) and entry.is_plain
