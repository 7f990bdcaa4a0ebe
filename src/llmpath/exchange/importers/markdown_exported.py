"""Lessons of a check list that this program exported, as they were."""

from __future__ import annotations

from llmpath.exchange.box_lines import find_facts
from llmpath.exchange.importers.draft import DraftLesson, Span
from llmpath.exchange.importers.markdown_blocks import Block, Item, Listing


def exported_lesson(item: Item) -> DraftLesson | None:
    """The lesson of an exported line; None for any other item."""
    if item.is_ticked is None:
        return None
    found = find_facts(item.words.text)
    if found is None or not found[0]:
        return None
    title, facts = found
    begin = item.words.text.find(title)
    whole = (begin, begin + len(title))
    links = [each for each in item.words.links if (each.start, each.end) == whole]
    return DraftLesson(
        title,
        url=links[0].url if links else None,
        span=Span(facts.minutes, facts.minutes),
        kind=facts.kind,
        is_optional=facts.is_optional,
        is_done=item.is_ticked,
        line=item.line,
        is_estimate=facts.is_estimate,
        is_skipped=facts.is_skipped,
        is_known=facts.is_known,
    )


def has_exported(block: Block) -> bool:
    """Tell whether a list has an exported line."""
    return isinstance(block, Listing) and any(map(exported_lesson, block.items))
