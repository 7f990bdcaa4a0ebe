"""An address reaches git only in a form in which it is nothing but an address."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from llmpath.errors import UsageError
from llmpath.storage.remote_url import (
    LONGEST,
    checked_url,
    local_path,
    without_credentials,
)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/me/study.git",
        "https://me:secret@example.org:8443/study.git",
        "ssh://git@example.org/me/study.git",
        "ssh://git@example.org:2222/~/study.git",
        "git@example.org:me/study.git",
        "example.org:study.git",
        "me@[2001:db8::1]:study.git",
        "[::1]:study.git",
        "file:///srv/study.git",
    ],
)
def test_an_address_of_a_known_form_is_taken_as_it_is(url: str) -> None:
    assert checked_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "--upload-pack=touch pwned",
        "-oProxyCommand=touch pwned",
        "ext::sh -c 'touch pwned'",
        "EXT::sh",
        "fd::17",
        "transport-helper::address",
        "::x",
        "http://example.org/study.git",
        "git://example.org/study.git",
        "ftp://example.org/study.git",
        "git+ssh://example.org/study.git",
        "javascript://example.org/%0aalert(1)",
        "ssh://-oProxyCommand=touch/study.git",
        "ssh://-me@example.org/study.git",
        "ssh://example.org/-study.git",
        "ssh://example.org:port/study.git",
        "ssh:///study.git",
        "https://example.org",
        "-host:study.git",
        "-me@example.org:study.git",
        "example.org:-study.git",
        "example.org:",
        "https://example.org/a\nb",
        "study\x00.git",
        "study\x1b[2J.git",
        "https://example.org/" + "x" * LONGEST,
    ],
)
def test_what_git_would_take_for_more_than_an_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        checked_url(url)

    assert refused.value.message.startswith("this address of a remote is not taken: ")


def test_a_refusal_does_not_repeat_a_password() -> None:
    with pytest.raises(UsageError) as refused:
        checked_url("http://me:secret@example.org/study.git")

    said = (refused.value.message, *refused.value.detail, refused.value.remedy)
    assert "secret" not in str(said)


@pytest.mark.parametrize("typed", ["study.git", "./study.git", "a b/study.git"])
def test_a_path_is_made_absolute(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert checked_url(typed) == str(tmp_path / typed)


def test_a_path_may_begin_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert checked_url("~/study.git") == str(tmp_path / "study.git")
    with pytest.raises(UsageError):
        checked_url("~nobody-of-this-name/study.git")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:secret@example.org/x", "https://example.org/x"),
        ("https://token@example.org/x", "https://example.org/x"),
        ("https://me:se@cret@example.org/x", "https://example.org/x"),
        ("fatal: 'https://a:b@c.org/d' and https://e@f.g/h", None),
        ("git@example.org:me/study.git", "git@example.org:me/study.git"),
        ("https://example.org/user@name", "https://example.org/user@name"),
    ],
)
def test_credentials_are_left_out_of_any_text(text: str, shown: str | None) -> None:
    expected = "fatal: 'https://c.org/d' and https://f.g/h" if shown is None else shown

    assert without_credentials(text) == expected


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/srv/study.git", "/srv/study.git"),
        ("/srv/100%25.git", "/srv/100%25.git"),
        ("file:///srv/study.git", "/srv/study.git"),
        ("file://localhost/srv/study.git", "/srv/study.git"),
        ("file:///srv/a%20b%c3%a9+c.git", "/srv/a bé+c.git"),
        ("file:///srv/x?y#z", "/srv/x?y#z"),
    ],
)
def test_the_path_of_a_remote_on_this_machine_is_that_which_git_opens(
    url: str, path: str
) -> None:
    if os.name == "nt" and "://" not in url:
        pytest.skip("no absolute path on Windows")
    assert local_path(url) == Path(path)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/me/study.git",
        "ssh://git@example.org/me/study.git",
        "git@example.org:/srv/study.git",
        "../study.git",
        "",
    ],
)
def test_a_remote_elsewhere_has_no_path_on_this_machine(url: str) -> None:
    assert local_path(url) is None
