"""`sync`: the same journal on several machines, over one's own git remote."""

from collections.abc import Callable
from typing import Annotated

import typer

from llmpath.cli.lazy import make_app
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer, say
from llmpath.cli.workspace import options_of, warn_of_damage
from llmpath.core.devices import compare_devices, tally_exchange
from llmpath.errors import StoppedError, UsageError
from llmpath.report.sync import sync_document, sync_sentences
from llmpath.report.views.sync import SyncView
from llmpath.storage.device import machine_id, read_device
from llmpath.storage.journal import read_files
from llmpath.storage.kept_fold import fold_files
from llmpath.storage.paths import Places, find_places
from llmpath.storage.remote_url import checked_url
from llmpath.storage.settings import read_looks
from llmpath.storage.sync import Synced, compare, init_sync, sync

app = make_app(invoke_without_command=True)


@app.callback()
def synchronise(
    ctx: typer.Context,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Say what differs; change nothing.")
    ] = False,
) -> None:
    """Share the journal through a git remote.

    Commits what was written here, fetches and joins what other machines sent, and
    pushes. Nothing that is on either side is lost. Needs git. With --check the exit
    code is 1 where the two sides differ.

    Begin with: llmpath sync init URL
    """
    options = options_of(ctx)
    if ctx.invoked_subcommand is not None:
        if check:
            raise UsageError("--check goes with sync alone", remedy="llmpath sync")
        return
    if not check:
        answer_sync(options, "sync", sync)
    elif not answer_sync(options, "sync-check", compare):
        # The comparison is the answer also where something differs, so that no error
        # line replaces it.
        raise typer.Exit(1)


@app.command("init")
def init(
    ctx: typer.Context,
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL", help="https://, ssh://, user@host:path or a path."
        ),
    ],
) -> None:
    """Share the journal through this remote from now on.

    It is an empty git repository of your own, or the one that another machine of yours
    uses already. What both have is joined.

    Example: llmpath sync init git@example.org:me/study.git
    """
    address = checked_url(url)
    answer_sync(options_of(ctx), "sync-init", lambda places: init_sync(places, address))


def answer_sync(
    options: Options, command: str, work: Callable[[Places], Synced]
) -> bool:
    """Do the work and answer; tell whether both sides have the same then."""
    places = find_places(options.home, machine_id())
    looks, _ = read_looks(places.config_file)
    if options.verbose:
        say(options, f"repository: {places.data}")
    try:
        synced = work(places)
    except KeyboardInterrupt:
        raise StoppedError(
            "interrupted; what was received so far stays", remedy="llmpath sync"
        ) from None
    files = read_files(places, read_device(places))
    warn_of_damage(options, files, fold_files(places.state, files))
    view = sync_view(command, synced)
    answer(
        options,
        looks,
        Answer(
            view,
            lambda: sync_document(view),
            lambda: sync_sentences(view),
            is_confirmation=command != "sync-check",
        ),
    )
    return view.is_same


def sync_view(command: str, synced: Synced) -> SyncView:
    """What happened, by device."""
    devices = (
        compare_devices(synced.here, synced.there)
        if command == "sync-check"
        else tally_exchange(synced.here, synced.there, synced.received)
    )
    return SyncView(
        command=command,
        remote=synced.remote,
        branch=synced.branch,
        devices=devices,
        restored=len(synced.restored),
        files=synced.files,
        aside=synced.aside,
    )
