"""What docs/import.md says of the importers, compared with what they are."""

from __future__ import annotations

import re
from pathlib import Path

from llmpath.exchange.importers.estimates import ESTIMATES
from llmpath.exchange.importers.registry import IMPORTERS

PAGE = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_importer_has_a_section_that_gives_its_name() -> None:
    named = re.findall(r"^## .+: `(.+)`$", PAGE, re.MULTILINE)

    assert sorted(named) == sorted(each.name for each in IMPORTERS)


def test_the_table_of_estimates_is_that_of_the_program() -> None:
    rows = "".join(
        f"| {kind} | {likely:,} | {low:,} to {high:,} |\n"
        for kind, (low, likely, high) in ESTIMATES.items()
    )

    assert f"|---|---:|---:|\n{rows}\n" in PAGE
