"""What each device has here and there, counted by the ids of its records."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from llmpath.core.devices import DeviceTally, compare_devices, tally_exchange
from llmpath.core.events import Record
from tests.builders import a_record

pool = [
    a_record(device=device, n=number, record_id=f"{device}-{number}-{copy}")
    for device in ("a", "b", "c")
    for number in (1, 2, 3)
    for copy in "xy"  # the same device on two machines
]
some = st.lists(st.sampled_from(pool), unique_by=lambda record: record.id)


@given(some, some)
def test_devices_are_compared_record_by_record(
    here: list[Record], there: list[Record]
) -> None:
    tallies = compare_devices(here, there)

    assert [each.device for each in tallies] == sorted(
        {each.device for each in (*here, *there)}
    )
    for each in tallies:
        ours = [record for record in here if record.device == each.device]
        theirs = [record for record in there if record.device == each.device]
        assert each == DeviceTally(
            device=each.device,
            events=len(ours),
            sent=0,
            received=0,
            here=max((record.n for record in ours), default=None),
            there=max((record.n for record in theirs), default=None),
            to_send=len([record for record in ours if record not in theirs]),
            to_receive=len([record for record in theirs if record not in ours]),
        )


@given(some, some, some)
def test_after_an_exchange_both_sides_are_the_same(
    here: list[Record], there: list[Record], received: list[Record]
) -> None:
    tallies = tally_exchange([*here], there, received)
    sent = Counter(each.device for each in here if each not in there)
    came = Counter(each.device for each in received)

    for each in tallies:
        assert (each.sent, each.received) == (sent[each.device], came[each.device])
        assert (each.to_send, each.to_receive) == (0, 0)
        assert each.here == each.there
