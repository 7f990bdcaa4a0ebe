"""`open`: a lesson's link in the browser."""

import os
import sys
from typing import Annotated

import typer

from llmpath.cli.options import Options, is_terminal
from llmpath.cli.output import Answer, is_record, say, warn
from llmpath.cli.resolve import find_one, first_lesson
from llmpath.cli.workspace import load, options_of
from llmpath.core.curriculum import Lesson, Module, shown_id
from llmpath.core.text import safe_url
from llmpath.errors import LlmpathError
from llmpath.report.timer import open_document, open_sentences
from llmpath.report.views.changes import OpenView


def open_link(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Module or lesson.")
    ] = None,
) -> None:
    """Open a lesson's link in the browser.

    The link is printed as well. Without ID: the first lesson of `llmpath next`. Exit
    code 1 where there is no link.
    """
    workspace = load(options_of(ctx))
    if text is None:
        thing: Lesson | Module = first_lesson(workspace, "open").lesson
    else:
        thing = find_one(workspace, text).thing
    if thing.url is None:
        raise LlmpathError(
            f"{shown_id(thing.id)} has no link",
            remedy=f"llmpath show {shown_id(thing.id)}",
        )
    view = OpenView(thing.id, safe_url(thing.url) or thing.url, None)
    # A browser may take the screen: to a person the link is shown before.
    comes_after = is_record(workspace.options, workspace.looks)
    if comes_after:
        view = view._replace(is_opened=browse(workspace.options, thing.url))
    workspace.answer(
        Answer(view, lambda: open_document(view), lambda: open_sentences(view))
    )
    if not comes_after:
        browse(workspace.options, thing.url)


def browse(options: Options, url: str) -> bool:
    """Hand a link to the browser; only http and https, and only a safe one.

    A browser that draws in the terminal is used where stdout is one.
    """
    address = safe_url(url)
    if address is None:
        warn(options, "this link is not opened: it is no safe http address")
        return False
    import webbrowser  # noqa: PLC0415 - 6 ms, only to open

    try:
        browser = webbrowser.get()
        needs_terminal = type(browser) is webbrowser.GenericBrowser
        if needs_terminal and not (
            is_terminal(sys.stdout) or os.environ.get("BROWSER")
        ):
            opened = False
        else:
            opened = browser.open(address)
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        say(options, "note: no browser was found; open the link yourself")
    return opened
