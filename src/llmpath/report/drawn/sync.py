"""`sync`: sentences, and a table of the devices."""

from __future__ import annotations

from rich.text import Text

from llmpath.core.devices import DeviceTally
from llmpath.report.drawn.layout import facts, sections, words
from llmpath.report.drawn.look import Look
from llmpath.report.drawn.pieces import command, said_lines
from llmpath.report.drawn.tables import FIXED, table
from llmpath.report.drawn.theme import Role
from llmpath.report.phrases import counted
from llmpath.report.sync import happened
from llmpath.report.views.sync import SyncView


def sync_lines(view: SyncView, look: Look) -> list[Text]:
    """What happened or differs, each device, the remote."""
    is_check = view.command == "sync-check"
    rows = [device_cells(each, is_check=is_check) for each in view.devices]
    exchange = command("llmpath sync") if is_check and not view.is_same else Text()
    return sections(
        said_lines(happened(view), look),
        table(rows, (FIXED, FIXED, FIXED), look.width, look.glyphs),
        facts(
            [
                ("remote", words((view.remote, Role.LINK))),
                ("branch", words(view.branch)),
                ("exchange", exchange),
            ],
            look.width,
        ),
    )


def device_cells(tally: DeviceTally, *, is_check: bool) -> tuple[Text, Text, Text]:
    """A device, and what of it is here and there, or was exchanged."""
    device = words((tally.device, Role.ID))
    if is_check:
        return (
            device,
            number_text("here", tally.here),
            number_text("there", tally.there),
        )
    exchanged = [
        f"{count} {word}"
        for count, word in ((tally.sent, "sent"), (tally.received, "received"))
        if count
    ]
    records = words(counted(tally.events, "record"))
    return device, records, words((", ".join(exchanged), Role.LATER))


def number_text(where: str, number: int | None) -> Text:
    """The number of a device's last record on one side."""
    return words(f"{where} {'none' if number is None else number}")
