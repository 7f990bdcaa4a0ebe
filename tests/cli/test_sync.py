"""`sync` from the command line: what it answers, in every form, and how it fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Child, Program, Result
from tests.cli.states import records_in, without_note
from tests.storage.remotes import a_hook, a_remote, git, needs_git, needs_scripts

pytestmark = needs_git

GPT = "lets-build-gpt"
TRANSFORMER = "illustrated-transformer"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the devices and the remotes of all tests, one test at a time."""
    return tmp_path_factory.mktemp("sync") / "now"


@pytest.fixture
def remote(folder: Path) -> Path:
    """An empty remote."""
    shutil.rmtree(folder, ignore_errors=True)
    return a_remote(folder / "study.git")


@pytest.fixture
def laptop(folder: Path, remote: Path) -> Program:
    """A device that has begun a track and synchronised."""
    program = Program(folder / "laptop")
    with made_once(folder, "begun") as is_made:
        if not is_made:
            do(program, "start", "--track", "short")
            do(program, "sync", "init", remote)
    return program


@pytest.fixture
def phone(folder: Path, laptop: Program, remote: Path) -> Program:
    """A second device that has joined."""
    del laptop  # it is first
    program = Program(folder / "phone")
    with made_once(folder, "joined") as is_made:
        if not is_made:
            do(program, "sync", "init", remote)
    return program


@contextmanager
def made_once(folder: Path, name: str) -> Iterator[bool]:
    """Whether what the block makes in a folder is there, as a copy of the first time.

    It is in the same place, to which an identity is bound.
    """
    then = folder.with_name(name)
    is_made = then.exists()
    if is_made:
        shutil.rmtree(folder)
        shutil.copytree(then, folder)
    yield is_made
    if not is_made:
        shutil.copytree(folder, then)


def do(program: Program, *words: str | Path) -> Result:
    result = program(*words)
    assert result.code == 0, result
    return result


def device_of(program: Program) -> str:
    """The name under which a program writes."""
    (folder,) = (program.home / "state").iterdir()
    text = (folder / "device.json").read_text()
    return text.partition('"id": "')[2].partition('"')[0]


def tallied(document: Any, *keys: str) -> dict[str, tuple[Any, ...]]:  # noqa: ANN401 - a document
    """Some keys of each device."""
    return {
        each["device"]: tuple(each[key] for key in keys) for each in document["devices"]
    }


def test_what_one_device_wrote_the_other_has_after_a_synchronisation_of_both(
    laptop: Program, phone: Program
) -> None:
    do(phone, "done", TRANSFORMER)
    do(laptop, "log", GPT, "20m")
    sent = do(phone, "sync", "--json").json()
    received = do(laptop, "sync", "--json").json()
    do(phone, "sync")

    ours, theirs = device_of(laptop), device_of(phone)
    assert {key: sent[key] for key in ("schema", "ok", "sent", "received")} == {
        "schema": "llmpath/sync/1",
        "ok": True,
        "sent": 1,
        "received": 0,
    }
    assert (received["sent"], received["received"]) == (1, 1)
    assert tallied(received, "events", "sent", "received", "here", "there") == {
        ours: (2, 1, 0, 2, 2),
        theirs: (1, 0, 1, 1, 1),
    }
    for command in ("status", "next", "plan"):
        answers = [each(command, "--json").stdout for each in (laptop, phone)]
        assert answers[0] == answers[1]


def test_a_damaged_repository_is_told_with_the_way_out(laptop: Program) -> None:
    head = laptop.home / "data" / ".git" / "HEAD"
    head.write_bytes(b"")
    for command in (("sync",), ("sync", "init", "https://example.org/me.git")):
        told = laptop(*command)
        assert (told.code, told.stdout) == (1, "")
        assert told.stderr == (
            "error: the git repository in the data folder is damaged\n"
            f"  {head.parent}\n"
            "  the journal lies beside it and is not touched\n"
            "  try: move that folder away, then: llmpath sync init URL\n"
        )


def test_undo_by_its_id_takes_back_what_another_device_did(
    laptop: Program, phone: Program
) -> None:
    event = do(laptop, "done", TRANSFORMER, "--json").json()["event"]
    do(laptop, "sync")
    do(phone, "sync")

    do(phone, "undo", event)
    do(phone, "sync")
    do(laptop, "sync")

    answers = [each("status", "--json").json() for each in (laptop, phone)]
    assert answers[0] == answers[1]
    assert answers[0]["progress"]["done_lessons"] == 0


