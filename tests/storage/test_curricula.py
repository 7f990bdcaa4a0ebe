from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmpath.core.curriculum import (
    Alternative,
    Change,
    Curriculum,
    Lesson,
    Module,
    Phase,
    PhaseModule,
    Prerequisite,
    Price,
    Track,
)
from llmpath.errors import Fault, RefusedInputError
from llmpath.storage.curricula import (
    bundled_curriculum_path,
    parse_curriculum,
    read_curriculum,
)
from llmpath.storage.curriculum_file import check_curriculum

ROOT = Path(__file__).resolve().parents[2]

DOCUMENT: dict[str, Any] = {
    "format": 1,
    "id": "mine",
    "title": "My curriculum",
    "edition": "2026.11",
    "tracks": [
        {
            "id": "road",
            "title": "The road",
            "summary": "All of it",
            "audience": "everyone",
            "stated_hours": [2, None],
            "source": "a page",
            "phases": [
                {
                    "id": "first",
                    "title": "First",
                    "goal": "Know it",
                    "modules": [
                        {"module": "maths", "optional": False},
                        {"module": "nets", "optional": True},
                    ],
                }
            ],
        },
        {
            "id": "other",
            "title": "Another",
            "summary": "Some of it",
            "audience": "some",
            "stated_hours": None,
            "source": "a page",
            "phases": [
                {
                    "id": "only",
                    "title": "Only",
                    "goal": "Know some",
                    "modules": [{"module": "maths", "optional": False}],
                }
            ],
        },
    ],
    "modules": [
        {
            "id": "maths",
            "title": "Maths",
            "authors": [],
            "provider": "Example",
            "url": "https://example.org/maths",
            "format": "videos",
            "year": None,
            "price": None,
            "prerequisites": [],
            "assumes": [],
            "outcomes": [],
            "tags": [],
            "added": True,
            "note": None,
            "alternatives": [],
            "study_minutes": None,
            "lessons": [
                {
                    "id": "vectors",
                    "title": "Vectors",
                    "url": "https://example.org/v",
                    "stop": None,
                    "minutes": 10,
                    "machine_minutes": None,
                    "kind": "video",
                    "optional": False,
                    "access": "free",
                    "needs": [],
                    "basis": "published",
                    "source": "the page",
                    "topics": [],
                }
            ],
        },
        {
            "id": "nets",
            "title": "Nets",
            "authors": ["Ada", "Bo"],
            "provider": "Example",
            "url": "https://example.org/nets",
            "format": "labs",
            "year": 2024,
            "price": {
                "amount": "49 USD",
                "what_for": "labs",
                "basis": "recalled",
                "checked": "2026-11-01",
            },
            "prerequisites": [{"module": "maths", "reason": "used here"}],
            "assumes": ["Python"],
            "outcomes": ["Train a net"],
            "tags": ["nets"],
            "added": False,
            "note": "Long.",
            "alternatives": [
                {"title": "Book", "url": "https://example.org/b", "audience": "readers"}
            ],
            "study_minutes": 600,
            "lessons": [
                {
                    "id": "train",
                    "title": "Train a net, naïvely",
                    "url": "https://example.org/t",
                    "stop": "1:02:00",
                    "minutes": 60,
                    "machine_minutes": 30,
                    "kind": "lab",
                    "optional": True,
                    "access": "paid",
                    "needs": ["laptop", "gpu-optional"],
                    "basis": "estimated",
                    "source": "our estimate",
                    "topics": ["T1", "T2"],
                }
            ],
        },
    ],
    "changes": [
        {
            "edition": "2026.11",
            "kind": "moved",
            "from": ["nets/fit"],
            "to": ["nets/train"],
            "reason": "clearer",
        }
    ],
}

