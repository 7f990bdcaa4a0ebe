"""Devices that share a remote have the same records in the end, whatever comes between.

Real git, and remotes on disk.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, rmtree
from typing import NamedTuple

import pytest

from llmpath.core.events import NoteAdded, Record, StudyLogged
from llmpath.errors import LlmpathError, NotSavedError
from llmpath.storage.device import read_device
from llmpath.storage.journal import read_journal
from llmpath.storage.journal_files import parse_file
from llmpath.storage.lock import hold_lock
from llmpath.storage.paths import Places
from llmpath.storage.records import encode_record
from llmpath.storage.repairing import repair
from llmpath.storage.sync import compare, init_sync, sync
from tests.builders import a_record
from tests.storage.journal_values import read, save
from tests.storage.remotes import (
    a_clone,
    a_git,
    a_hook,
    a_remote,
    git,
    isolate,
    needs_git,
    needs_scripts,
    places_of,
)

pytestmark = needs_git

EVENT = StudyLogged("llmpath:attention/scores", 25)


class Fleet(NamedTuple):
    """Three devices that have not synchronised yet, and a remote."""

    laptop: Places
    phone: Places
    desk: Places
    remote: Path

    @property
    def devices(self) -> tuple[Places, ...]:
        return self.laptop, self.phone, self.desk

    def joined(self) -> Fleet:
        """The same, each with a record, as it is once all have joined the remote.

        They join once; later tests get copies, in the same place, to which an identity
        is bound.
        """
        now = self.remote.parent
        then = now.with_name("joined")
        if then.exists():
            assert not self.laptop.data.exists()
            assert not [*(self.remote / "refs" / "heads").iterdir()]
            rmtree(now)
            copytree(then, now)
        else:
            copytree(self.join().remote.parent, then)
        return self

    def join(self) -> Fleet:
        """Let one of them join; what it has then is copied to the others."""
        save(self.laptop, EVENT)
        for each in (self.phone, self.desk):
            save(each, EVENT)
            copytree(each.journal, self.laptop.journal, dirs_exist_ok=True)
        init_sync(self.laptop, str(self.remote))
        for each in (self.phone, self.desk):
            copytree(self.laptop.data, each.data, dirs_exist_ok=True)
        return self

    def joined_and_cloned(self, folder: Path) -> Path:
        """A clone made by hand of what all have then."""
        return a_clone(self.joined().remote, folder)

    def sync(self) -> None:
        """Synchronise all, so that the last one's news reaches the first."""
        for each in (*self.devices, *self.devices[:2]):
            sync(each)

    def agree(self) -> None:
        """Every device has every record, intact, and a clean folder."""
        known = [set(read(each)) for each in self.devices]
        assert known[0] == known[1] == known[2]
        for each in self.devices:
            assert not read_journal(each, read_device(each)).damaged
            assert git(each.data, "status", "--porcelain") == ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the fleets of all tests, one at a time."""
    return tmp_path_factory.mktemp("fleet") / "now"


@pytest.fixture
def fleet(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fleet]:
    isolate(monkeypatch, tmp_path / "user")
    rmtree(folder, ignore_errors=True)
    laptop, phone, desk = (places_of(folder / each) for each in ("a", "b", "c"))
    yield Fleet(laptop, phone, desk, a_remote(folder / "remote.git"))
    assert list((tmp_path / "user").iterdir()) == [], "the user's settings changed"


def journal_file(places: Places) -> Path:
    """The file that a device writes."""
    device = read_device(places)
    assert device is not None
    (path,) = places.journal.glob(f"{device.id}.*.jsonl")
    return path


def commit_and_push(clone: Path, message: str) -> None:
    """Do by hand what a synchronisation does."""
    git(clone, "commit", "--quiet", "-am", message)
    git(clone, "push", "--quiet")


def message_of(places: Places) -> LlmpathError:
    """The error with which a synchronisation ends."""
    with pytest.raises(LlmpathError) as failed:
        sync(places)
    return failed.value


# Joining


def test_three_devices_that_each_have_a_history_join_an_empty_remote(
    fleet: Fleet,
) -> None:
    first = save(fleet.laptop, EVENT)
    second = save(fleet.phone, EVENT)

    outcomes = [init_sync(each, str(fleet.remote)) for each in fleet.devices]

    assert [set(each.received) for each in outcomes] == [
        set(),
        {first},
        {first, second},
    ]
    assert [len(each.there) for each in outcomes] == [0, 1, 2]
    assert {each.branch for each in outcomes} == {"main"}
    sync(fleet.laptop)
    sync(fleet.phone)
    fleet.agree()
    assert set(read(fleet.desk)) == {first, second}


def test_the_repository_has_the_journal_and_curricula_and_nothing_else(
    fleet: Fleet,
) -> None:
    save(fleet.laptop, EVENT)
    data = fleet.laptop.data
    (data / "curricula").mkdir()
    (data / "curricula" / "own.json").write_text("{}")
    for name in ("notes.txt", "journal/~x.jsonl", "journal/.x.jsonl", "journal/x.tmp"):
        (data / name).write_text("a tool's")
    (data / "curricula" / ".hidden.json").write_text("{}")

    init_sync(fleet.laptop, str(fleet.remote))

    assert git(fleet.remote, "ls-tree", "-r", "--name-only", "main").split() == [
        ".gitattributes",
        "curricula/own.json",
        f"journal/{journal_file(fleet.laptop).name}",
    ]
    assert (data / ".gitattributes").read_text() == "*.jsonl -text merge=union\n"


def test_a_remote_with_a_history_of_its_own_keeps_it(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = a_clone(fleet.remote, tmp_path / "clone")
    (clone / "README.md").write_text("made by the forge\n")
    (clone / ".gitattributes").write_text("*.md text\n")
    git(clone, "checkout", "--quiet", "-b", "main")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "-m", "A beginning")
    git(clone, "push", "--quiet", "origin", "main")
    record = save(fleet.laptop, EVENT)

    init_sync(fleet.laptop, str(fleet.remote))
    init_sync(fleet.phone, str(fleet.remote))

    git(clone, "pull", "--quiet")
    assert (clone / "README.md").read_text() == "made by the forge\n"
    assert (clone / ".gitattributes").read_text().splitlines() == [
        "*.jsonl -text merge=union",
        "*.md text",
    ]
    assert "A beginning" in git(fleet.remote, "log", "--format=%s", "main")
    assert read(fleet.phone) == (record,)


@pytest.mark.parametrize(
    "default", ["master", pytest.param("trunk", marks=pytest.mark.thorough)]
)
def test_the_default_branch_of_the_remote_is_taken_whatever_its_name(
    default: str, fleet: Fleet, tmp_path: Path
) -> None:
    remote = a_remote(tmp_path / "other.git", branch=default)
    clone = a_clone(remote, tmp_path / "clone")
    git(clone, "commit", "--quiet", "--allow-empty", "-m", "A beginning")
    git(clone, "push", "--quiet", "origin", "HEAD")
    git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/aside")
    record = save(fleet.laptop, EVENT)

    assert init_sync(fleet.laptop, str(remote)).branch == default
    init_sync(fleet.phone, str(remote))

    assert read(fleet.phone) == (record,)
    assert git(fleet.laptop.data, "symbolic-ref", "--short", "HEAD") == default
    assert git(fleet.phone.data, "rev-parse", "@{upstream}") == git(
        remote, "rev-parse", default
    )


def test_where_the_remotes_default_is_not_there_its_only_branch_is_taken(
    fleet: Fleet, tmp_path: Path
) -> None:
    remote = a_remote(tmp_path / "other.git", branch="master")
    record = save(fleet.laptop, EVENT)

    assert init_sync(fleet.laptop, str(remote)).branch in {"main", "master"}
    init_sync(fleet.phone, str(remote))

    assert read(fleet.phone) == (record,)
    assert len(git(remote, "branch").splitlines()) == 1


def test_a_remote_with_several_branches_and_no_default_needs_a_choice(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = a_clone(fleet.remote, tmp_path / "clone")
    git(clone, "commit", "--quiet", "--allow-empty", "-m", "A beginning")
    for name in ("one", "two"):
        git(clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{name}")
    save(fleet.laptop, EVENT)

    with pytest.raises(LlmpathError, match="several branches") as failed:
        init_sync(fleet.laptop, str(fleet.remote))

    assert failed.value.detail[0] == "one, two"
    git(fleet.laptop.data, "config", "llmpath.branch", "two")
    assert sync(fleet.laptop).branch == "two"


def test_the_same_remote_again_is_no_error(fleet: Fleet) -> None:
    fleet.joined()
    record = save(fleet.phone, EVENT)
    sync(fleet.phone)

    assert init_sync(fleet.laptop, str(fleet.remote)).received == (record,)


def test_another_remote_is_refused_once_one_was_reached(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.joined()
    other = a_remote(tmp_path / "other.git")

    with pytest.raises(LlmpathError, match="another remote") as failed:
        init_sync(fleet.laptop, str(other))

    assert failed.value.detail[0] == str(fleet.remote)
    remedy = str(failed.value.remedy).partition(", then")[0].split()
    git(fleet.laptop.data, *remedy[3:-1], str(other))
    assert len(sync(fleet.laptop).there) == 0
    assert git(other, "rev-parse", "main") == git(
        fleet.laptop.data, "rev-parse", "HEAD"
    )


def test_a_remote_that_was_never_reached_may_be_typed_anew(
    fleet: Fleet, tmp_path: Path
) -> None:
    save(fleet.laptop, EVENT)
    with pytest.raises(LlmpathError, match="cannot be reached"):
        init_sync(fleet.laptop, str(tmp_path / "typo.git"))

    assert len(init_sync(fleet.laptop, str(fleet.remote)).here) == 1


def test_a_repository_made_by_hand_is_taken_as_it_is(fleet: Fleet) -> None:
    record = save(fleet.laptop, EVENT)
    git(fleet.laptop.data, "init", "--quiet", "-b", "mine")
    git(fleet.laptop.data, "add", ".")
    git(fleet.laptop.data, "commit", "--quiet", "-m", "By hand")

    assert init_sync(fleet.laptop, str(fleet.remote)).branch == "mine"
    init_sync(fleet.phone, str(fleet.remote))

    assert read(fleet.phone) == (record,)


def test_before_the_first_synchronisation_there_is_nothing_to_do(fleet: Fleet) -> None:
    save(fleet.laptop, EVENT)

    failed = message_of(fleet.laptop)

    assert failed.message == "nothing is synchronised yet"
    assert failed.remedy == "llmpath sync init URL"
    assert not (fleet.laptop.data / ".git").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_nobody_else_may_read_an_address_that_may_hold_a_password(fleet: Fleet) -> None:
    init_sync(fleet.laptop, str(fleet.remote))

    config = fleet.laptop.data / ".git" / "config"
    assert config.stat().st_mode & 0o77 == 0
    assert config.parent.stat().st_mode & 0o77 == 0


# Exchanging


def test_clones_that_diverged_have_all_records_and_one_history(fleet: Fleet) -> None:
    fleet.joined()
    for _ in range(5):
        for each in fleet.devices:
            save(each, EVENT)

    for each in (*fleet.devices, *fleet.devices[:2]):
        sync(each)

    fleet.agree()
    assert len(read(fleet.desk)) == 18
    heads = {git(each.data, "rev-parse", "HEAD") for each in fleet.devices}
    assert heads == {git(fleet.remote, "rev-parse", "main")}


def test_a_synchronisation_without_news_makes_no_commit(fleet: Fleet) -> None:
    fleet.joined()
    before = git(fleet.remote, "rev-parse", "main")

    outcomes = [sync(each) for each in fleet.devices]

    assert not any(each.received or each.restored or each.files for each in outcomes)
    assert git(fleet.remote, "rev-parse", "main") == before
    assert {git(each.data, "rev-parse", "HEAD") for each in fleet.devices} == {before}


def test_own_lines_stay_in_place_byte_for_byte(fleet: Fleet) -> None:
    fleet.joined()
    save(fleet.laptop, EVENT)
    path = journal_file(fleet.laptop)
    path.write_bytes(path.read_bytes() + b'{"id":"torn')
    before = path.read_bytes()
    save(fleet.phone, EVENT)
    sync(fleet.phone)

    sync(fleet.laptop)
    record = save(fleet.laptop, EVENT)

    assert path.read_bytes() == before + b"\n" + encode_record(record)


@pytest.mark.parametrize(
    "rounds", [1, pytest.param(3, marks=pytest.mark.thorough)], ids=["some", "all"]
)
def test_two_machines_with_the_same_identity_lose_nothing_and_agree(
    rounds: int, fleet: Fleet
) -> None:
    fleet.joined()
    ours = read_device(fleet.laptop)
    assert ours is not None
    path = fleet.phone.state / "device.json"
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "id": ours.id}))
    assert read_device(fleet.phone) == ours

    for _ in range(rounds):
        save(fleet.laptop, EVENT)
        save(fleet.phone, EVENT)
        for each in (*fleet.devices, *fleet.devices):
            sync(each)
        fleet.agree()

    assert len(read(fleet.desk)) == 3 + 2 * rounds
    before = git(fleet.remote, "rev-parse", "main")
    for each in (*fleet.devices, *fleet.devices):
        sync(each)
    assert git(fleet.remote, "rev-parse", "main") == before, "they go on for ever"


def test_what_is_deleted_or_cut_on_one_side_comes_back(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    for path in (clone / "journal").iterdir():
        path.unlink()
    commit_and_push(clone, "Tidy up")
    known = set(read(fleet.laptop))

    save(fleet.laptop, EVENT)
    sync(fleet.laptop)
    journal_file(fleet.phone).write_bytes(b"")
    assert len(sync(fleet.phone).restored) == 1
    sync(fleet.desk)

    fleet.agree()
    assert known < set(read(fleet.phone))
    git(clone, "pull", "--quiet")
    assert len(list((clone / "journal").iterdir())) == 3


def test_a_folder_whose_files_are_gone_is_filled_from_its_own_repository(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.joined()
    known = set(read(fleet.laptop))
    for path in fleet.laptop.journal.iterdir():
        path.unlink()
    fleet.laptop.journal.rmdir()
    fleet.remote.rename(tmp_path / "gone.git")

    message_of(fleet.laptop)

    assert set(read(fleet.laptop)) == known


def test_files_with_other_line_ends_are_read_and_settle(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    for path in (clone / "journal").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    commit_and_push(clone, "An editor's line ends")

    for _ in range(2):
        for each in fleet.devices:
            sync(each)

    fleet.agree()
    save(fleet.laptop, EVENT)
    for each in fleet.devices:
        sync(each)
    fleet.agree()
    assert b"\r" not in journal_file(fleet.laptop).read_bytes()


@pytest.mark.parametrize(
    "value", ["true", pytest.param("input", marks=pytest.mark.thorough)]
)
def test_settings_for_line_ends_change_no_byte(
    value: str, fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings"
    settings.write_text(
        f"[core]\nautocrlf = {value}\neol = crlf\nsafecrlf = true\n"
        f"attributesFile = {tmp_path}/attributes\n"
    )
    (tmp_path / "attributes").write_text("* text=auto eol=crlf\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    fleet.joined()

    for each in fleet.devices:
        save(each, EVENT)
        sync(each)
        assert b"\r" not in journal_file(each).read_bytes()

    blob = git(fleet.remote, "show", f"main:journal/{journal_file(fleet.desk).name}")
    assert blob.encode() + b"\n" == journal_file(fleet.desk).read_bytes()


def test_a_merge_by_hand_keeps_all_lines_with_the_attributes_that_are_there(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    path = clone / "journal" / journal_file(fleet.laptop).name
    by_hand = a_record(EVENT, device="by-hand", n=1)
    path.write_bytes(path.read_bytes() + encode_record(by_hand))
    git(clone, "commit", "--quiet", "-am", "A line")
    record = save(fleet.laptop, EVENT)
    sync(fleet.laptop)

    git(clone, "pull", "--quiet", "--no-rebase", "--no-edit")
    git(clone, "push", "--quiet")
    for each in fleet.devices:
        sync(each)

    fleet.agree()
    assert {by_hand, record} < set(read(fleet.desk))


def test_what_one_device_repaired_is_no_damage_on_another(fleet: Fleet) -> None:
    fleet.joined()
    for _ in range(3):
        save(fleet.laptop, EVENT)
    path = journal_file(fleet.laptop)
    path.write_bytes(path.read_bytes().replace(b'"n":2,', b'"n":9,', 1))
    repair(fleet.laptop)

    fleet.sync()

    journal = read_journal(fleet.phone, None)
    assert (len(journal.damaged), journal.new_damage, journal.gaps) == (1, 0, 0)


def test_conflict_markers_in_a_file_cost_no_record(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    (clone / ".gitattributes").unlink()
    git(clone, "commit", "--quiet", "-am", "No attributes")
    path = clone / "journal" / journal_file(fleet.laptop).name
    by_hand = a_record(EVENT, device="by-hand", n=1)
    path.write_bytes(path.read_bytes() + encode_record(by_hand))
    git(clone, "commit", "--quiet", "-am", "A line")
    record = save(fleet.laptop, EVENT)
    sync(fleet.laptop)
    git(clone, "pull", "--no-rebase", check=False)
    assert b"\n>>>>>>> " in path.read_bytes()
    commit_and_push(clone, "Markers and all")

    for each in (*fleet.devices, *fleet.devices):
        sync(each)

    known = [set(read(each)) for each in fleet.devices]
    assert known[0] == known[1] == known[2] > {by_hand, record}
    journal = read_journal(fleet.desk, None)
    assert (len(journal.damaged), journal.new_damage) == (3, 0)
    assert save(fleet.laptop, EVENT) in read(fleet.laptop)


# Curricula


def a_curriculum(places: Places, text: str | None) -> None:
    path = places.data / "curricula" / "own.json"
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink()
    else:
        path.write_text(text)


def curricula_of(places: Places) -> dict[str, str]:
    folder = places.data / "curricula"
    return {each.name: each.read_text() for each in folder.iterdir()}


def test_a_curriculum_comes_changes_and_goes_as_one_device_has_it(fleet: Fleet) -> None:
    fleet.joined()
    for text in ("1", "2", None):
        a_curriculum(fleet.laptop, text)
        sync(fleet.laptop)

        assert sync(fleet.phone).files == ("curricula/own.json",)

        assert curricula_of(fleet.phone) == ({} if text is None else {"own.json": text})


@pytest.mark.parametrize("old", [pytest.param("old", marks=pytest.mark.thorough), None])
def test_a_curriculum_that_two_devices_changed_is_kept_in_both_versions(
    old: str | None, fleet: Fleet
) -> None:
    fleet.joined()
    if old is not None:
        a_curriculum(fleet.laptop, old)
        sync(fleet.laptop)
        sync(fleet.phone)
    a_curriculum(fleet.laptop, "ours")
    a_curriculum(fleet.phone, "theirs")
    sync(fleet.laptop)

    (aside,) = sync(fleet.phone).aside
    for each in fleet.devices:
        sync(each)

    assert aside.startswith("curricula/own.json.conflict-")
    for each in fleet.devices:
        assert curricula_of(each) == {
            "own.json": "theirs",
            aside.partition("/")[2]: "ours",
        }
    fleet.agree()


def test_a_curriculum_deleted_here_and_changed_there_stays(fleet: Fleet) -> None:
    fleet.joined()
    a_curriculum(fleet.laptop, "old")
    for each in fleet.devices:
        sync(each)
    a_curriculum(fleet.laptop, None)
    a_curriculum(fleet.phone, "new")

    fleet.sync()

    assert [curricula_of(each) for each in fleet.devices] == [{"own.json": "new"}] * 3


# Repositories as people leave them


def test_a_detached_head_is_on_its_branch_again_and_nothing_is_lost(
    fleet: Fleet,
) -> None:
    fleet.joined()
    save(fleet.laptop, EVENT)
    sync(fleet.laptop)
    known = set(read(fleet.laptop))
    git(fleet.laptop.data, "checkout", "--quiet", "HEAD~1")
    record = save(fleet.laptop, EVENT)
    git(fleet.laptop.data, "commit", "--quiet", "-am", "Detached")

    sync(fleet.laptop)
    sync(fleet.phone)

    assert git(fleet.laptop.data, "symbolic-ref", "--short", "HEAD") == "main"
    assert set(read(fleet.laptop)) == known | {record}
    assert set(read(fleet.phone)) == known | {record}
    assert "Detached" in git(fleet.remote, "log", "--format=%s", "main")


def test_another_branch_is_joined_and_left(fleet: Fleet) -> None:
    fleet.joined()
    git(fleet.laptop.data, "checkout", "--quiet", "-b", "trial")
    record = save(fleet.laptop, EVENT)

    sync(fleet.laptop)
    sync(fleet.phone)

    assert record in read(fleet.phone)
    assert git(fleet.laptop.data, "symbolic-ref", "--short", "HEAD") == "main"
    assert git(fleet.remote, "branch", "--format=%(refname:short)") == "main"


def test_a_branch_without_an_upstream_is_sent_all_the_same(fleet: Fleet) -> None:
    fleet.joined()
    git(fleet.laptop.data, "branch", "--unset-upstream")
    record = save(fleet.laptop, EVENT)

    sync(fleet.laptop)
    sync(fleet.phone)

    assert record in read(fleet.phone)


def test_a_dirty_tree_and_index_are_committed_as_the_files_are(fleet: Fleet) -> None:
    fleet.joined()
    staged = save(fleet.laptop, EVENT)
    git(fleet.laptop.data, "add", ".")
    later = save(fleet.laptop, EVENT)
    (fleet.laptop.data / "stray.txt").write_text("mine")

    sync(fleet.laptop)
    sync(fleet.phone)

    assert {staged, later} < set(read(fleet.phone))
    assert git(fleet.laptop.data, "status", "--porcelain") == "?? stray.txt"


@pytest.mark.parametrize("work", [sync, compare])
def test_an_unfinished_merge_is_refused_and_untouched(
    work: object, fleet: Fleet
) -> None:
    fleet.joined()
    save(fleet.laptop, EVENT)
    (fleet.laptop.data / ".git" / "MERGE_HEAD").write_text("")
    before = git(fleet.laptop.data, "rev-parse", "HEAD")

    assert callable(work)
    with pytest.raises(LlmpathError, match="in the middle of a merge"):
        work(fleet.laptop)

    assert git(fleet.laptop.data, "rev-parse", "HEAD") == before


def test_a_lock_that_a_killed_git_left_on_the_index_is_no_hindrance(
    fleet: Fleet,
) -> None:
    fleet.joined()
    record = save(fleet.laptop, EVENT)
    (fleet.laptop.data / ".git" / "index.lock").write_text("")

    sync(fleet.laptop)
    sync(fleet.phone)

    assert record in read(fleet.phone)


def test_a_repository_that_lies_elsewhere_is_refused(fleet: Fleet) -> None:
    fleet.joined()
    mark = fleet.laptop.data / ".git"
    mark.rename(fleet.laptop.data.parent / "elsewhere")
    mark.write_text("gitdir: ../elsewhere\n")

    assert "lies elsewhere" in message_of(fleet.laptop).message


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("text", ["precious", None])
def test_a_link_in_the_place_of_a_file_is_not_written_through(
    text: str | None, fleet: Fleet, tmp_path: Path
) -> None:
    fleet.joined()
    save(fleet.phone, EVENT)
    sync(fleet.phone)
    path = fleet.laptop.journal / journal_file(fleet.phone).name
    path.unlink()
    precious = tmp_path / "precious"
    if text is not None:
        precious.write_text(text)
    path.symlink_to(precious)

    with pytest.raises(NotSavedError, match="not a regular file"):
        sync(fleet.laptop)

    assert (precious.read_text() if precious.exists() else None) == text


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_data_folder_that_is_a_link_is_synchronised(
    fleet: Fleet, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    fleet.laptop.data.parent.mkdir()
    fleet.laptop.data.symlink_to(tmp_path / "real")

    fleet.join().agree()

    assert (tmp_path / "real" / ".git").is_dir()


# Remotes as they may be


def test_a_hostile_remote_puts_nothing_outside_its_two_folders(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    (clone / "journal" / "inner").mkdir()
    for name in ("device.json", "journal/inner/x.jsonl", "journal/.x.jsonl", "x.jsonl"):
        (clone / name).write_text("{}\n")
    if sys.platform != "win32":
        (clone / "journal" / "link.jsonl").symlink_to("/etc/passwd")
        (clone / "curricula").symlink_to("/etc")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "-m", "More")
    git(clone, "push", "--quiet")

    before = {each.name for each in fleet.laptop.journal.iterdir()}
    sync(fleet.laptop)
    save(fleet.laptop, EVENT)
    sync(fleet.laptop)

    assert {each.name for each in fleet.laptop.journal.iterdir()} == before
    assert {each.name for each in fleet.laptop.data.iterdir()} == {
        *(".git", ".gitattributes", "journal")
    }
    git(clone, "pull", "--quiet")
    assert (clone / "x.jsonl").exists(), "what others keep there stays there"


def test_a_file_of_the_remote_in_the_place_of_a_folder_gives_way(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = a_clone(fleet.remote, tmp_path / "clone")
    (clone / "journal").write_text("a file")
    (clone / ".gitattributes").mkdir()
    (clone / ".gitattributes" / "inner").write_text("a file in a folder")
    git(clone, "checkout", "--quiet", "-b", "main")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "-m", "In the way")
    git(clone, "push", "--quiet", "origin", "main")

    fleet.join()
    save(fleet.phone, EVENT)
    fleet.sync()

    fleet.agree()
    names = git(fleet.remote, "ls-tree", "--name-only", "main").split()
    assert names == [".gitattributes", "journal"]
    assert "In the way" in git(fleet.remote, "log", "--format=%s", "main")


@pytest.mark.thorough
def test_a_repository_whose_ids_are_longer_is_synchronised(
    fleet: Fleet, tmp_path: Path
) -> None:
    remote = tmp_path / "long.git"
    remote.mkdir()
    git(remote, "init", "--quiet", "--bare", "--object-format=sha256")
    for each in fleet.devices:
        save(each, EVENT)
        git(each.data, "init", "--quiet", "-b", "main", "--object-format=sha256")
        init_sync(each, str(remote))
    before = git(remote, "rev-parse", "main")
    fleet.sync()

    fleet.agree()
    assert len(before) == 64
    assert git(remote, "rev-parse", "main") == before


def test_offline_everything_is_committed_here_and_sent_later(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.joined()
    record = save(fleet.laptop, EVENT)
    fleet.remote.rename(tmp_path / "away.git")

    failed = message_of(fleet.laptop)

    assert (failed.message, failed.exit_code) == ("the remote cannot be reached", 1)
    assert failed.detail[0] == str(fleet.remote)
    assert failed.detail[-1] == "what is here is committed; the next sync sends it"
    assert git(fleet.laptop.data, "status", "--porcelain") == ""
    (tmp_path / "away.git").rename(fleet.remote)
    sync(fleet.laptop)
    sync(fleet.phone)
    assert record in read(fleet.phone)


def address_as(form: str, path: Path) -> str:
    """A path on this machine in one of the forms in which an address names it."""
    as_url = path.as_uri()
    return {
        "path": str(path),
        "file://": as_url,
        "file://host": as_url.replace("file://", "file://localhost"),
    }[form]


@pytest.mark.parametrize("form", ["path", "file://", "file://host"])
@pytest.mark.parametrize("place", ["new.git", "a stick/new.git", "empty"])
def test_a_path_where_nothing_is_may_be_a_drive_that_is_not_mounted_or_a_new_remote(
    place: str, form: str, fleet: Fleet, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    path = tmp_path / place
    with pytest.raises(LlmpathError, match="cannot be reached") as failed:
        init_sync(fleet.laptop, address_as(form, path))

    first, new, then = str(failed.value.remedy).split("; ")
    assert (first, then) == ("mount the drive it is on", "then llmpath sync")
    command = new.removeprefix("if it is not made yet: ")
    assert shlex.split(command) == ["git", "init", "--bare", str(path)]
    git(tmp_path, *shlex.split(command)[1:])
    assert sync(fleet.laptop).branch == "main"


@pytest.mark.parametrize("what", ["file", "folder", "below a file"])
def test_where_something_else_is_neither_a_drive_nor_a_new_remote_is_spoken_of(
    what: str, fleet: Fleet, tmp_path: Path
) -> None:
    path = tmp_path / "place"
    if what == "folder":
        path.mkdir()
        (path / "notes.txt").touch()
    else:
        path.touch()
    path = path / "study.git" if what == "below a file" else path
    with pytest.raises(LlmpathError, match="cannot be reached") as failed:
        init_sync(fleet.laptop, str(path))

    data = fleet.laptop.data
    assert failed.value.remedy == f"git -C {data} ls-remote origin, then llmpath sync"


@needs_scripts
def test_a_remote_that_refuses_says_why_and_what_is_here_stays_committed(
    fleet: Fleet,
) -> None:
    fleet.joined()
    theirs = save(fleet.phone, EVENT)
    sync(fleet.phone)
    a_hook(fleet.remote, "pre-receive", "echo 'not on a Friday' >&2; exit 1")
    record = save(fleet.laptop, EVENT)

    failed = message_of(fleet.laptop)

    assert failed.message == "the remote refused what was sent"
    assert "[remote rejected] (pre-receive hook declined)" in failed.detail
    assert "remote: not on a Friday" in failed.detail
    assert {record, theirs} < set(read(fleet.laptop))
    assert git(fleet.laptop.data, "status", "--porcelain") == ""
    (fleet.remote / "hooks" / "pre-receive").unlink()
    sync(fleet.laptop)
    sync(fleet.phone)
    assert record in read(fleet.phone)


def test_a_branch_that_was_deleted_there_is_made_again(fleet: Fleet) -> None:
    fleet.joined()
    git(fleet.remote, "update-ref", "-d", "refs/heads/main")

    assert len(sync(fleet.laptop).there) == 0

    fleet.agree()
    assert git(fleet.remote, "rev-parse", "main") == git(
        fleet.laptop.data, "rev-parse", "HEAD"
    )


def test_a_history_that_was_rewritten_there_is_joined(
    fleet: Fleet, tmp_path: Path
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    git(clone, "checkout", "--quiet", "--orphan", "new")
    git(clone, "commit", "--quiet", "-m", "Squashed")
    git(clone, "push", "--quiet", "--force", "origin", "new:main")

    for each in (*fleet.devices, *fleet.devices[:2]):
        save(each, EVENT)
        sync(each)
    for each in fleet.devices:
        sync(each)

    fleet.agree()


# Others at the same time


@needs_scripts
@pytest.mark.parametrize("times", [2, 3])
def test_whoever_is_slower_joins_and_tries_again_three_times_in_all(
    times: int, fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = fleet.joined_and_cloned(tmp_path / "clone")
    theirs = [a_record(EVENT, device="other", n=number) for number in (1, 2, 3)]
    for number, each in enumerate(theirs, 1):
        path = clone / "journal" / f"other-{number}.jsonl"
        path.write_bytes(encode_record(each))
    faster = f"""
        number=$(cat '{tmp_path}/number' 2>/dev/null || echo 0)
        if [ $number -lt {times} ]; then
            number=$((number + 1)); echo $number >'{tmp_path}/number'
            cd '{clone}'; unset GIT_DIR GIT_WORK_TREE
            "$GIT" pull --quiet --no-rebase
            "$GIT" add journal/other-$number.jsonl
            "$GIT" -c user.name=x -c user.email=x commit --quiet -m x
            "$GIT" push --quiet
        fi"""
    at_push = f'case "$*" in *porcelain*) (true; {faster}) >&2;; esac; exec "$GIT" "$@"'
    record = save(fleet.laptop, EVENT)
    a_git(monkeypatch, tmp_path / "bin", at_push)

    if times < 3:
        assert set(sync(fleet.laptop).received) == set(theirs[:times])
        sync(fleet.phone)
        assert {record, *theirs[:times]} < set(read(fleet.phone))
    else:
        assert "three times in a row" in message_of(fleet.laptop).message
        assert {record, *theirs[:2]} < set(read(fleet.laptop))
        assert git(fleet.laptop.data, "status", "--porcelain") == ""


@needs_scripts
def test_other_commands_can_write_while_the_network_is_awaited(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the lock in the middle of fetch or push would fail here."""
    fleet.joined()
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import sys\nfrom pathlib import Path\n"
        "from llmpath.storage.lock import hold_lock\n"
        f"with hold_lock(Path({str(fleet.laptop.state / 'lock')!r}), timeout=0.1):\n"
        f"    open({str(tmp_path / 'free')!r}, 'a').write(sys.argv[1] + chr(10))\n"
    )
    held = f'"{sys.executable}" "{probe}" '
    a_git(
        monkeypatch,
        tmp_path / "bin",
        f'case "$*" in *" fetch "*) {held} fetch;; *" push "*) {held} push;; '
        f'*" commit-tree "*) {held} commit;; esac; exec "$GIT" "$@"',
    )
    save(fleet.laptop, EVENT)

    sync(fleet.laptop)

    assert (tmp_path / "free").read_text().split() == ["fetch", "push"]


