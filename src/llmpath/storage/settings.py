"""`config.toml`: how the program looks on this machine, and nothing that moves a plan.

Every fault leaves the default in force, so that no typing error stops the program.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from llmpath.errors import Fault, RefusedInputError, UsageError
from llmpath.named_tuple import NamedTuple
from llmpath.storage.durable import reason_of
from llmpath.storage.files import read_regular_file, write_atomically
from llmpath.storage.paths import prepare_folder

SIZE_LIMIT = 64 * 1024
"""Bytes; four keys and their comments need one."""

LookValue = str | bool


class Looks(NamedTuple):
    """What the learner chose for the screen; `LOOK_KEYS` lists the values.

    Attributes:
        week_starts: First weekday that `hours` lists; planning weeks begin on Monday.
    """

    color: str = "auto"
    glyphs: str = "auto"
    accessible: bool = False
    week_starts: str = "monday"


class LookKey(NamedTuple):
    """One key of `config.toml`.

    Attributes:
        allowed: Its values as typed, the default first.
        help: One sentence.
    """

    key: str
    allowed: tuple[str, ...]
    help: str


LOOK_KEYS = (
    LookKey(
        "color",
        ("auto", "always", "never"),
        "Colour the output; auto does so on a terminal that wants it.",
    ),
    LookKey(
        "glyphs",
        ("auto", "unicode", "ascii"),
        "Draw with these signs; auto goes by locale and output.",
    ),
    LookKey(
        "accessible",
        ("false", "true"),
        "Write sentences, one fact a line, without columns or drawing.",
    ),
    LookKey(
        "week_starts",
        ("monday", "sunday", "saturday"),
        "First weekday that hours lists; weeks of the plan begin on Monday.",
    ),
)
_BY_KEY = {look.key: look for look in LOOK_KEYS}
_FLAGS = {"true": True, "false": False}


def read_looks(path: Path) -> tuple[Looks, tuple[Fault, ...]]:
    """Read the looks, with what is wrong in the file; a missing file is no fault."""
    values, faults = _read_values(path)
    return Looks()._replace(**values), faults


def read_look_origins(path: Path) -> dict[str, str]:
    """Tell for each key where its value comes from: `default` or `config.toml`."""
    values, _ = _read_values(path)
    return {key: "config.toml" if key in values else "default" for key in _BY_KEY}


def write_look(path: Path, key: str, value_text: str | None) -> None:
    """Set a key, or take it out with None, and leave all else in the file as it is.

    Raises:
        UsageError: The key or the value is unknown.
        RefusedInputError: The file cannot be read as TOML; it is not touched.
        NotSavedError: The storage refused; nothing changed.
    """
    look = _look_key(key)
    value = None if value_text is None else _parse_value(look, value_text)
    text = _read_text(path)
    _parse_table(text, path)
    changed = _changed_text(text, key, value, path)
    if changed != text:
        prepare_folder(path.parent)
        write_atomically(path, changed.encode(), follows_link=True)


def _read_values(path: Path) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Read the values that are allowed, and a fault for everything else."""
    try:
        table = _parse_table(_read_text(path), path)
    except RefusedInputError as refused:
        return {}, refused.faults
    values: dict[str, Any] = {}
    faults = []
    for key, value in table.items():
        objection = _objection(key, value)
        if objection is None:
            values[key] = value
        else:
            faults.append(Fault(str(path), key, None, *objection))
    return values, tuple(faults)


def _read_text(path: Path) -> str:
    """Read the file; empty if there is none. A byte order mark is left out."""
    try:
        data = read_regular_file(path, SIZE_LIMIT) or b""
        if len(data) <= SIZE_LIMIT:
            return data.decode("utf-8-sig")
        reason = f"is larger than {SIZE_LIMIT // 1024} KiB"
    except OSError as error:
        reason = f"cannot be read: {reason_of(error)}"
    except UnicodeDecodeError:
        reason = "is not UTF-8"
    raise _refused(path, None, reason)


def _parse_table(text: str, path: Path) -> dict[str, object]:
    if not text:
        return {}
    import tomllib  # noqa: PLC0415 - 3 ms, and most machines have no such file

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(
            path, _error_line(str(error), text), _toml_reason(error)
        ) from error


def _toml_reason(error: Exception) -> str:
    return f"is not TOML: {str(error).partition(' (at ')[0]}"


def _error_line(message: str, text: str) -> int | None:
    """The line that a message of tomllib names: before 3.14 it stands nowhere else."""
    if message.endswith("(at end of document)"):
        return len(text.splitlines())
    match = re.search(r"\(at line ([0-9]+), column [0-9]+\)$", message)
    return int(match[1]) if match else None


def _refused(path: Path, line: int | None, reason: str) -> RefusedInputError:
    fault = Fault(str(path), "", line, reason, "correct it or move it away")
    return RefusedInputError("the settings file cannot be used", (fault,))


def _objection(key: str, value: object) -> tuple[str, str] | None:
    """Say what is wrong with an entry and what to do; None if it is right."""
    look = _BY_KEY.get(key)
    if look is None:
        return "unknown key", _near_key(key)
    # True equals 1 in Python, but `accessible = 1` is no flag.
    if isinstance(value, str | bool) and value in map(_toml_value, look.allowed):
        return None
    quote = "" if look.allowed[0] in _FLAGS else '"'
    choice = ", ".join(f"{quote}{word}{quote}" for word in look.allowed)
    return "value not allowed", f"write one of {choice}"


def _toml_value(word: str) -> LookValue:
    return _FLAGS.get(word, word)


def _near_key(key: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only after a mistake

    near = get_close_matches(key, _BY_KEY, n=1)
    return f"did you mean {near[0]}?" if near else f"known keys: {', '.join(_BY_KEY)}"


def _look_key(key: str) -> LookKey:
    look = _BY_KEY.get(key)
    if look is None:
        raise UsageError(
            f"unknown setting {key!r}",
            detail=(_near_key(key),),
            remedy="llmpath config list",
        )
    return look


def _parse_value(look: LookKey, text: str) -> LookValue:
    word = text.strip().lower()
    if word not in look.allowed:
        raise UsageError(
            f"{text!r} is not a value of {look.key}",
            detail=(f"one of {', '.join(look.allowed)}",),
            remedy=f"llmpath config set {look.key} {look.allowed[0]}",
        )
    return _toml_value(word)


def _changed_text(text: str, key: str, value: LookValue | None, path: Path) -> str:
    """The text with one key set or taken out, comments and order kept."""
    import tomlkit  # noqa: PLC0415 - 13 ms, only `config set` needs it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError) as error:
        # tomlkit takes arrays a hundred deep, tomllib deeper ones.
        raise _refused(path, None, f"cannot be edited: {error}") from error
    if value is None:
        document.pop(key, None)
    else:
        document[key] = value
    return tomlkit.dumps(document)