def test_undo_says_that_a_lesson_stays_done_on_another_device(
    laptop: Program, phone: Program
) -> None:
    here = do(laptop, "done", TRANSFORMER, "--json").json()["event"]
    there = do(phone, "done", TRANSFORMER, "--json").json()["event"]
    do(phone, "sync")
    do(laptop, "sync")

    undone = do(laptop, "undo", here, "--json").json()
    last = do(laptop, "undo", undone["still_done"][0]["id"], "--json").json()

    assert tallied({"devices": undone["still_done"]}, "id", "day") == {
        device_of(phone): (there, "2026-11-20")
    }
    assert undone["progress"]["done_lessons"] == 2
    assert (last["still_done"], last["progress"]["done_lessons"]) == ([], 0)


def test_joining_is_answered_as_an_exchange(
    tmp_path: Path, laptop: Program, remote: Path
) -> None:
    phone = Program(tmp_path / "phone")
    document = do(phone, "sync", "init", remote, "--json").json()

    assert (document["schema"], document["ok"]) == ("llmpath/sync-init/1", True)
    assert (document["sent"], document["received"]) == (0, 1)
    assert (document["remote"], document["branch"]) == (str(remote), "main")
    assert tallied(document, "received") == {device_of(laptop): (1,)}


def test_only_the_data_folder_is_in_the_repository(
    laptop: Program, remote: Path
) -> None:
    do(laptop, "config", "set", "glyphs", "ascii")
    do(laptop, "timer", "start", GPT)
    do(laptop, "sync")

    names = git(remote, "ls-tree", "-r", "--name-only", "main").split()
    assert names == [".gitattributes", f"journal/{device_of(laptop)}.2026.jsonl"]
    assert (laptop.home / "data" / ".git").is_dir()


def test_a_comparison_ends_with_1_where_the_sides_differ_and_changes_nothing(
    laptop: Program, phone: Program
) -> None:
    do(phone, "done", TRANSFORMER)
    do(phone, "sync")
    do(laptop, "log", GPT, "20m")
    before = records_in(laptop.home)

    differs = laptop("sync", "--check", "--json")

    ours, theirs = device_of(laptop), device_of(phone)
    assert (differs.code, without_note(differs.stderr)) == (1, "")
    document = differs.json()
    assert document["schema"] == "llmpath/sync-check/1"
    assert {key: document[key] for key in ("ok", "sent", "received")} == {
        "ok": False,
        "sent": 0,
        "received": 0,
    }
    assert (document["to_send"], document["to_receive"]) == (1, 1)
    assert tallied(document, "here", "there", "to_send", "to_receive") == {
        ours: (2, 1, 1, 0),
        theirs: (None, 1, 0, 1),
    }
    assert records_in(laptop.home) == before
    do(laptop, "sync")
    same = do(laptop, "sync", "--check", "--json").json()
    assert (same["ok"], same["to_send"], same["to_receive"]) == (True, 0, 0)


def test_the_answer_is_lines_for_scripts_sentences_or_nothing_as_asked(
    laptop: Program, remote: Path
) -> None:
    device = device_of(laptop)
    assert do(laptop, "sync").stdout == (
        f"true\t0\t0\t{device}\t{remote}\tmain\t0\t0\t0\t\t\n"
        f"{device}\t1\t0\t0\t1\t1\t0\t0\n"
    )
    assert do(laptop, "sync", "-q").stdout == ""
    accessible = laptop("sync", env={"ACCESSIBLE": "1"})
    assert accessible.stdout == (
        "Nothing was to be sent or received.\n"
        f"{device}: 1 record\n"
        f"Remote: {remote}, branch main\n"
    )
    assert do(laptop, "sync", "--check", "-q").stdout.startswith("true\t")


def test_before_the_first_time_it_says_how_to_begin(run: Program) -> None:
    for words in (["sync"], ["sync", "--check"]):
        result = run(*words)
        assert (result.code, result.stdout) == (1, "")
        assert result.stderr == (
            "error: nothing is synchronised yet\n"
            f"  {run.home / 'data'} has no git remote\n"
            "  try: llmpath sync init URL\n"
        )


def test_check_and_init_do_not_go_together(run: Program, remote: Path) -> None:
    result = run("sync", "--check", "init", remote)

    assert (result.code, result.stdout) == (2, "")
    assert not (run.home / "data").exists()


@pytest.mark.parametrize(
    "url", ["--upload-pack=x", "ext::sh -c x", "http://me:secret@example.org/x", ""]
)
def test_an_address_that_is_none_is_wrong_usage(url: str, run: Program) -> None:
    result = run("sync", "init", "--debug", "--", url)

    assert (result.code, result.stdout) == (2, "")
    assert "error: this address of a remote is not taken: " in result.stderr
    assert "secret" not in result.stderr
    assert not (run.home / "data").exists()


def test_credentials_in_an_address_are_never_printed(run: Program) -> None:
    url = "https://me:secret@127.0.0.1:9/study.git"
    for words in (
        ["sync", "init", url],
        ["sync", "init", url, "--debug"],
        ["sync", "-v"],
        ["sync", "--check", "--json"],
    ):
        result = run(*words)
        assert (result.code, result.stdout) == (1, "")
        assert "  https://127.0.0.1:9/study.git\n" in result.stderr
        assert "secret" not in result.stderr


