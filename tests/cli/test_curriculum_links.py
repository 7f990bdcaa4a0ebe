"""`curriculum links`, with a server on this machine in the place of the web."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Child, Program, Result
from tests.cli.states import without_note
from tests.cli.test_curricula import a_file, added, lesson
from tests.exchange.web_server import (
    WebServer,
    answer,
    direct,
    redirect,
    serving,
    silent,
)

HEADS = "illustrated-transformer/heads-positions-decoder"
NEW = "https://example.org/heads"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A proxy that answers for all servers of http, and knows none of https."""
    direct(monkeypatch)
    with serving() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url())
        monkeypatch.setenv("HTTPS_PROXY", server.url())
        yield server


def a_linked(run: Program, tmp_path: Path, *urls: str | None) -> None:
    """Add a curriculum whose only links are these."""
    lessons = [lesson(n, url=url) for n, url in enumerate(urls)]
    added(run, a_file(tmp_path, *lessons))


def links(run: Program, *options: str) -> Result:
    return run("curriculum", "links", "--track", "own:main", *options)


def test_every_link_of_a_track_is_checked(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    site = [f"http://{name}.example/" for name in "abcdef"]
    a_linked(run, tmp_path, *site, "http://127.0.0.1/admin", site[0], None)
    web.pages |= {
        site[0]: answer(),
        site[2]: answer(403),
        site[3]: redirect(site[0], 301),
        site[4]: answer(429),
        site[5]: b"SSH-2.0\r\n\r\n",
    }

    done = links(run, "--json")
    document = done.json()
    found = {each["url"]: each for each in document["links"]}

    assert (done.code, without_note(done.stderr)) == (1, "")
    assert {url: each["status"] for url, each in found.items()} == {
        "https://example.org/": "no_answer",
        site[0]: "ok",
        site[1]: "dead",
        site[2]: "refused",
        site[3]: "ok",
        site[4]: "refused",
        site[5]: "no_answer",
        "http://127.0.0.1/admin": "not_asked",
    }
    assert found[site[0]]["ids"] == ["own:first/l0", "own:first/l7"]
    assert found[site[3]]["moved"] == site[0]
    assert (document["curriculum"], document["lessons"]) == ("own", 9)
    assert document["total"] == len(found)
    assert list(document) == [
        *("schema", "curriculum", "applied", "lessons", "faults", "changes"),
        *("links", "total"),
    ]
    assert not [each for each in web.asked if "127.0.0.1" in each.path]


def test_links_that_work_end_with_0(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    a_linked(run, tmp_path, "http://a.example/")
    web.pages["http://a.example/"] = answer()
    done = links(run, "--limit", "2")
    assert done.code == 0
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["https://example.org/", "no_answer"],
        ["http://a.example/", "ok"],
    ]


def test_no_server_at_all_is_an_error(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    a_linked(run, tmp_path, "https://a.example/")
    done = links(run)
    assert done.code == 1
    assert "error: no server answered\n" in done.stderr
    assert {each.method for each in web.asked} == {"CONNECT"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_bar_grows_at_a_terminal_and_nowhere_else(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    from tests.cli.terminal import Terminal  # noqa: PLC0415 - not on Windows

    a_linked(run, tmp_path, "https://a.example/", "http://b.example/")
    web.pages["http://b.example/"] = answer(403)
    words = ("curriculum", "links", "--track", "own:main")
    shown = Terminal(run)(*words)
    for bar in ("0 of 3 links", "1 of 3 links", "3 of 3 links"):
        assert bar in shown.stderr
    assert "of 3 links" not in shown.text
    assert "3 links checked: 2 without an answer" in shown.text
    for env, options in (
        ({"ACCESSIBLE": "1"}, ()),
        ({"TERM": "dumb"}, ()),
        ({}, ("--json",)),
        ({}, ("--plain",)),
        ({}, ("--quiet",)),
    ):
        quiet = Terminal(run)(*words, *options, env=env)
        assert without_note(quiet.stderr.replace("\r\n", "\n")) == ""
        assert quiet.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process there")
@pytest.mark.usefixtures("interruptible")
def test_the_keyboard_stops_it_and_what_was_found_is_told(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    # Of one host, so that the third is asked when the first is judged.
    pages = [f"http://a.example/{name}" for name in ("shy", "silent", "last")]
    a_linked(run, tmp_path, *pages)
    web.pages |= {pages[0]: answer(401), pages[1]: silent, pages[2]: silent}
    with Child(
        [
            *(sys.executable, "-m", "llmpath", "curriculum", "links", "--json"),
            *("--track", "own:main"),
        ],
        env=run.environment(None, None, "2026-11-20"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        while pages[2] not in [each.path for each in web.asked]:
            assert process.poll() is None
            web.over.wait(0.01)
        os.kill(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)

    found = {each["url"]: each["status"] for each in json.loads(stdout)["links"]}
    assert process.returncode == 130
    assert found[pages[0]] == "refused"
    assert pages[1] not in found
    assert f"interrupted; {len(found)} of 4 checked" in stderr


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--track", "nothing"], 1, "nothing"),
        (["--limit", "0"], 2, "0"),
        (["--replace", HEADS, "file:///etc/passwd"], 2, "is no web address"),
        (["--replace", HEADS, "https://a@b.example/"], 2, "is no web address"),
        (["--replace", "nothing-like-it", NEW], 1, "nothing-like-it"),
        (["--replace", HEADS, NEW, "--limit", "3"], 2, "goes with neither"),
        (["--replace", HEADS, NEW, "--track", "short"], 2, "goes with neither"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    run: Program, options: list[str], code: int, message: str
) -> None:
    done = run("curriculum", "links", *options)
    assert (done.code, done.stdout) == (code, "")
    assert message in done.stderr
    assert run("history", "--json").json()["events"] == []


def shown_links(run: Program) -> dict[str, Any]:
    """The link of a lesson, as every command gives it."""
    exported = run("export", "csv").stdout
    (row,) = [each for each in exported.splitlines() if HEADS.split("/")[1] in each]
    lesson = run("show", HEADS, "--json").json()
    listed = run("next", "-n", "9", "--json").json()["lessons"]
    (planned,) = [each["url"] for each in listed if each["id"] == HEADS]
    return {
        "show": lesson["url"],
        "own": lesson["own_link"],
        "next": planned,
        "csv": NEW in row,
    }


def test_another_link_is_used_everywhere_and_can_be_taken_back(run: Program) -> None:
    run("start", "--track", "short")
    before = shown_links(run)
    assert (before["own"], before["csv"]) == (False, False)
    assert before["show"] == before["next"]

    done = run("curriculum", "links", "--replace", HEADS, NEW, "--json")
    document = done.json()
    assert done.code == 0
    assert document["url"] == NEW
    assert document["before"] == before["show"]
    assert document["event"]
    after = {"show": NEW, "own": True, "next": NEW, "csv": True}
    assert shown_links(run) == after

    assert run("undo").code == 0
    assert shown_links(run) == before
    assert run("redo").code == 0
    assert shown_links(run) == after

    back = run("curriculum", "links", "--replace", HEADS, "none", "--json").json()
    assert (back["url"], back["own_link"]) == (before["show"], False)
    assert shown_links(run) == before


def test_a_link_that_is_so_already_is_not_written_again(run: Program) -> None:
    for url in (NEW, "none"):
        if url == NEW:
            run("curriculum", "links", "--replace", HEADS, url)
        else:
            run("undo")
        count = len(run("history", "--json").json()["events"])
        done = run("curriculum", "links", "--replace", HEADS, url, "--json")
        assert (done.code, done.json()["event"]) == (0, None)
        assert len(run("history", "--json").json()["events"]) == count


def test_a_module_has_a_link_of_its_own(run: Program) -> None:
    module = "illustrated-transformer"
    assert run("curriculum", "links", "--replace", module, NEW).code == 0
    shown = run("show", module, "--json").json()
    assert (shown["url"], shown["own_link"]) == (NEW, True)
    assert "Link, your own" in run("show", module, env={"ACCESSIBLE": "1"}).stdout


def test_what_else_has_a_replaced_link_is_told_whatever_part_it_names(
    run: Program, tmp_path: Path
) -> None:
    place = "http://old.example/"
    a_linked(run, tmp_path, f"{place}#one", f"{place}#two", "http://b.example/")
    words = ("curriculum", "links", "--json", "--replace", "own:first/l0")

    assert run(*words, NEW).json()["same_link"] == ["own:first/l1"]
    assert run(*words, "none").json()["same_link"] == []


def test_the_own_link_is_checked_in_place_of_the_curriculums(
    run: Program, tmp_path: Path, web: WebServer
) -> None:
    a_linked(run, tmp_path, "http://old.example/")
    web.pages["http://new.example/"] = answer()
    run("curriculum", "links", "--replace", "own:first/l0", "http://new.example/")
    found = links(run, "--json").json()["links"]
    assert [each["url"] for each in found] == [
        "https://example.org/",
        "http://new.example/",
    ]
