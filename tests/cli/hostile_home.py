"""A home and a curriculum full of text that attacks who shows it.

The curriculum goes past its check, as one could that a synced folder brings: the
program runs from a copy of the package whose data were spoiled.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import llmpath
from llmpath.storage.curricula import bundled_curriculum_path
from tests.cli.hostile import ALL, ATTACKS, HALF, LINKS, TODAY
from tests.storage.journal_values import signed

_PLAIN = frozenset({"id", "kind", "access", "basis", "module", "needs", "checked"})
"""Keys whose values have a fixed form, also where the rest is spoiled."""


def make_package(folder: Path, document: dict[str, Any]) -> None:
    """Copy the package there, with another curriculum."""
    source = Path(llmpath.__file__).parent
    shutil.copytree(source, folder / "llmpath")
    target = folder / "llmpath" / "data" / "curriculum.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(document))


def spoiled_curriculum() -> dict[str, Any]:
    """Two short tracks of the bundled curriculum, every text of theirs hostile."""
    document: dict[str, Any] = json.loads(bundled_curriculum_path().read_bytes())
    tracks = document["tracks"] = document["tracks"][:2]
    tracks[1]["phases"] = tracks[1]["phases"][:2]
    for phase in tracks[1]["phases"]:
        phase["modules"] = phase["modules"][:2]
    used = {
        each["module"]
        for track in tracks
        for phase in track["phases"]
        for each in phase["modules"]
    }
    modules = [each for each in document["modules"] if each["id"] in used]
    for module in modules:
        module["lessons"] = module["lessons"][:4]
        module["prerequisites"] = [
            each for each in module["prerequisites"] if each["module"] in used
        ]
        module["note"] = ALL
        module["price"] = {"amount": ALL, "what_for": ALL, "basis": "published"}
        module["price"]["checked"] = TODAY
        module["alternatives"] = [{"title": ALL, "url": LINKS[0], "audience": ALL}]
        for lesson in module["lessons"]:
            lesson |= {"stop": ALL, "access": "paid"}
    document |= {"modules": modules, "changes": []}
    spoiled = _spoiled(document, "", count())
    assert isinstance(spoiled, dict)
    return spoiled


def _spoiled(value: object, key: str, number: Iterator[int]) -> object:
    """The value with other texts; which attack stands where is always the same."""
    if key in _PLAIN:
        return value
    if isinstance(value, dict):
        return {key: _spoiled(each, key, number) for key, each in value.items()}
    if isinstance(value, list):
        return [_spoiled(each, key, number) for each in value]
    if not isinstance(value, str):
        return value
    nth = next(number)
    if key == "url":
        return LINKS[nth % len(LINKS)]
    texts = (*ATTACKS.values(), ALL, HALF)
    return f"{texts[nth % len(texts)]} {nth}"


def make_home(home: Path) -> None:
    """A started home in which every text of every record is hostile."""
    folder = home / "data" / "journal"
    folder.mkdir(parents=True)
    lines = list(map(signed, hostile_records()))
    (folder / "peer.2026.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    if os.name != "nt":
        broken = folder / f"{ATTACKS['CSI']}\u202e\n.jsonl"
        broken.write_bytes(b"\x1b[31mno record\n" + lines[0][:40] + b"\n")


def hostile_records() -> Iterator[dict[str, Any]]:
    """Records that are whole, and say what no honest one says."""
    module = "llmpath:illustrated-transformer"
    lesson = f"{module}/self-attention-detail"
    texts = [*ATTACKS.values()]
    happened: list[list[dict[str, Any]]] = [
        [
            {
                "type": "TrackStarted",
                "tracks": ["llmpath:short", "llmpath:long"],
                "from": "2026-11-16",
                "curriculum": ALL,
                "edition": ALL,
                "journal": ALL,
            }
        ],
        [{"type": "NoteAdded", "id": each, "text": ALL} for each in (lesson, module)],
        [{"type": "NoteAdded", "id": lesson, "text": text} for text in texts],
        [
            {"type": "SettingSet", "key": key, "value": ALL}
            for key in (ALL, "plan.day_ends", "plan.buffer", "plan.block_min")
        ],
        [{"type": ALL}],
        [{"type": "LessonsSkipped", "lessons": [ALL, "../../x"], "known": True}],
        [{"type": "LessonsCompleted", "lessons": {ALL: 5, lesson: 9}, "edition": ALL}],
        [{"type": "StudyLogged", "id": each, "minutes": 30} for each in (ALL, lesson)],
        [{"type": "LessonDeferred", "lesson": ALL, "until": "2026-12-01"}],
        [{"type": "RecordsVoided", "records": [ALL]}],
        [{"type": "AvailabilitySet", "from": "2026-11-16", "minutes": [60] * 7}],
    ]
    for n, events in enumerate(happened, 1):
        yield {
            "id": f"record{n}{texts[n]}",
            "v": 1,
            "device": ALL,
            "n": n,
            "lamport": n,
            "at": ALL,
            "day": "2026-11-18",
            "command": ALL,
            "events": events,
        }
