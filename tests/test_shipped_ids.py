"""Ids that were shipped are for ever: journals refer to them.

`golden/ids/llmpath.tsv` has a line for everything that was ever shipped under an id:
what it is, id, title and link. Lines are only added to it. An id there is in the
curriculum, as what it was, or in `from` of a change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from llmpath.storage.curricula import bundled_curriculum_path

SHIPPED = Path(__file__).parent / "golden" / "ids" / "llmpath.tsv"


class Meaning(NamedTuple):
    kind: str
    id: str
    title: str
    url: str


Meanings = dict[str, list[Meaning]]


def meanings_of(document: dict[str, Any]) -> Iterator[Meaning]:
    """What a curriculum's ids stand for; tracks and phases have no link."""
    for track in document["tracks"]:
        yield Meaning("track", track["id"], track["title"], "")
        for phase in track["phases"]:
            yield Meaning("phase", phase["id"], phase["title"], "")
    for module in document["modules"]:
        yield Meaning("module", module["id"], module["title"], module["url"] or "")
        for lesson in module["lessons"]:
            name = f"{module['id']}/{lesson['id']}"
            yield Meaning("lesson", name, lesson["title"], lesson["url"] or "")


def shipped() -> Meanings:
    """All that was shipped under each id, as the file has it."""
    kept: Meanings = defaultdict(list)
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        meaning = Meaning(*line.split("\t"))
        kept[meaning.id].append(meaning)
    return kept


def misused(document: dict[str, Any], kept: Meanings) -> list[str]:
    """Ids that are gone without a change, mean something else, or are not kept yet."""
    present = {each.id: each for each in meanings_of(document)}
    left = {
        name
        for change in document["changes"]
        if change["kind"] != "retimed"
        for name in change["from"]
    }
    gone = [f"{each} is gone" for each in kept if each not in present.keys() | left]
    again = [f"{each} is used again" for each in present if each in left]
    other = [
        f"{name} is something else"
        for name, now in present.items()
        if name in kept and not any(is_same(now, then) for then in kept[name])
    ]
    new = [f"{each} is not kept" for each in present if each not in kept]
    return [*gone, *again, *other, *new]


def is_same(now: Meaning, then: Meaning) -> bool:
    """Whether an id means what it meant: of title and link one may be corrected."""
    is_title, is_url = now.title == then.title, now.url and now.url == then.url
    return now.kind == then.kind and bool(is_title or is_url)


def bundled() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(bundled_curriculum_path().read_bytes())
    return document


def test_no_id_that_was_shipped_is_gone_or_means_something_else(
    request: pytest.FixtureRequest,
) -> None:
    document, kept = bundled(), shipped()
    if request.config.getoption("--update-golden"):
        new = [each for each in meanings_of(document) if each.id not in kept]
        with SHIPPED.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines("\t".join(each) + "\n" for each in new)
        kept = shipped()
    assert misused(document, kept) == []


def test_the_kept_lines_are_different_and_whole() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines) > 500


def test_a_lesson_that_is_left_out_needs_a_change() -> None:
    document = bundled()
    module = document["modules"][0]
    name = f"{module['id']}/{module['lessons'].pop()['id']}"
    assert misused(document, shipped()) == [f"{name} is gone"]
    change = {"kind": "retired", "from": [name], "to": []}
    assert misused({**document, "changes": [change]}, shipped()) == []
    retimed = {**change, "kind": "retimed"}
    assert misused({**document, "changes": [retimed]}, shipped()) == [f"{name} is gone"]


def test_an_id_does_not_come_back_with_another_meaning() -> None:
    document = bundled()
    lesson = document["modules"][0]["lessons"][0]
    name = f"{document['modules'][0]['id']}/{lesson['id']}"
    lesson["title"] = "A corrected title"
    assert misused(document, shipped()) == []
    lesson["url"] = "https://example.org/other"
    assert misused(document, shipped()) == [f"{name} is something else"]
    lesson["title"] = bundled()["modules"][0]["lessons"][0]["title"]
    assert misused(document, shipped()) == []
    change = {"kind": "retired", "from": [name], "to": []}
    again = misused({**document, "changes": [change]}, shipped())
    assert again == [f"{name} is used again"]


def test_an_id_does_not_pass_from_one_kind_to_another() -> None:
    document = bundled()
    module, track = document["modules"][0], document["tracks"][0]
    phase = track["phases"][0]
    phase["id"], module["id"] = module["id"], "another-module"
    assert f"{phase['id']} is something else" in misused(document, shipped())


def test_what_is_new_is_kept_before_it_is_shipped() -> None:
    document = bundled()
    document["modules"][0]["lessons"].append(
        {"id": "brand-new", "title": "New", "url": None}
    )
    name = f"{document['modules'][0]['id']}/brand-new"
    assert misused(document, shipped()) == [f"{name} is not kept"]
