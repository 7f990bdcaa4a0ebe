"""The table of cases names tests that are there, and the mutants can still be made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.faults.mutants import (
    MUTANTS,
    README,
    ROOT,
    Mutant,
    module_of,
    mutate,
    rows_in,
    table_of,
    with_table,
)

TESTS = ROOT / "tests"
TEXT = README.read_text(encoding="utf-8")


def rows() -> list[list[str]]:
    table = TEXT.partition("## Cases\n\n")[2].partition("\n\n")[0]
    return [
        [cell.strip() for cell in row.strip("|").split(" | ")]
        for row in table.splitlines()[2:]
    ]


def named_tests() -> set[tuple[str, str]]:
    """Each test that the table names, with its file."""
    named = set()
    for row in rows():
        for group in row[-1].split("<br>"):
            file, *names = re.findall(r"`([^`]+)`", group) or [""]
            named |= {(file, name) for name in names}
    return named


def names_in(path: Path) -> set[str]:
    return set(re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE))


def test_every_case_stands_in_the_table_with_its_tests_or_the_reason_why_not() -> None:
    table = rows()

    assert [int(row[0]) for row in table] == list(range(1, 65))
    assert all(len(row) == 4 and row[-1] for row in table)


def test_every_test_that_the_table_names_is_there() -> None:
    named = named_tests()

    assert len(named) > 100
    for file, name in sorted(named):
        assert name in names_in(TESTS / file), (file, name)


def test_every_test_of_faults_is_in_the_table() -> None:
    written = {
        (f"faults/{path.name}", name)
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
        for name in names_in(path)
    }

    assert written <= named_tests()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_mutant_can_be_made(mutant: Mutant) -> None:
    source = module_of(mutant, ROOT).read_text(encoding="utf-8")
    changed = mutate(mutant, source)

    compile(changed, mutant.module, "exec")
    assert changed != source


def test_a_mutant_whose_place_is_gone_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 times"):
        mutate(MUTANTS[0], "")


def test_no_mutant_survived_when_the_table_was_written() -> None:
    rows = rows_in(TEXT)

    assert list(rows) == [each.name for each in MUTANTS]
    assert not [row for name, row in rows.items() if f"| {name} | 0 |" in row]
    assert with_table(TEXT, table_of(rows)) == TEXT
