"""Links, pipes, devices, sockets and folders where the program has its files."""

from __future__ import annotations

import os
import shlex
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.states import Homes, files_in, journal_file, timer_file

if sys.platform == "win32":
    pytest.skip("links and pipes of POSIX", allow_module_level=True)

MODULE = "illustrated-transformer"
THEIRS = b"not the program's"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("files"))


def a_link(place: Path, aside: Path) -> None:
    place.symlink_to(aside / "target")


def a_dangling_link(place: Path, aside: Path) -> None:
    place.symlink_to(aside / "nowhere")


def a_link_to_itself(place: Path, _: Path) -> None:
    place.symlink_to(place)


def a_link_to_a_device(place: Path, _: Path) -> None:
    place.symlink_to("/dev/zero")


def a_pipe(place: Path, _: Path) -> None:
    os.mkfifo(place)


def a_folder(place: Path, _: Path) -> None:
    place.mkdir()


def a_socket(place: Path, _: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path is at most 108 bytes long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


KINDS = (
    a_link,
    a_dangling_link,
    a_link_to_itself,
    a_link_to_a_device,
    a_pipe,
    a_folder,
    a_socket,
)


def state_folder(home: Path) -> Path:
    (folder,) = (home / "state").iterdir()
    return folder


PLACES: Mapping[str, Callable[[Path], Path]] = {
    "journal": journal_file,
    "another journal": lambda home: journal_file(home).with_name("peer.2026.jsonl"),
    "lock": lambda home: state_folder(home) / "lock",
    "device": lambda home: state_folder(home) / "device.json",
    "timer": timer_file,
    "kept fold": lambda home: state_folder(home) / "fold.json",
    "settings": lambda home: home / "config.toml",
}
READ = ("next", "timer status", "doctor", "export json", "config list")
WRITE = (f"note {MODULE} words", "timer stop --took 5m", "config set color never")


def put(
    kind: Callable[[Path, Path], None], home: Path, what: str, aside: Path
) -> tuple[Path, Path]:
    """Put something else in the place of a file; the place, and what is beside it."""
    place = PLACES[what](home)
    if place.is_dir():
        place.rmdir()
    place.unlink(missing_ok=True)
    aside.mkdir()
    (aside / "target").write_bytes(THEIRS)
    kind(place, aside)
    return place, aside


def clear(place: Path) -> None:
    """Take away what `Homes` does not: it puts back files alone."""
    if place.is_dir() and not place.is_symlink():
        place.rmdir()
    else:
        place.unlink(missing_ok=True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("what", PLACES)
def test_nothing_in_place_of_a_file_hangs_or_is_written_to(
    what: str, kind: Callable[[Path, Path], None], homes: Homes, tmp_path: Path
) -> None:
    for number, line in enumerate((*READ, *WRITE)):
        program = homes("timing")
        place, aside = put(kind, program.home, what, tmp_path / str(number))
        before = stat.S_IFMT(place.lstat().st_mode)
        result = program(*line.split())

        codes = {0, 1, 3, 5, 6} if line in READ else {0, 1, 3, 5}
        assert result.code in codes, (line, result)
        assert (aside / "target").read_bytes() == THEIRS
        assert what == "settings" or not (aside / "nowhere").exists()
        if result.code:
            assert stat.S_IFMT(place.lstat().st_mode) == before
            assert "Traceback" not in result.stderr
        clear(place)


def test_settings_may_be_a_link_as_dotfile_managers_make_them(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    kept = tmp_path / "dotfiles.toml"
    kept.write_text('week_starts = "sunday"\n')
    link = program.home / "config.toml"
    link.symlink_to(kept)

    assert program("config", "set", "color", "never").code == 0
    assert link.is_symlink()
    assert kept.read_text() == 'week_starts = "sunday"\ncolor = "never"\n'
    link.unlink()


@pytest.mark.parametrize("what", ["data", "data/journal", "state"])
def test_a_folder_may_be_a_link(what: str, tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    assert program("start", "--track", "short").code == 0
    folder = program.home / what
    moved = tmp_path / "elsewhere"
    folder.rename(moved)
    folder.symlink_to(moved, target_is_directory=True)

    assert program("note", MODULE, "words").code == 0
    assert program("note", MODULE, "--json").json()["notes"][0]["text"] == "words"
    assert program("doctor").code == 0
    assert folder.is_symlink()


def test_a_settings_file_without_end_is_refused_unread(homes: Homes) -> None:
    program = homes("short")
    (program.home / "config.toml").write_bytes(b"#" * 70_000)

    assert "larger than 64 KiB" in program("next").stderr
    assert program("config", "list").code == 5


# What `export -o` writes to


@pytest.mark.parametrize("kind", ["json", "csv", "md", "ics"])
@pytest.mark.parametrize(
    "in_place", [a_pipe, a_socket, a_folder], ids=lambda kind: kind.__name__
)
def test_an_export_goes_to_regular_files_only(
    in_place: Callable[[Path, Path], None], kind: str, homes: Homes, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    in_place(target, tmp_path)
    for force in ([], ["--force"]):
        refused = homes("short")("export", kind, "-o", target, *force)
        assert (refused.code, refused.stdout) == (1, "")
        assert "is no regular file" in refused.stderr or "is a folder" in refused.stderr
    assert not target.is_file()


def test_an_export_to_a_device_names_the_way_out(homes: Homes) -> None:
    refused = homes("short")("export", "md", "-o", "/dev/null", "--force")
    assert refused.code == 1
    assert refused.stderr.endswith(
        "error: /dev/null is no regular file\n  try: leave out -o and redirect stdout\n"
    )


def test_an_export_replaces_what_a_link_names_only_with_force(
    homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    (tmp_path / "target").write_bytes(THEIRS)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "target")

    assert program("export", "md", "-o", link).code == 1
    assert (tmp_path / "target").read_bytes() == THEIRS
    assert program("export", "md", "-o", link, "--force").code == 0
    assert link.is_symlink()
    assert (tmp_path / "target").read_text().startswith("# ")


def test_a_dash_means_stdout(homes: Homes) -> None:
    program = homes("short")
    assert program("export", "md", "-o", "-").stdout == program("export", "md").stdout
    assert not Path("-").exists()


@pytest.mark.parametrize("place", ["data/journal/x.jsonl", "data/x", "state/{}/x"])
def test_an_export_does_not_go_among_the_programs_own_files(
    place: str, homes: Homes, tmp_path: Path
) -> None:
    program = homes("short")
    before = files_in(program.home)
    (tmp_path / "link").symlink_to(program.home)
    name = place.format(state_folder(program.home).name)
    for target in (program.home / name, tmp_path / "link" / name):
        refused = program("export", "json", "-o", target, "--force")
        assert refused.code == 1
        assert "lies among the files of llmpath itself" in refused.stderr
    own = program("export", "json", "-o", journal_file(program.home), "--force")
    assert own.code == 1
    assert files_in(program.home) == before


# Somebody else's home

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
SOMEBODY = 65534


@needs_root
def test_root_writes_nothing_into_the_home_of_somebody_else(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    assert program("start", "--track", "short").code == 0
    assert program("timer", "start", MODULE).code == 0
    for path in (program.home, *program.home.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
    before = files_in(program.home)
    for line in (
        *WRITE,
        *("timer cancel", f"done {MODULE}", "undo", "start --track long", "hours 3"),
        *(f"timer start {MODULE}", "config set plan.buffer 0.2"),
    ):
        refused = program(*line.split())
        assert (refused.code, refused.stdout) == (3, ""), line
        assert "you are root, and this belongs to" in refused.stderr
        assert "try: the same without sudo, or sudo -u " in refused.stderr
    for line in (*READ, "status", "plan", "list", "forecast"):
        assert program(*line.split()).code == 0, line

    assert files_in(program.home) == before
    assert {each.stat().st_uid for each in program.home.rglob("*")} == {SOMEBODY}


@needs_root
def test_root_makes_no_home_in_the_folder_of_somebody_else(tmp_path: Path) -> None:
    os.chown(tmp_path, SOMEBODY, SOMEBODY)
    program = Program(tmp_path / "home")

    assert program("start", "--track", "short").code == 3
    assert program("config", "set", "color", "never").code == 3
    assert program("tracks").code == 0
    assert not program.home.exists()


# Where the surroundings are odd


@pytest.mark.parametrize("umask", [0, 0o777])
def test_files_are_their_owners_alone_whatever_the_umask(
    umask: int, run: Program
) -> None:
    before = os.umask(umask)
    try:
        for line in (
            *("start --track short", f"note {MODULE} words", f"timer start {MODULE}"),
            *("config set color never", "next"),
        ):
            assert run(*line.split()).code == 0
    finally:
        os.umask(before)
    modes = {
        stat.S_IMODE(each.stat().st_mode): each.is_dir() for each in run.home.rglob("*")
    }
    assert modes == {0o600: False, 0o700: True}


def in_shell(run: Program, line: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which `$L` is the program."""
    env = {**run.environment(None, None, "2026-11-20")}
    return subprocess.run(
        ["/bin/bash", "-c", line],
        env={**env, "L": f"{sys.executable} -m llmpath"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        *("--version", "next"),
        *(
            pytest.param(each, marks=pytest.mark.thorough)
            for each in ("doctor", "export csv")
        ),
    ],
)
def test_closed_streams_are_no_bug(command: str, run: Program) -> None:
    run("start", "--track", "short")
    for redirect in (">&-", "2>&-", "<&-", ">&- 2>&- <&-", ">&- 2>/dev/full"):
        done = in_shell(run, f"$L {command} {redirect}")
        assert done.returncode in {0, 1}
        assert "bug" not in done.stderr


@pytest.mark.parametrize("redirect", [">/dev/full", ">&-", "2>/dev/full", "| head -0"])
def test_what_was_saved_stays_saved_where_nobody_hears_of_it(
    redirect: str, run: Program
) -> None:
    run("start", "--track", "short")
    done = in_shell(run, f"set -o pipefail; $L note {MODULE} words {redirect}")

    assert done.returncode in {0, 1}
    assert len(run("note", MODULE, "--json").json()["notes"]) == 1


ONE_BY_ONE = """
import sys
from llmpath.cli.main import main
sys.exit(any([main(line.split()) for line in sys.argv[1:]]))
"""


@pytest.mark.parametrize("option", ["-O", "-I -bb -Werror -Xdev"])
def test_it_runs_under_the_options_of_python(option: str, run: Program) -> None:
    lines = (
        *("status --json", f"note {MODULE} words", "doctor", "export ics"),
        "config set color never",
    )
    for line in (
        "-m llmpath start --track short",
        shlex.join(["-c", ONE_BY_ONE, *lines]),
    ):
        done = in_shell(run, f"{sys.executable} {option} {line}")
        assert (done.returncode, "Warning" in done.stderr) == (0, False), done


def test_a_home_whose_name_is_too_long_is_told_of(run: Program) -> None:
    home = Path("/" + "a" * 300)
    for line in ("next", "start --track short", "config set color never", "doctor"):
        refused = run(*line.split(), home=home)
        assert refused.code in {1, 3, 5, 6}
        assert "File name too long" in refused.stderr + refused.stdout