VECTORS = Lesson(
    id="mine:maths/vectors",
    module="mine:maths",
    title="Vectors",
    url="https://example.org/v",
    stop=None,
    minutes=10,
    machine_minutes=None,
    kind="video",
    optional=False,
    access="free",
    needs=(),
    basis="published",
    source="the page",
    topics=(),
)
TRAIN = Lesson(
    id="mine:nets/train",
    module="mine:nets",
    title="Train a net, naïvely",
    url="https://example.org/t",
    stop="1:02:00",
    minutes=60,
    machine_minutes=30,
    kind="lab",
    optional=True,
    access="paid",
    needs=("laptop", "gpu-optional"),
    basis="estimated",
    source="our estimate",
    topics=("T1", "T2"),
)
MATHS = Module(
    id="mine:maths",
    title="Maths",
    authors=(),
    provider="Example",
    url="https://example.org/maths",
    format="videos",
    year=None,
    price=None,
    prerequisites=(),
    assumes=(),
    outcomes=(),
    tags=(),
    added=True,
    note=None,
    alternatives=(),
    study_minutes=None,
    lessons=(VECTORS,),
)
NETS = Module(
    id="mine:nets",
    title="Nets",
    authors=("Ada", "Bo"),
    provider="Example",
    url="https://example.org/nets",
    format="labs",
    year=2024,
    price=Price("49 USD", "labs", "recalled", "2026-11-01"),
    prerequisites=(Prerequisite("mine:maths", "used here"),),
    assumes=("Python",),
    outcomes=("Train a net",),
    tags=("nets",),
    added=False,
    note="Long.",
    alternatives=(Alternative("Book", "https://example.org/b", "readers"),),
    study_minutes=600,
    lessons=(TRAIN,),
)
ROAD = Track(
    id="mine:road",
    title="The road",
    summary="All of it",
    audience="everyone",
    stated_hours=(2, None),
    source="a page",
    phases=(
        Phase(
            "first",
            "First",
            "Know it",
            (
                PhaseModule("mine:maths", optional=False),
                PhaseModule("mine:nets", optional=True),
            ),
        ),
    ),
)
OTHER = Track(
    id="mine:other",
    title="Another",
    summary="Some of it",
    audience="some",
    stated_hours=None,
    source="a page",
    phases=(
        Phase(
            "only", "Only", "Know some", (PhaseModule("mine:maths", optional=False),)
        ),
    ),
)


def test_a_file_is_read_with_full_ids(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    assert read_curriculum(path) == Curriculum(
        id="mine",
        title="My curriculum",
        edition="2026.11",
        tracks={"mine:road": ROAD, "mine:other": OTHER},
        modules={"mine:maths": MATHS, "mine:nets": NETS},
        lessons={"mine:maths/vectors": VECTORS, "mine:nets/train": TRAIN},
        changes=(
            Change(
                "2026.11",
                "moved",
                ("mine:nets/fit",),
                ("mine:nets/train",),
                "clearer",
            ),
        ),
    )


def test_what_the_check_stores_is_read_the_same() -> None:
    text = check_curriculum(json.dumps(DOCUMENT), "mine.json").text
    assert text is not None
    assert parse_curriculum(text) == parse_curriculum(json.dumps(DOCUMENT))


def without(*path: str | int) -> bytes:
    document = copy.deepcopy(DOCUMENT)
    container: Any = document
    for step in path[:-1]:
        container = container[step]
    del container[path[-1]]
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "not JSON: Expecting value"),
        (b'{\n "format": 1,', 2, "not JSON: Expecting property name enclosed in"),
        (b"\xff", None, "not a curriculum of this format"),
        (b"null", None, "not a curriculum of this format"),
        (b"[]", None, "not a curriculum of this format"),
        (b"{}", None, "not a curriculum of this format"),
        (b"[" * 100_000, None, "not a curriculum of this format"),
        (b'{"format": 2}', None, "not a curriculum of this format"),
        (without("edition"), None, "not a curriculum of this format"),
        (without("tracks", 0, "title"), None, "not a curriculum of this format"),
        (without("modules", 1, "lessons", 0, "url"), None, "not a curriculum of this"),
        (without("modules", 1, "price", "basis"), None, "not a curriculum of this"),
        (without("changes", 0, "to"), None, "not a curriculum of this format"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(
    tmp_path: Path, content: bytes, line: int | None, reason: str
) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(content)
    with pytest.raises(RefusedInputError) as refusal:
        read_curriculum(path)
    (fault,) = refusal.value.faults
    assert (fault.file, fault.line) == (str(path), line)
    assert fault.reason.startswith(reason)
    assert refusal.value.exit_code == 5


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    with pytest.raises(RefusedInputError) as refusal:
        read_curriculum(path)
    assert refusal.value.faults == (
        Fault(
            str(path), "", None, "No such file or directory", "add the curriculum again"
        ),
    )


def test_a_checkout_reads_its_own_data() -> None:
    assert bundled_curriculum_path() == ROOT / "data" / "curriculum.json"


def run(program: str, site: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    return done.stdout.splitlines()


def test_a_wheel_reads_the_data_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "llmpath"
    shutil.copytree(
        ROOT / "src" / "llmpath", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    (package / "data").mkdir()
    (package / "data" / "curriculum.json").write_text("{}")
    program = (
        "from llmpath.storage.curricula import *\n"
        "from llmpath.errors import RefusedInputError\n"
        "path = bundled_curriculum_path(); print(path)\n"
        "try: read_curriculum(path)\n"
        "except RefusedInputError as error: print(error.faults[0].remedy)"
    )
    assert run(program, tmp_path) == [
        str(package / "data" / "curriculum.json"),
        "install llmpath again",
    ]


def test_reading_needs_no_pydantic() -> None:
    program = (
        "import sys; from llmpath.storage.curricula import *\n"
        "print(len(read_curriculum(bundled_curriculum_path()).tracks))\n"
        "print('pydantic' in sys.modules)"
    )
    assert run(program, ROOT / "src") == ["3", "False"]
