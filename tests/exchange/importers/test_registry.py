from __future__ import annotations

import pytest

from llmpath.cli.curriculum_source import FORMS, NATIVE
from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.registry import IMPORTERS, recognise
from llmpath.exchange.importers.source import Importer, Source


def test_the_names_of_importers_are_those_that_an_option_takes() -> None:
    names = [each.name for each in IMPORTERS]
    assert sorted([NATIVE, *names]) == sorted(FORMS)
    assert len({*FORMS}) == len(FORMS)


def test_a_source_of_no_form_is_refused_with_the_forms() -> None:
    with pytest.raises(RefusedInputError) as caught:
        recognise(Source("empty.txt", ""))

    (fault,) = caught.value.faults
    assert (fault.file, fault.reason) == ("empty.txt", "none of the forms understood")
    assert all(f"{each.name}: {each.title}" in fault.remedy for each in IMPORTERS)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda each: each.name)
def test_a_wanted_importer_is_taken_whatever_the_source(importer: Importer) -> None:
    assert recognise(Source("a", ""), importer.name) is importer
