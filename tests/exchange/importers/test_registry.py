from __future__ import annotations

import pytest

from llmpath.cli.curriculum_source import NATIVE
from llmpath.errors import RefusedInputError
from llmpath.exchange.importers.forms import FORMS
from llmpath.exchange.importers.registry import IMPORTERS, recognise
from llmpath.exchange.importers.source import Importer, Source


def test_an_importer_has_the_name_that_it_is_registered_under() -> None:
    assert tuple(each.name for each in IMPORTERS) == FORMS
    assert len({NATIVE, *FORMS}) == len(FORMS) + 1


def test_a_source_of_no_form_is_refused_with_the_forms() -> None:
    with pytest.raises(RefusedInputError) as caught:
        recognise(Source("empty.txt", ""))

    (fault,) = caught.value.faults
    assert (fault.file, fault.reason) == ("empty.txt", "none of the forms understood")
    assert all(f"{each.name}: {each.title}" in fault.remedy for each in IMPORTERS)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda each: each.name)
def test_a_wanted_importer_is_taken_whatever_the_source(importer: Importer) -> None:
    assert recognise(Source("a", ""), importer.name) is importer
