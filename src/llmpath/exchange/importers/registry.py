"""The forms of a curriculum that are understood."""

from __future__ import annotations

from importlib import import_module

from llmpath.exchange.importers.forms import FORMS
from llmpath.exchange.importers.source import Importer, Source, refused

IMPORTERS: tuple[Importer, ...] = tuple(
    import_module(f"{__package__}.{each.replace('-', '_')}").IMPORTER for each in FORMS
)


def recognise(source: Source, wanted: str | None = None) -> Importer:
    """Choose the importer for a source by its content, or the wanted one by its name.

    Raises:
        RefusedInputError: No form fits.
    """
    if wanted is not None:
        return next(each for each in IMPORTERS if each.name == wanted)
    sure = [each.recognise(source) for each in IMPORTERS]
    if any(sure):
        return IMPORTERS[sure.index(max(sure))]
    forms = "; ".join(f"{each.name}: {each.title}" for each in IMPORTERS)
    raise refused(source, "none of the forms understood", f"import one of {forms}")
