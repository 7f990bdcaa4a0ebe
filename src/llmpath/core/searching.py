"""Finding words in a curriculum."""

from __future__ import annotations

from llmpath.core.curriculum import Curriculum, Lesson, Module, shown_id
from llmpath.named_tuple import NamedTuple


class Hit(NamedTuple):
    """Where words were found."""

    thing: Module | Lesson
    field: str
    text: str


def search(words: str, curriculum: Curriculum) -> list[Hit]:
    """Modules and lessons in which every word stands, in ids, titles or texts.

    Parts of words match too; one hit for each thing, the title's before the others'.
    """
    wanted = words.lower().split()
    hits = []
    for module in curriculum.modules.values():
        fields = {
            "title": module.title,
            "id": shown_id(module.id),
            "tags": ", ".join(module.tags),
            "outcomes": "; ".join(module.outcomes),
            "note": module.note or "",
            "authors": ", ".join((*module.authors, module.provider)),
        }
        hits += _hit(module, fields, wanted)
        for lesson in module.lessons:
            hits += _hit(
                lesson, {"title": lesson.title, "id": shown_id(lesson.id)}, wanted
            )
    return hits


def _hit(
    thing: Module | Lesson, fields: dict[str, str], wanted: list[str]
) -> list[Hit]:
    for name, text in fields.items():
        if wanted and all(word in text.lower() for word in wanted):
            return [Hit(thing, name, text)]
    return []
