"""`curriculum`: other curricula than the one that the program ships."""

from typing import Annotated

import typer

from llmpath.cli.given_file import read_given_file
from llmpath.cli.lazy import make_app
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer
from llmpath.cli.workspace import options_of
from llmpath.errors import Fault, RefusedInputError
from llmpath.report.data import import_document, import_sentences
from llmpath.report.phrases import counted, listed
from llmpath.report.views.data import ImportView
from llmpath.storage.curricula import parse_curriculum
from llmpath.storage.curriculum_json import FILE_LIMIT
from llmpath.storage.device import machine_id
from llmpath.storage.paths import find_places
from llmpath.storage.settings import read_looks

app = make_app(help="Check a curriculum's file.", no_args_is_help=True)


@app.callback()
def curriculum() -> None:
    """Work with curricula of your own."""


@app.command("check")
def check(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A curriculum; - is stdin.")
    ],
) -> None:
    """List everything that is wrong with a file.

    Exit code 5 where something is. With --json the faults are on stdout.

    Example: llmpath curriculum check mine.json
    """
    # The one door to pydantic: 55 ms, paid by no other command.
    from llmpath.storage.curriculum_file import check_curriculum  # noqa: PLC0415

    options = options_of(ctx)
    checked = check_curriculum(read_given_file(file, FILE_LIMIT), file)
    if checked.text is None:
        # A failure leaves stdout empty elsewhere. Here the faults are what was asked
        # for, and a build wants them as JSON.
        if options.json:
            answer_check(options, empty_view(), checked.faults)
        raise RefusedInputError(
            f"{file} has {counted(len(checked.faults), 'fault')}", checked.faults
        )
    answer_check(options, checked_view(file, checked.text), ())


def empty_view() -> ImportView:
    """The answer on a file that is no curriculum."""
    return ImportView("curriculum-check", None, False, 0, (), ())  # noqa: FBT003 - a value


def checked_view(file: str, text: str) -> ImportView:
    """The answer on a curriculum without faults."""
    found = parse_curriculum(text)
    lessons = len(found.lessons)
    parts = (
        counted(len(found.tracks), "track"),
        counted(len(found.modules), "module"),
        counted(lessons, "lesson"),
    )
    what = f"{found.title}, edition {found.edition}: {listed(parts)}."
    return empty_view()._replace(
        curriculum=found.id, lessons=lessons, said=(f"{file} is in order.", what)
    )


def answer_check(options: Options, view: ImportView, faults: tuple[Fault, ...]) -> None:
    """Answer `curriculum check`; it needs the looks, and nothing of the journal."""
    places = find_places(options.home, machine_id())
    looks, _ = read_looks(places.config_file)
    objects = [fault._asdict() for fault in faults]
    answer(
        options,
        looks,
        Answer(
            view,
            lambda: {**import_document(view), "faults": objects},
            lambda: import_sentences(view),
        ),
    )
