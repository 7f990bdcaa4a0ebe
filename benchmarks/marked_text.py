"""Texts that a benchmark writes into a document, between two marks."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
FORECAST = DOCS / "forecast.md"
RELIABILITY = DOCS / "reliability.md"


def marks(name: str) -> tuple[str, str]:
    """The lines before and after a text of this name."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def read_marked(path: Path, name: str) -> str:
    """The text between its marks."""
    return split_at(path, name)[1].strip("\n")


def write_marked(path: Path, name: str, text: str) -> None:
    """Put a text between its marks."""
    begin, end = marks(name)
    before, _, after = split_at(path, name)
    changed = f"{before}{begin}\n{text}\n{end}{after}"
    path.write_text(changed, encoding="utf-8", newline="\n")


def split_at(path: Path, name: str) -> tuple[str, str, str]:
    """What stands before, between and after the marks."""
    begin, end = marks(name)
    before, found, rest = path.read_text(encoding="utf-8").partition(begin)
    between, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"no {begin} and {end} in {path.name}")
    return before, between, after
