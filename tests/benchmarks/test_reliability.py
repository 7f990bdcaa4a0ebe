"""What the faults do to llmpath, and that they find what a careless program loses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import strategies as st

from benchmarks.faults.costs import ADD, UNSYNCED, start_procedure
from benchmarks.faults.damage import (
    CUTS,
    ENTRIES,
    FLIPS,
    FilledHome,
    entries_before,
    filled,
    in_turns,
)
from benchmarks.faults.disks import FIRST_POWER, FULL_DISK, POWER
from benchmarks.faults.homes import Home, NotRunError, Program, text_of
from benchmarks.faults.interruptions import (
    AT_ONCE,
    CALLS,
    KILLS,
    SYNCS,
    is_writing,
    writing_calls,
)
from benchmarks.faults.measures import (
    FULL,
    SMALL,
    Procedure,
    Row,
    Scale,
    Share,
    Value,
    none_row,
)
from benchmarks.faults.programs import careless, llmpath
from benchmarks.marked_text import RELIABILITY, read_marked
from benchmarks.reliability import NotRun, answer_of, measure, procedures, table
from tests.strategies import law

TINY = Scale(
    adds=1,
    kills=2,
    calls=6,
    flips=2,
    cuts=1,
    power_cuts=1,
    latest=8.0,
    full_disks=1,
    rounds=1,
    rounds_of_many=1,
    records=(300,),
)
THOROUGH = TINY._replace(adds=4, kills=10, calls=1, flips=60, cuts=20)
MORE = TINY._replace(kills=5, calls=1, flips=6, cuts=5)
MOST = MORE._replace(adds=3, kills=25, flips=20, cuts=20, power_cuts=2, full_disks=2)
ROUNDS = 30
"""What a kill hits is chance, and the slower the machine the less likely its pause."""


def values(
    procedure: Procedure, program: Program, folder: Path, scale: Scale
) -> dict[str, Value]:
    """Values by the name of their rows; skips what this machine cannot do."""
    try:
        found = procedure.measure(program, folder, scale)
    except NotRunError as error:
        pytest.skip(str(error))
    names = [row.name for row in procedure.rows]
    return dict(zip(names, found, strict=True))


def missed(procedure: Procedure, found: dict[str, Value]) -> list[str]:
    """Rows that are not what is to be reached."""
    rows = procedure.rows
    return [row.name for row in rows if not row.is_reached(found[row.name])]


EVERYWHERE = (AT_ONCE, KILLS, CALLS, FLIPS, CUTS)
NEEDS_ROOT = (POWER, FIRST_POWER, FULL_DISK)
LOST = {
    AT_ONCE.name: "8 writers at once: acknowledged adds that are there",
    KILLS.name: "`kill -9` at random: acknowledged adds lost",
    CALLS.name: "`kill -9` at each call that writes: acknowledged adds lost",
    FLIPS.name: "one bit flipped: an entry is another, and nothing says so",
    CUTS.name: "store cut off: the next add acknowledged and lost",
    POWER.name: "power cut: acknowledged adds lost",
    FIRST_POWER.name: "power cut in a new home: acknowledged adds lost",
    FULL_DISK.name: "disk full: store changed by a refused add",
}
"""The row of each procedure that a careless program does not reach."""


def some_and_all(
    procedures: Sequence[Procedure], some: Scale, most: Scale
) -> pytest.MarkDecorator:
    """Some of procedures in a plain run; more, and of all, in a thorough one."""
    thorough = pytest.mark.thorough
    return pytest.mark.parametrize(
        ("procedure", "scale"),
        [
            *(pytest.param(each, some, id=f"some {each.name}") for each in procedures),
            *(
                pytest.param(each, most, id=f"all {each.name}", marks=thorough)
                for each in (*EVERYWHERE, *NEEDS_ROOT)
            ),
        ],
    )


def name_of(procedure: Procedure) -> str:
    return procedure.name


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """llmpath; to find out what it is takes two starts of it."""
    return llmpath(tmp_path_factory.mktemp("ours"))


# llmpath, and the control


# What else kills and damages llmpath in a plain run lies in tests/faults.
@some_and_all((AT_ONCE, CALLS, CUTS), TINY, THOROUGH)
def test_llmpath_reaches_what_is_to_be_reached(
    procedure: Procedure, scale: Scale, ours: Program, tmp_path: Path
) -> None:
    found = values(procedure, ours, tmp_path, scale)

    assert missed(procedure, found) == []


def made(folder: Path) -> Path:
    """A folder, made if it is not there."""
    folder.mkdir(exist_ok=True)
    return folder


@some_and_all(EVERYWHERE, MORE, MOST)
def test_a_careless_program_is_caught(
    procedure: Procedure, scale: Scale, tmp_path: Path
) -> None:
    folders = (tmp_path / str(n) for n in range(ROUNDS))
    rounds = (values(procedure, careless(), made(each), scale) for each in folders)

    assert any(LOST[procedure.name] in missed(procedure, each) for each in rounds)


@pytest.mark.parametrize("procedure", [ADD, SYNCS, UNSYNCED], ids=name_of)
def test_an_add_has_a_cost(procedure: Procedure, tmp_path: Path) -> None:
    found = values(procedure, careless(), tmp_path, TINY)

    assert set(found) == {row.name for row in procedure.rows}


def test_llmpath_flushes_an_add_and_the_control_does_not(
    ours: Program, tmp_path: Path
) -> None:
    syncs = {}
    for program in (ours, careless()):
        found = values(SYNCS, program, tmp_path, TINY)
        syncs[program.name] = found["syncs in one add"]

    assert syncs["careless control"] == 0
    assert syncs["llmpath"] != 0


def test_each_number_of_records_has_its_rows(tmp_path: Path) -> None:
    few = TINY._replace(records=(200, 300))

    found = values(start_procedure(few.records), careless(), tmp_path, few)

    assert [name for name in found if name.endswith(" with 300 records, ms")] == [
        "daily listing with 300 records, ms",
        "one add with 300 records, ms",
        "the listing after it with 300 records, ms",
    ]


# Parts


STORE = b"".join(text_of(n).encode() + b"\n" for n in ENTRIES)


@law(st.integers(0, len(STORE)))
def test_an_entry_before_the_cut_is_whole_in_what_is_left(size: int) -> None:
    left = STORE[:size]

    before = entries_before(STORE, size)

    assert all(text_of(n).encode() in left for n in before)
    assert len(before) >= left.count(b"\n") - 1


def test_a_trial_begins_with_the_home_as_it_was(tmp_path: Path) -> None:
    def empty(one: FilledHome, _: int) -> int:
        before = one.home.store().stat().st_size
        one.home.store().write_bytes(b"")
        return before

    home = filled(careless(), tmp_path / "home")

    assert set(in_turns([home], empty, range(3))) == {len(home.whole)}


def test_a_home_that_hides_an_entry_is_not_measured(tmp_path: Path) -> None:
    forgetful = careless()._replace(parse=lambda found: found[1:])

    with pytest.raises(NotRunError, match="not kept"):
        filled(forgetful, tmp_path / "home")


def test_a_command_that_cannot_be_set_up_gives_its_reason(
    ours: Program, tmp_path: Path
) -> None:
    broken = ours._replace(setup=[["start", "--track", "nowhere"]])

    with pytest.raises(NotRunError, match="start --track nowhere: "):
        Home(broken, tmp_path / "home").make()


def test_calls_that_only_read_are_no_writes() -> None:
    assert not is_writing("openat", 'AT_FDCWD, "/home/a", O_RDONLY|O_CLOEXEC) = 3')
    assert is_writing("openat", 'AT_FDCWD, "/home/a", O_WRONLY|O_CREAT, 0600) = 3')
    assert is_writing("rename", '"/home/a", "/home/b") = 0')


def test_the_control_opens_and_writes_its_store(tmp_path: Path) -> None:
    home = Home(careless(), tmp_path / "home").make()
    try:
        calls = [name for name, _ in writing_calls(home, tmp_path / "trace")]
    except (NotRunError, FileNotFoundError) as error:
        pytest.skip(str(error))

    assert calls == ["openat", "write"]


# The table


def one_value(value: Value) -> Callable[[Program, Path, Scale], Sequence[Value]]:
    return lambda *_: [value]


def not_here(*_: object) -> Sequence[Value]:
    raise NotRunError("no loop device")


def test_the_table_says_why_something_was_not_run(tmp_path: Path) -> None:
    steps = [
        Procedure("first", [none_row("lost")], one_value(Share(0, 5))),
        Procedure("second", [Row("a"), Row("b")], not_here),
    ]
    programs = [Program("ours", "1.0"), Program("theirs", "", missing="no network")]

    lines = list(measure(programs, steps, tmp_path, TINY))

    assert list(table(programs, lines)) == [
        "| measure | to reach | ours 1.0 | reached | theirs |",
        "|---|---|---:|---|---:|",
        "| lost | 0 | 0 of 5 | yes | not run |",
        "| a |  | not run |  | not run |",
        "| b |  | not run |  | not run |",
        "",
        "Not run:",
        "",
        "- first, second; theirs: no network",
        "- second; ours: no loop device",
    ]


def test_a_loss_is_not_reached_and_nothing_measured_is_no_answer() -> None:
    row = none_row("lost")

    assert answer_of(row, Share(1, 5)) == "**no**"
    assert answer_of(row, NotRun("kills", "ours", "no strace")) == ""


def test_every_row_stands_in_the_document() -> None:
    document = read_marked(RELIABILITY, "reliability")

    for step in procedures(FULL):
        for row in step.rows:
            assert f"| {row.name} | {row.demand} |" in document
    assert f"Random kills: {FULL.kills}." in document


def test_the_document_shows_every_demand_reached() -> None:
    assert "**no**" not in read_marked(RELIABILITY, "reliability")


def test_the_full_counts_are_greater_than_the_small_ones() -> None:
    assert FULL.records == SMALL.records
    assert all(full >= small for full, small in zip(FULL[:-1], SMALL[:-1], strict=True))
