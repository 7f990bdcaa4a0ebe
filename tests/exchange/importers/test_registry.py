from __future__ import annotations

import pytest

from llmpath.errors import RefusedInputError, UsageError
from llmpath.exchange.importers.registry import IMPORTERS, recognise
from llmpath.exchange.importers.source import Importer, Source


def test_the_names_of_importers_are_their_own() -> None:
    assert len({each.name for each in IMPORTERS}) == len(IMPORTERS)


def test_a_source_of_no_form_is_refused_with_the_forms() -> None:
    with pytest.raises(RefusedInputError) as caught:
        recognise(Source("empty.txt", ""))

    (fault,) = caught.value.faults
    assert (fault.file, fault.reason) == ("empty.txt", "none of the forms understood")
    assert all(f"{each.name}: {each.title}" in fault.remedy for each in IMPORTERS)


def test_an_unknown_name_is_refused_with_the_names() -> None:
    with pytest.raises(UsageError) as caught:
        recognise(Source("a.md", "# A"), "docx")

    assert caught.value.remedy == ", ".join(each.name for each in IMPORTERS)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda each: each.name)
def test_a_wanted_importer_is_taken_whatever_the_source(importer: Importer) -> None:
    assert recognise(Source("a", ""), importer.name) is importer
