"""What each device wrote, here and on a remote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from llmpath.core.events import Record
from llmpath.named_tuple import NamedTuple


class DeviceTally(NamedTuple):
    """One device's records.

    Attributes:
        device: Its id.
        events: Records of it that are here.
        sent: Records of it that were sent.
        received: Records of it that were received.
        here: Number of its last record that is here; None where there is none.
        there: Number of its last record on the remote; None where there is none.
        to_send: Records of it that are only here.
        to_receive: Records of it that are only there.
    """

    device: str
    events: int
    sent: int
    received: int
    here: int | None
    there: int | None
    to_send: int
    to_receive: int


def compare_devices(
    here: Collection[Record], there: Collection[Record]
) -> tuple[DeviceTally, ...]:
    """Compare the records here with those on a remote, device by device, by name."""
    events = Counter(each.device for each in here)
    to_send, to_receive = count_missing(here, there), count_missing(there, here)
    last_here, last_there = last_numbers(here), last_numbers(there)
    return tuple(
        DeviceTally(
            device=device,
            events=events[device],
            sent=0,
            received=0,
            here=last_here.get(device),
            there=last_there.get(device),
            to_send=to_send[device],
            to_receive=to_receive[device],
        )
        for device in sorted({*last_here, *last_there})
    )


def tally_exchange(
    here: Collection[Record],
    there: Collection[Record],
    received: Iterable[Record],
) -> tuple[DeviceTally, ...]:
    """Tell what was exchanged, once both sides have the same.

    Args:
        there: What the remote had before.
        received: What came from the remote.
    """
    sent = count_missing(here, there)
    came = Counter(each.device for each in received)
    return tuple(
        each._replace(sent=sent[each.device], received=came[each.device])
        for each in compare_devices(here, here)
    )


def count_missing(records: Iterable[Record], others: Iterable[Record]) -> Counter[str]:
    """Count, by device, the records that are not among the others."""
    known = {each.id for each in others}
    return Counter(each.device for each in records if each.id not in known)


def last_numbers(records: Iterable[Record]) -> dict[str, int]:
    """The number of each device's last record."""
    last: dict[str, int] = {}
    for each in records:
        last[each.device] = max(each.n, last.get(each.device, 0))
    return last