def test_nothing_is_changed_while_another_command_writes(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet.joined()
    monkeypatch.setattr("llmpath.storage.sync.LOCK_SECONDS", 0.1)
    before = git(fleet.laptop.data, "rev-parse", "HEAD")
    save(fleet.laptop, EVENT)

    with (
        hold_lock(fleet.laptop.state / "lock"),
        pytest.raises(NotSavedError, match="another llmpath is writing"),
    ):
        sync(fleet.laptop)

    assert git(fleet.laptop.data, "rev-parse", "HEAD") == before


@needs_scripts
def test_a_merge_after_which_a_record_is_gone_is_undone(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program empties a file meanwhile; the next synchronisation puts it back."""
    fleet.joined()
    save(fleet.phone, EVENT)
    sync(fleet.phone)
    save(fleet.laptop, EVENT)
    known = set(read(fleet.laptop))
    changed = fleet.laptop.journal / journal_file(fleet.phone).name
    before = changed.read_bytes()
    with monkeypatch.context() as broken:
        empty = f": >'{journal_file(fleet.laptop)}'"
        a_git(
            broken,
            tmp_path / "bin",
            f"case \"$*\" in *' fetch '*) touch '{tmp_path}/fetched';;"
            f" *' cat-file --batch') [ ! -f '{tmp_path}/fetched' ] || {empty};; esac;"
            ' exec "$GIT" "$@"',
        )
        failed = message_of(fleet.laptop)

    assert failed.message.startswith("after the merge ")
    assert changed.read_bytes() == before
    remote = git(fleet.remote, "rev-parse", "main")
    assert git(fleet.laptop.data, "merge-base", "HEAD", remote) != remote
    assert len(sync(fleet.laptop).restored) == 2
    fleet.sync()
    fleet.agree()
    assert set(read(fleet.desk)) > known


# Comparing


def test_a_comparison_tells_both_sides_and_changes_nothing(fleet: Fleet) -> None:
    fleet.joined()
    theirs = save(fleet.phone, EVENT)
    a_curriculum(fleet.phone, "1")
    sync(fleet.phone)
    ours = save(fleet.laptop, NoteAdded("llmpath:attention/scores", "a"))
    before = {
        path: path.read_bytes()
        for path in fleet.laptop.data.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    head = git(fleet.laptop.data, "rev-parse", "HEAD")

    found = compare(fleet.laptop)

    assert set(found.here) - set(found.there) == {ours}
    assert set(found.there) - set(found.here) == {theirs}
    assert found.files == ("curricula/own.json",)
    assert found.received == ()
    assert git(fleet.laptop.data, "rev-parse", "HEAD") == head
    assert before == {
        path: path.read_bytes()
        for path in fleet.laptop.data.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    sync(fleet.laptop)
    same = compare(fleet.laptop)
    assert (set(same.here), same.files) == (set(same.there), ())


def test_a_comparison_with_an_empty_remote_has_everything_to_send(
    fleet: Fleet, tmp_path: Path
) -> None:
    save(fleet.laptop, EVENT)
    with pytest.raises(LlmpathError):
        init_sync(fleet.laptop, str(tmp_path / "later.git"))
    a_remote(tmp_path / "later.git")

    found = compare(fleet.laptop)

    assert (len(found.here), found.there, found.branch) == (1, (), "main")


def test_a_restored_backup_of_the_data_folder_goes_on_as_another_device(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.joined()
    old = read_device(fleet.laptop)
    os.rename(fleet.laptop.data, tmp_path / "kept")  # noqa: PTH104 - a folder moved
    restored = places_of(tmp_path / "restored")
    restored.data.parent.mkdir()
    os.rename(tmp_path / "kept", restored.data)  # noqa: PTH104 - a folder moved

    record: Record = save(restored, EVENT)
    sync(restored)
    sync(fleet.phone)

    assert record in read(fleet.phone)
    assert old is not None
    assert record.device != old.id


def test_what_was_received_is_in_the_second_copy_at_once(fleet: Fleet) -> None:
    fleet.joined()
    record = save(fleet.phone, EVENT)
    sync(fleet.phone)

    sync(fleet.laptop)

    archived = parse_file(fleet.laptop.archive.read_bytes()).records
    assert record in archived
    assert {*archived} == {*read(fleet.laptop)}
