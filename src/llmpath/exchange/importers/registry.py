"""The forms of a curriculum that are understood."""

from __future__ import annotations

from llmpath.exchange.importers import (
    markdown,
    ossu,
    roadmap_md,
    roadmap_sh,
    summary,
    text,
    toctree,
)
from llmpath.exchange.importers.source import Importer, Source, refused

IMPORTERS: tuple[Importer, ...] = (
    toctree.IMPORTER,
    roadmap_sh.IMPORTER,
    summary.IMPORTER,
    ossu.IMPORTER,
    roadmap_md.IMPORTER,
    markdown.IMPORTER,
    text.IMPORTER,
)
"""Where two are equally sure of a source, the earlier one reads it."""


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
