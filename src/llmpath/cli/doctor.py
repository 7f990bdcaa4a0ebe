"""`doctor`: whether the files and the installation are sound."""

from typing import Annotated

import typer

from llmpath import __version__
from llmpath.cli.checks import (
    DAMAGED,
    Found,
    check_archive,
    check_clock,
    check_flush,
    check_folder,
    check_journal,
    check_kept_fold,
    check_locks,
    check_missing,
    check_modes,
    check_newer,
    check_platform,
    check_python,
    check_settings,
    check_state,
    check_terminal,
    check_timer,
    failed,
)
from llmpath.cli.doctor_curricula import check_curricula, check_lessons
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer, warn
from llmpath.cli.present import find_present
from llmpath.cli.workspace import options_of
from llmpath.core.folding import fold
from llmpath.errors import LlmpathError
from llmpath.named_tuple import NamedTuple
from llmpath.report.data import doctor_document, doctor_sentences
from llmpath.report.phrases import counted
from llmpath.report.views.data import DamageView, DoctorView
from llmpath.storage.curricula import bundled_curriculum_path
from llmpath.storage.damage import Damage
from llmpath.storage.device import machine_id, read_device
from llmpath.storage.examination import examine
from llmpath.storage.journal import read_files
from llmpath.storage.paths import Places, find_places
from llmpath.storage.repairing import Repaired
from llmpath.storage.repairing import repair as repair_places
from llmpath.storage.settings import Looks, read_looks

PAST_REPAIR = (
    "What is lost here may be in another device's copy (llmpath sync) or in a backup "
    "(llmpath import FILE); if not: llmpath doctor --accept-loss"
)


def doctor(
    ctx: typer.Context,
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Restore what the second copy has.")
    ] = False,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss", help="Repair, and no longer warn of what stays lost."
        ),
    ] = False,
) -> None:
    """Check the files and the installation.

    Without an option nothing is written. With --repair, records that are gone from the
    journal are appended to this machine's file from the second copy in the state
    folder; damaged lines stay where they are.

    What neither copy has may be in another device's copy, which llmpath sync brings, or
    in a backup, from which llmpath import brings what is missing. With --accept-loss
    what is lost by now is listed as such, and is no longer a fault on this machine.

    Exit code 6 where something is lost or cannot be read, 5 where only config.toml has
    faults. What is advice alone changes no exit code, and neither does a damaged line
    by which nothing is lost.
    """
    options = options_of(ctx)
    places = find_places(options.home, machine_id())
    repaired = None
    if repair or accept_loss:
        repaired = repair_journal(options, places, accepts_loss=accept_loss)
    looks, faults = read_looks(places.config_file)
    examined = examine_journal(places, options)
    found = [
        check_python(),
        check_platform(),
        check_terminal(options, looks),
        check_settings(faults),
        check_folder("data", places.data),
        check_folder("state", places.state),
        check_modes((places.data, places.state)),
        *examined.found,
    ]
    view = doctor_view(places, found, examined, repaired)
    answer_doctor(options, looks, view)
    code = max(each.code for each in found)
    if any(each.is_open for each in examined.damaged):
        code = DAMAGED
    if code:
        # The report is the answer also where something is wrong, so that no error
        # line replaces it.
        raise typer.Exit(code)


def repair_journal(options: Options, places: Places, *, accepts_loss: bool) -> Repaired:
    """Restore what is gone, and warn of what could not be done."""
    repaired = repair_places(places, accepts_loss=accepts_loss)
    for text in repaired.warnings:
        warn(options, text)
    return repaired


class Examined(NamedTuple):
    """What was found in the journal, and in all that depends on it."""

    found: list[Found]
    damaged: tuple[Damage, ...]
    is_past_repair: bool = False


def examine_journal(places: Places, options: Options) -> Examined:
    """Read the journal, and check it with all that depends on it."""
    present = find_present(options.today)
    device = read_device(places)
    timer, timer_damage = check_timer(places, present)
    try:
        files = read_files(places, device)
        journal = files.journal
        examination = examine(places, journal)
    except LlmpathError as error:
        detail = "; ".join((error.message, *error.detail))
        unread = failed("journal", detail, DAMAGED)
        bundled, _ = check_curricula(places, fold(()))
        return Examined([unread, bundled, timer], timer_damage)
    progress = fold(journal.records)
    today = present.study_day(progress.settings.day_ends)
    damaged = examination.damaged
    curricula_found, curriculum = check_curricula(places, progress)
    found = [
        check_journal(journal, device),
        check_missing(journal, examination),
        check_archive(examination.archive, places.archive, damaged),
        check_state("marks", places.marks, damaged),
        check_state("device", places.state / "device.json", damaged),
        check_flush(places),
        check_locks(places),
        check_kept_fold(places, files, progress),
        check_newer(journal),
        check_clock(journal.records, today),
        curricula_found,
    ]
    if curriculum is not None:
        found.append(check_lessons(curriculum, progress, journal.records))
    return Examined(
        [*found, timer], (*damaged, *timer_damage), examination.is_past_repair
    )


def doctor_view(
    places: Places,
    found: list[Found],
    examined: Examined,
    repaired: Repaired | None,
) -> DoctorView:
    """The report."""
    return DoctorView(
        version=f"llmpath {__version__}",
        paths=(
            ("data", str(places.data)),
            ("journal", str(places.journal)),
            ("state", str(places.state)),
            ("config", str(places.config_file)),
            ("curriculum", str(bundled_curriculum_path())),
        ),
        checks=tuple(each.check for each in found),
        damaged=tuple(
            DamageView(
                str(each.file),
                each.line,
                each.byte,
                each.reason,
                each.is_whole,
                each.is_accepted,
            )
            for each in examined.damaged
        ),
        advice=PAST_REPAIR if examined.is_past_repair else None,
        said=() if repaired is None else repaired_sentences(repaired),
        restored=None if repaired is None else repaired.restored,
        copied=None if repaired is None else repaired.copied,
    )


def repaired_sentences(repaired: Repaired) -> tuple[str, ...]:
    """What a repair did."""
    told = []
    if repaired.restored:
        count = counted(repaired.restored, "record")
        told.append(f"Restored from the second copy: {count}.")
    if repaired.copied:
        told.append(f"Added to the second copy: {counted(repaired.copied, 'record')}.")
    return tuple(told) or ("Nothing was to be restored.",)


def answer_doctor(options: Options, looks: Looks, view: DoctorView) -> None:
    """Answer `doctor`."""
    answer(
        options,
        looks,
        Answer(view, lambda: doctor_document(view), lambda: doctor_sentences(view)),
    )
