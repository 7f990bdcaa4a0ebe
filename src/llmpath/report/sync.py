"""`sync`: what was exchanged with the remote, or differs from it."""

from __future__ import annotations

from collections.abc import Iterator

from llmpath.core.devices import DeviceTally
from llmpath.report.parts import Document, schema
from llmpath.report.phrases import counted, facts, listed
from llmpath.report.views.sync import SyncView


def sync_document(view: SyncView) -> Document:
    """The document of `sync`, `sync --check` and `sync init`."""
    return {
        **schema(view.command),
        "ok": view.is_same,
        "sent": sum(each.sent for each in view.devices),
        "received": sum(each.received for each in view.devices),
        "devices": [each._asdict() for each in view.devices],
        "remote": view.remote,
        "branch": view.branch,
        "to_send": sum(each.to_send for each in view.devices),
        "to_receive": sum(each.to_receive for each in view.devices),
        "restored": view.restored,
        "files": list(view.files),
        "aside": list(view.aside),
    }


def sync_sentences(view: SyncView) -> list[str]:
    """What happened or differs, then each device."""
    return facts(
        happened(view),
        (device_fact(each, view.command) for each in view.devices),
        f"Remote: {view.remote}, branch {view.branch}",
    )


def happened(view: SyncView) -> list[str]:
    """Sentences on what was exchanged, or what differs."""
    if view.command == "sync-check":
        return list(differences(view))
    exchanged = [
        *exchange_fact("Received", {e.device: e.received for e in view.devices}),
        *exchange_fact("Sent", {e.device: e.sent for e in view.devices}),
    ]
    told = [*exchanged, *other_changes(view)]
    told = told or ["Nothing was to be sent or received."]
    if view.command == "sync-init":
        told.insert(0, f"Synchronised with {view.remote} from now on: llmpath sync.")
    return told


def differences(view: SyncView) -> Iterator[str]:
    """What `sync` would send and receive."""
    if view.is_same:
        yield "Here and on the remote is the same."
        return
    yield from exchange_fact("To send", {e.device: e.to_send for e in view.devices})
    received = {e.device: e.to_receive for e in view.devices}
    yield from exchange_fact("To receive", received)
    if view.files:
        yield f"Not the same here and there: {listed(view.files)}."


def exchange_fact(what: str, counts: dict[str, int]) -> Iterator[str]:
    """How many records went one way, and of which devices; nothing where none did."""
    some = [(count, device) for device, count in counts.items() if count]
    if some:
        (first, device), *rest = some
        parts = [f"{counted(first, 'record')} of {device}"]
        parts += [f"{count} of {each}" for count, each in rest]
        yield f"{what}: {listed(parts)}."


def other_changes(view: SyncView) -> Iterator[str]:
    """What changed here beside the records that came from the remote."""
    if view.restored:
        records = counted(view.restored, "record")
        yield f"Put back: {records} that were gone from the data folder."
    written = [each for each in view.files if each not in view.aside]
    if written:
        yield f"Changed here: {listed(written)}."
    for each in view.aside:
        name = each.partition(".conflict-")[0]
        yield f"Both sides changed {name}; the other version is kept as {each}."


def device_fact(tally: DeviceTally, command: str) -> str:
    """What one device wrote."""
    if command == "sync-check":
        here, there = last_words(tally.here), last_words(tally.there)
        return f"{tally.device}: {here} here, {there} there"
    return f"{tally.device}: {counted(tally.events, 'record')}"


def last_words(number: int | None) -> str:
    """The number of a device's last record, in words."""
    return "nothing" if number is None else f"up to record {number}"
