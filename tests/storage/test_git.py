"""git runs as this program says, whatever the machine's settings and variables are."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from llmpath.errors import LlmpathError
from llmpath.storage.git import Git, find_git
from tests.storage.remotes import a_git, a_hook, git, isolate, needs_git, needs_scripts

pytestmark = needs_git


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, with no settings of the machine in force."""
    isolate(monkeypatch, tmp_path / "user")
    place = tmp_path / "data"
    place.mkdir()
    git(place, "init", "--quiet")
    return place


def test_git_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(LlmpathError, match="git is not installed") as failed:
        find_git()

    assert failed.value.exit_code == 1
    assert failed.value.remedy is not None
    assert "git-scm.com" in failed.value.remedy


@needs_scripts
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo git version 2.19.6", "git version 2.19.6 is too old; sync needs 2.20"),
        ("echo git version 1.9", "git version 1.9 is too old"),
        ("echo no developer tools >&2; exit 1", "git does not run"),
        ("echo", "git does not run"),
    ],
)
def test_a_git_that_is_of_no_use_is_told(
    script: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_git(monkeypatch, tmp_path / "bin", script)

    with pytest.raises(LlmpathError, match=message):
        find_git()


@needs_scripts
@pytest.mark.parametrize("version", ["2.20.0", "2.39.5 (Apple Git-154)", "3.0.rc1"])
def test_a_git_that_is_new_enough_is_taken(
    version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_git(monkeypatch, tmp_path / "bin", f"echo 'git version {version}'")

    assert find_git() == str(tmp_path / "bin" / "git")


def test_variables_from_outside_lead_nowhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(elsewhere / ".git"))
    for name in ("GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, str(elsewhere))
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere / "index"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Somebody Else")

    here = Git(folder)

    assert here.read("rev-parse", "--absolute-git-dir") == str(folder / ".git")
    assert str(here.read("var", "GIT_AUTHOR_IDENT")).startswith("llmpath <llmpath@")


def test_no_user_is_needed_and_none_is_written(folder: Path, tmp_path: Path) -> None:
    here = Git(folder)
    tree = here.ask("write-tree").decode().strip()
    here.ask("commit-tree", "-m", "a", tree)

    assert list((tmp_path / "user").iterdir()) == []
    assert "user" not in (folder / ".git" / "config").read_text()


@needs_scripts
def test_hooks_fsmonitor_pager_editor_and_signing_are_not_run(
    folder: Path, tmp_path: Path
) -> None:
    pwned = tmp_path / "pwned"
    script = tmp_path / "touch"
    script.write_text(f"#!/bin/sh\ntouch {pwned}\n")
    script.chmod(0o755)
    for hook in ("reference-transaction", "post-index-change", "post-commit"):
        a_hook(folder / ".git", hook, f"touch {pwned}")
    for key in ("core.fsmonitor", "core.pager", "core.editor", "gpg.program"):
        git(folder, "config", key, str(script))
    for key in ("commit.gpgSign", "push.gpgSign", "tag.gpgSign"):
        git(folder, "config", key, "true")
    (folder / "file").write_text("x")
    assert not pwned.exists()

    here = Git(folder)
    here.ask("add", "file")
    here.ask("commit", "--quiet", "-m", "a")
    here.ask("log", "-p")
    here.ask("update-ref", "refs/heads/other", "HEAD")

    assert not pwned.exists()
    git(folder, "update-ref", "refs/heads/third", "HEAD")
    assert pwned.exists(), "the hook of this test runs where it may"


def test_the_protocol_that_runs_programs_is_off_even_where_settings_allow_it(
    folder: Path, tmp_path: Path
) -> None:
    git(folder, "config", "protocol.ext.allow", "always")
    git(folder, "remote", "add", "origin", f"ext::sh -c 'touch {tmp_path}/pwned'")

    ended = Git(folder).talk("fetch", "origin")

    assert ended.code
    assert "transport 'ext' not allowed" in ended.said[0]
    assert not (tmp_path / "pwned").exists()


@needs_scripts
def test_ssh_is_the_users_own_and_told_to_ask_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "my programs" / "ssh"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/called"\nexit 1\n')
    script.chmod(0o755)
    git(folder, "remote", "add", "origin", "git@example.org:study.git")

    git(folder, "config", "core.sshCommand", f"'{script}' -i key")
    Git(folder).talk("fetch", "origin")
    monkeypatch.setenv("GIT_SSH_COMMAND", f"'{script}' -v")
    Git(folder).talk("fetch", "origin")
    monkeypatch.delenv("GIT_SSH_COMMAND")
    git(folder, "config", "--unset", "core.sshCommand")
    monkeypatch.setenv("GIT_SSH", str(script))
    Git(folder).talk("fetch", "origin")

    first, second, third = (tmp_path / "called").read_text().splitlines()
    options = "-o BatchMode=yes -o ConnectTimeout=20"
    assert first.startswith(f"-i key {options} ")
    assert second.startswith(f"-v {options} ")
    assert third.startswith(f"{options} ")


@needs_scripts
def test_plink_has_options_of_its_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_git(
        monkeypatch, tmp_path / "bin", f'echo "$@" >"{tmp_path}/called"', name="plink"
    )
    git(folder, "remote", "add", "origin", "git@example.org:study.git")
    monkeypatch.setenv("GIT_SSH_COMMAND", "plink")

    Git(folder).talk("fetch", "origin")

    assert (tmp_path / "called").read_text().startswith("-batch ")


@needs_scripts
def test_git_is_told_to_ask_nobody_anything(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_ASKPASS", "SSH_ASKPASS", "GIT_EDITOR", "GIT_PAGER"):
        monkeypatch.setenv(name, "/bin/ask")
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "1")
    monkeypatch.setenv("GIT_TRACE", "1")
    version = '[ "$1" = --version ] && exec "$GIT" --version'
    leads = "import os; print(os.getsid(0) == os.getpid())"
    look = f"{version}; env >'{tmp_path}/seen'; exec {sys.executable} -c '{leads}'"
    a_git(monkeypatch, tmp_path / "bin", look)

    ended = Git(folder).run("status")

    seen = (tmp_path / "seen").read_text().splitlines()
    asking = [line for line in seen if "ASK" in line or "PROMPT" in line]
    assert sorted(asking) == [
        *("GIT_ASKPASS=", "GIT_TERMINAL_PROMPT=0", "SSH_ASKPASS_REQUIRE=never")
    ]
    assert {"GIT_EDITOR=:", "GIT_PAGER=cat", "GCM_INTERACTIVE=never"} <= {*seen}
    assert not [line for line in seen if line.startswith("GIT_TRACE")]
    assert ended.output == b"True\n", "it can open the terminal of whoever runs it"


def test_what_git_says_has_no_credentials_and_no_hints(folder: Path) -> None:
    url = "https://me:secret@127.0.0.1:9/study.git"
    git(folder, "remote", "add", "origin", url)

    ended = Git(folder).talk("fetch", "origin")

    assert ended.code
    assert "127.0.0.1" in str(ended.said)
    assert "secret" not in str(ended.said)
    assert not [line for line in ended.said if line.startswith("hint:")]


@needs_scripts
def test_a_remote_that_does_not_answer_is_given_up_and_nothing_is_left_running(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", slow_ssh(tmp_path))
    git(folder, "remote", "add", "origin", "git@example.org:study.git")

    for seconds in (0.25, 1, 5, 25):  # until ssh is begun within the time
        with pytest.raises(LlmpathError, match=f"took longer than {seconds} seconds"):
            Git(folder, seconds=seconds).talk("fetch", "origin")
        if (tmp_path / "pid").exists():
            break

    assert has_ended(tmp_path)


@needs_scripts
def test_what_ssh_leaves_in_the_background_is_not_waited_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with ControlPersist, whose master keeps stderr open."""
    script = tmp_path / "ssh"
    script.write_text(
        f"#!/bin/sh\nsleep 600 </dev/null >/dev/null &\necho $! >'{tmp_path}/pid'\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    git(folder, "remote", "add", "origin", "git@example.org:study.git")

    ended = Git(folder, seconds=30).talk("fetch", "origin")

    assert ended.code
    assert is_running(tmp_path)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@needs_scripts
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_git_and_all_that_it_started(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", slow_ssh(tmp_path))
    git(folder, "remote", "add", "origin", "git@example.org:study.git")

    is_over = threading.Event()

    def interrupt() -> None:
        while not ((tmp_path / "pid").exists() and is_main_thread_in("communicate")):
            if is_over.wait(0.01):
                return
        os.kill(os.getpid(), signal.SIGINT)

    interrupting = threading.Thread(target=interrupt)
    interrupting.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            Git(folder).talk("fetch", "origin")
    finally:
        is_over.set()
        interrupting.join()

    assert has_ended(tmp_path)


def is_main_thread_in(name: str) -> bool:
    """Whether a function of that name is under way in the main thread."""
    frames = sys._current_frames()  # noqa: SLF001 - nothing else tells
    frame = frames.get(threading.main_thread().ident or 0)
    while frame is not None and frame.f_code.co_name != name:
        frame = frame.f_back
    return frame is not None


def test_a_failure_is_told_in_the_words_of_git(folder: Path) -> None:
    with pytest.raises(LlmpathError, match="git cat-file failed") as failed:
        Git(folder).ask("cat-file", "-p", "HEAD")

    assert failed.value.detail[0] == str(folder)
    assert failed.value.detail[1].startswith("fatal: ")


def slow_ssh(folder: Path) -> str:
    """An ssh that never answers and keeps its process id in a file."""
    script = folder / "ssh"
    text = f"#!/bin/sh\necho $$ >'{folder}/new' && mv '{folder}/new' '{folder}/pid'\n"
    script.write_text(text + "exec sleep 600\n")
    script.chmod(0o755)
    return str(script)


def has_ended(folder: Path) -> bool:
    """Whether the process ends within a minute, as after a signal."""
    deadline = time.monotonic() + 60
    while is_running(folder) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(folder)


def is_running(folder: Path) -> bool:
    """Whether the process whose id is in the file runs; one that has ended does not."""
    number = int((folder / "pid").read_text())
    with suppress(OSError):
        about = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
        return about.rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