def test_offline_says_that_nothing_is_lost(laptop: Program, remote: Path) -> None:
    do(laptop, "done", TRANSFORMER)
    remote.rename(remote.with_name("away.git"))

    result = laptop("sync", "--json")

    assert (result.code, result.stdout) == (1, "")
    lines = without_note(result.stderr).splitlines()
    assert lines[:2] == ["error: the remote cannot be reached", f"  {remote}"]
    assert lines[-2:] == [
        "  what is here is committed; the next sync sends it",
        (
            "  try: mount the drive it is on; if it is not made yet: "
            f"git init --bare {remote}; then llmpath sync"
        ),
    ]
    remote.with_name("away.git").rename(remote)
    assert do(laptop, "sync", "--json").json()["sent"] == 1


@needs_scripts
def test_a_refusing_remote_is_told_in_its_own_words_without_control_sequences(
    laptop: Program, remote: Path
) -> None:
    a_hook(remote, "pre-receive", r"printf '\033]52;c;x\007no\n' >&2; exit 1")
    do(laptop, "done", TRANSFORMER)

    result = laptop("sync")

    assert (result.code, result.stdout) == (1, "")
    assert "error: the remote refused what was sent\n" in result.stderr
    assert "remote: " in result.stderr
    assert "\x1b" not in result.stderr


def test_damage_that_came_with_the_exchange_is_told(
    laptop: Program, phone: Program
) -> None:
    with (phone.home / "data" / "journal" / "other.jsonl").open("ab") as file:
        file.write(b"rubble\n")
    do(phone, "sync")

    result = do(laptop, "sync")

    assert "warning: 1 damaged line in the journal" in result.stderr


def test_without_git_it_says_what_to_install(laptop: Program, tmp_path: Path) -> None:
    result = laptop("sync", env={"PATH": str(tmp_path)})

    assert (result.code, result.stdout) == (1, "")
    assert "error: git is not installed; sync needs it\n" in result.stderr


def test_a_synchronised_home_is_sound_and_other_commands_see_nothing_of_it(
    laptop: Program,
) -> None:
    before = laptop("next", "--json").stdout
    do(laptop, "sync")

    assert do(laptop, "doctor", "--json").json()["ok"]
    assert laptop("next", "--json").stdout == before


@needs_scripts
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_leaves_a_usable_repository(
    laptop: Program, remote: Path, tmp_path: Path
) -> None:
    """While the network is awaited; what is here is committed by then."""
    do(laptop, "done", TRANSFORMER)
    url = git(laptop.home / "data", "remote", "get-url", "origin")
    git(laptop.home / "data", "remote", "set-url", "origin", "me@example.org:x.git")
    script = tmp_path / "ssh"
    script.write_text(f"#!/bin/sh\ntouch '{tmp_path}/called'\nexec sleep 600\n")
    script.chmod(0o755)
    environment = laptop.environment(None, {"GIT_SSH_COMMAND": str(script)}, None)

    with Child(
        [sys.executable, "-m", "llmpath", "sync"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (tmp_path / "called").exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)

    assert (process.returncode, stdout) == (130, "")
    assert stderr == (
        "error: interrupted; what was received so far stays\n  try: llmpath sync\n"
    )
    git(laptop.home / "data", "remote", "set-url", "origin", url)
    assert git(laptop.home / "data", "status", "--porcelain") == ""
    assert do(laptop, "sync", "--json").json()["sent"] == 1
    assert git(remote, "rev-parse", "main")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0,
    reason="only root can give a folder away",
)
def test_root_does_not_synchronise_somebody_elses_folder(laptop: Program) -> None:
    os.chown(laptop.home / "data", 12345, -1)

    result = laptop("sync")

    assert (result.code, result.stdout) == (1, "")
    assert "belongs to user 12345, and this is root" in result.stderr


def test_a_folder_inside_another_repository_is_refused(
    run: Program, remote: Path
) -> None:
    run.home.mkdir()
    git(run.home, "init", "--quiet")

    result = run("sync", "init", remote)

    assert (result.code, result.stdout) == (1, "")
    assert "the data folder lies inside another git repository\n" in result.stderr
    assert not (run.home / "data").exists()


def test_a_restored_data_folder_goes_on_as_another_device(
    laptop: Program, tmp_path: Path
) -> None:
    restored = Program(tmp_path / "restored")
    shutil.copytree(laptop.home / "data", restored.home / "data")

    do(restored, "done", TRANSFORMER)
    do(restored, "sync")
    do(laptop, "sync")

    assert device_of(restored) != device_of(laptop)
    assert laptop("status", "--json").stdout == restored("status", "--json").stdout
