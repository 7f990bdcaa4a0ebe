"""`config.toml`: faults never stop a reader, and a writer changes one key only."""

from __future__ import annotations

import os
import stat
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.errors import Fault, NotSavedError, RefusedInputError, UsageError
from llmpath.storage.settings import (
    LOOK_KEYS,
    Looks,
    read_look_origins,
    read_looks,
    write_look,
)

EDITED = """\
# my looks
color = "always"   # the pager likes it

[other]
note = "kept"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def given_file(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def test_the_keys_are_the_looks_with_the_default_first() -> None:
    defaults = {key: str(value).lower() for key, value in Looks()._asdict().items()}

    assert {look.key: look.allowed[0] for look in LOOK_KEYS} == defaults
    assert all(look.help.endswith(".") for look in LOOK_KEYS)


def test_no_file_means_defaults_and_makes_nothing(path: Path) -> None:
    assert read_looks(path) == (Looks(), ())
    assert set(read_look_origins(path).values()) == {"default"}
    assert not path.parent.exists()


def test_values_of_the_file_hold_and_are_told_from_defaults(path: Path) -> None:
    given_file(path, 'glyphs = "ascii"\naccessible = true\nweek_starts = "sunday"\n')

    looks = Looks(glyphs="ascii", accessible=True, week_starts="sunday")
    assert read_looks(path) == (looks, ())
    assert read_look_origins(path) == {
        "color": "default",
        "glyphs": "config.toml",
        "accessible": "config.toml",
        "week_starts": "config.toml",
    }


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "\ufeff"])
def test_an_empty_file_is_no_fault(path: Path, text: str) -> None:
    given_file(path, text)

    assert read_looks(path) == (Looks(), ())


def test_a_byte_order_mark_is_no_fault(path: Path) -> None:
    given_file(path, '\ufeffcolor = "never"\r\n')

    assert read_looks(path) == (Looks(color="never"), ())


def test_a_wrong_value_is_a_fault_and_the_others_hold(path: Path) -> None:
    given_file(path, 'color = true\nglyphs = "ascii"\naccessible = 1\n')

    looks, faults = read_looks(path)

    assert looks == Looks(glyphs="ascii")
    assert faults == (
        Fault(
            str(path),
            "color",
            None,
            "value not allowed",
            'write one of "auto", "always", "never"',
        ),
        Fault(
            str(path),
            "accessible",
            None,
            "value not allowed",
            "write one of false, true",
        ),
    )
    assert read_look_origins(path)["color"] == "default"


@pytest.mark.parametrize(
    "line",
    [
        'color = "red"',
        'color = "Never"',
        'color = ["auto"]',
        "color.x = 1",
        "[[color]]",
        'accessible = "true"',
        "accessible = 1.0",
        "week_starts = 2026-11-20",
        "glyphs = false",
    ],
)
def test_every_value_outside_the_list_is_a_fault(path: Path, line: str) -> None:
    given_file(path, line)

    looks, faults = read_looks(path)

    assert looks == Looks()
    assert [fault.reason for fault in faults] == ["value not allowed"]


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("colour", "did you mean color?"),
        ("week_start", "did you mean week_starts?"),
        ("hours", "known keys: color, glyphs, accessible, week_starts"),
    ],
)
def test_an_unknown_key_is_a_fault_that_names_a_near_one(
    path: Path, key: str, remedy: str
) -> None:
    given_file(path, f"{key} = 1\n")

    expected = Fault(str(path), key, None, "unknown key", remedy)
    assert read_looks(path) == (Looks(), (expected,))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('glyphs = "ascii"\ncolor = = 1\n', 2, "is not TOML: Invalid value"),
        ("color = [\n", 1, "is not TOML: Invalid value"),
        ("color = 1\ncolor = 2\n", 2, "is not TOML: Cannot overwrite a value"),
        ("<<<<<<< mine\n", 1, "is not TOML: Invalid statement"),
    ],
)
def test_broken_toml_is_one_fault_with_its_line(
    path: Path, text: str, line: int, reason: str
) -> None:
    given_file(path, text)

    expected = Fault(str(path), "", line, reason, "correct it or move it away")
    assert read_looks(path) == (Looks(), (expected,))


@pytest.mark.parametrize("text", ["x = " + "[" * 50_000, "x = " + "9" * 5_000])
def test_toml_beyond_the_readers_limits_is_a_fault(path: Path, text: str) -> None:
    given_file(path, text)

    looks, faults = read_looks(path)

    assert looks == Looks()
    assert len(faults) == 1
    assert faults[0].reason.startswith("is not TOML: ")


def test_what_is_not_text_is_a_fault(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'color = "\xff"')

    assert [fault.reason for fault in read_looks(path)[1]] == ["is not UTF-8"]


def test_a_folder_in_the_files_place_is_a_fault(path: Path) -> None:
    path.mkdir(parents=True)

    reasons = [fault.reason for fault in read_looks(path)[1]]
    assert reasons == ["cannot be read: not a regular file"]


@pytest.mark.skipif(os.name == "nt", reason="Windows says that there is no such file")
def test_a_file_in_the_folders_place_is_a_fault(path: Path) -> None:
    path.parent.write_bytes(b"")

    reasons = [fault.reason for fault in read_looks(path)[1]]
    assert reasons == ["cannot be read: Not a directory"]


def test_a_first_setting_makes_a_private_file_in_a_private_folder(path: Path) -> None:
    write_look(path, "color", "never")

    assert path.read_bytes() == b'color = "never"\n'
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_comments_and_other_keys_are_kept(path: Path) -> None:
    given_file(path, EDITED)

    write_look(path, "color", "never")
    write_look(path, "accessible", " TRUE ")

    assert path.read_text() == EDITED.replace(
        'color = "always"   # the pager likes it\n',
        'color = "never"   # the pager likes it\naccessible = true\n',
    )


def test_a_removed_key_has_its_default_again(path: Path) -> None:
    given_file(path, EDITED)

    write_look(path, "color", None)

    assert path.read_text() == '# my looks\n\n[other]\nnote = "kept"\n'
    assert read_looks(path)[0] == Looks()


def test_removing_what_is_not_there_writes_nothing(path: Path) -> None:
    write_look(path, "color", None)

    assert not path.parent.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_linked_file_stays_linked(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(tmp_path / "dotfiles.toml")

    write_look(path, "color", "never")

    assert path.is_symlink()
    assert (tmp_path / "dotfiles.toml").read_text() == 'color = "never"\n'


def test_an_unknown_key_is_not_written(path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        write_look(path, "colour", "never")

    assert caught.value.message == "unknown setting 'colour'"
    assert caught.value.detail == ("did you mean color?",)
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "text"),
    [("color", "red"), ("color", ""), ("accessible", "1"), ("glyphs", "true")],
)
def test_a_value_outside_the_list_is_not_written(
    path: Path, key: str, text: str
) -> None:
    with pytest.raises(UsageError) as caught:
        write_look(path, key, text)

    assert caught.value.message == f"{text!r} is not a value of {key}"
    assert not path.exists()


def test_a_broken_file_is_not_touched(path: Path) -> None:
    broken = "color = = 1\n"
    given_file(path, broken)

    with pytest.raises(RefusedInputError) as caught:
        write_look(path, "color", "never")

    assert caught.value.faults == read_looks(path)[1]
    assert path.read_text() == broken


def test_a_file_that_can_be_read_but_not_edited_is_not_touched(path: Path) -> None:
    deep = "deep = " + "[" * 200 + "]" * 200
    given_file(path, deep)

    with pytest.raises(RefusedInputError) as caught:
        write_look(path, "color", "never")

    assert caught.value.faults[0].reason.startswith("cannot be edited: ")
    assert path.read_text() == deep


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_folder_that_cannot_be_made_is_not_saved(path: Path, tmp_path: Path) -> None:
    path.parent.symlink_to(tmp_path / "unplugged" / "disk")

    with pytest.raises(NotSavedError):
        write_look(path, "color", "never")


TABLES = st.sampled_from(
    [
        "",
        "# c\n",
        'color = "auto"\n',
        '"color" = "auto"  # c\n',
        "color.x = 1\ncolor.y = 2\n",
        "color = {a = 1}\n",
        "accessible = false\r\n",
        'text = """\n[color]\n"""\n',
    ]
)
SECTIONS = st.sampled_from(["", "[x]\na = 1\n", "[color]\nb = 2\n", "[[color]]\n"])


@given(
    head=TABLES,
    first=SECTIONS,
    second=SECTIONS,
    change=st.sampled_from(LOOK_KEYS).flatmap(
        lambda look: st.tuples(
            st.just(look.key), st.sampled_from([*look.allowed, None])
        )
    ),
)
def test_a_change_alters_one_key_of_any_readable_file(
    head: str, first: str, second: str, change: tuple[str, str | None]
) -> None:
    text, (key, value) = head + first + second, change
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        given_file(path, text)
        try:
            before = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            with pytest.raises(RefusedInputError):
                write_look(path, key, value)
            return

        write_look(path, key, value)

        after = tomllib.loads(path.read_bytes().decode())
    flags = {"true": True, "false": False}
    expected = {} if value is None else {key: flags.get(value, value)}
    assert after == {k: v for k, v in before.items() if k != key} | expected
