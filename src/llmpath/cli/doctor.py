"""`doctor`: whether the files and the installation are sound."""

import typer

from llmpath import __version__
from llmpath.cli.checks import (
    DAMAGED,
    Found,
    check_clock,
    check_curriculum,
    check_folder,
    check_journal,
    check_kept_fold,
    check_lessons,
    check_missing,
    check_modes,
    check_newer,
    check_platform,
    check_python,
    check_settings,
    check_terminal,
    check_timer,
    failed,
)
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer
from llmpath.cli.present import find_present
from llmpath.cli.workspace import options_of
from llmpath.core.folding import fold
from llmpath.errors import LlmpathError
from llmpath.report.data import doctor_document, doctor_sentences
from llmpath.report.views.data import DamageView, DoctorView
from llmpath.storage.curricula import bundled_curriculum_path
from llmpath.storage.device import Device, machine_id, read_device
from llmpath.storage.journal import Journal, read_files
from llmpath.storage.paths import Places, find_places
from llmpath.storage.settings import Looks, read_looks


def doctor(ctx: typer.Context) -> None:
    """Check the files and the installation.

    Nothing is written. Exit code 6 where something is damaged, 5 where only config.toml
    has faults. What is advice alone changes no exit code.
    """
    options = options_of(ctx)
    places = find_places(options.home, machine_id())
    looks, faults = read_looks(places.config_file)
    device = read_device(places)
    journal, found = examine_journal(places, device, options)
    found = [
        check_python(),
        check_platform(),
        check_terminal(options, looks),
        check_settings(faults),
        check_folder("data", places.data),
        check_folder("state", places.state),
        check_modes((places.data, places.state)),
        *found,
    ]
    view = doctor_view(places, found, journal)
    answer_doctor(options, looks, view)
    code = DAMAGED if view.damaged else max(each.code for each in found)
    if code:
        # The report is the answer also where something is wrong, so that no error
        # line replaces it.
        raise typer.Exit(code)


def examine_journal(
    places: Places, device: Device | None, options: Options
) -> tuple[Journal, list[Found]]:
    """Read the journal, and check it with all that depends on it."""
    present = find_present(options.today)
    curriculum_found, curriculum = check_curriculum()
    timer = check_timer(places, present.now)
    try:
        files = read_files(places, device)
    except LlmpathError as error:
        detail = "; ".join((error.message, *error.detail))
        unread = failed("journal", detail, DAMAGED)
        return Journal((), (), 0, 0, ()), [unread, curriculum_found, timer]
    journal = files.journal
    progress = fold(journal.records)
    today = present.study_day(progress.settings.day_ends)
    found = [
        check_journal(journal, device),
        check_missing(journal),
        check_kept_fold(places, files, progress),
        check_newer(journal),
        check_clock(journal.records, today),
        curriculum_found,
    ]
    if curriculum is not None:
        found.append(check_lessons(curriculum, progress))
    return journal, [*found, timer]


def doctor_view(places: Places, found: list[Found], journal: Journal) -> DoctorView:
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
            DamageView(str(each.file), each.line, each.byte, each.reason)
            for each in journal.damaged
        ),
    )


def answer_doctor(options: Options, looks: Looks, view: DoctorView) -> None:
    """Answer `doctor`."""
    answer(
        options,
        looks,
        Answer(view, lambda: doctor_document(view), lambda: doctor_sentences(view)),
    )
