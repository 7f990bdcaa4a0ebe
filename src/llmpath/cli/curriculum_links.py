"""`curriculum links`: whether links still work, and another one for a dead one."""

from collections.abc import Iterable
from typing import Annotated

import typer

from llmpath.cli.counts import count_up_to
from llmpath.cli.look import known_track
from llmpath.cli.output import Answer, progress
from llmpath.cli.resolve import find_one
from llmpath.cli.session import writing
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.addresses import bare_address
from llmpath.core.curriculum import Curriculum, Module, curriculum_of, make_route
from llmpath.core.events import LinkReplaced
from llmpath.core.link_judging import Finding, LinkStatus
from llmpath.core.links import Link, collect_links
from llmpath.core.text import URL_LIMIT, clean, safe_url
from llmpath.errors import LlmpathError, StoppedError, UsageError
from llmpath.report.links import (
    links_document,
    links_sentences,
    replaced_document,
    replaced_sentences,
)
from llmpath.report.views.links import CheckedLink, LinkReplacedView, LinksView

OWN = "none"
"""In place of a link: that of the curriculum again."""

UNSAFE = Finding(LinkStatus.NOT_ASKED, reason="it is no safe web address")
UNANSWERED = frozenset([LinkStatus.NO_ANSWER, LinkStatus.NOT_ASKED])


def check_or_replace_links(
    ctx: typer.Context,
    *,
    track: Annotated[
        list[str] | None,
        typer.Option("--track", metavar="ID", help="Of this track; repeatable."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            parser=count_up_to(None, such_as="llmpath curriculum links --limit 20"),
            help="The first N links only.",
        ),
    ] = None,
    replace: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--replace",
            metavar="ID URL",
            help="Use another link; none gives the own one back.",
        ),
    ] = None,
) -> None:
    """Check whether links still work, or use another one.

    Asks for the links of the active tracks, or of all if none is active: two at a time
    of one server, with half a second in between. Addresses in your own network are not
    asked for. Exit code 1 where a link is dead or no server answers.

    Example: llmpath curriculum links --replace rlhf-post https://example.org/copy
    """
    if replace is None:
        check(load(options_of(ctx)), track or [], limit)
        return
    if track or limit is not None:
        raise UsageError(
            "--replace goes with neither --track nor --limit",
            remedy="llmpath curriculum links --replace ID URL",
        )
    replace_link(ctx, *replace)


def check(workspace: Workspace, tracks: list[str], limit: int | None) -> None:
    """Check links and answer.

    Raises:
        StoppedError: The keyboard stopped it, after what was found was told.
        LlmpathError: No server answered.
        typer.Exit: A link is dead.
    """
    modules = modules_of(workspace, tracks)
    all_links = collect_links(modules)
    found, is_stopped = findings(workspace, all_links[:limit])
    curricula = {curriculum_of(each.id) for each in modules}
    view = LinksView(
        curriculum=curricula.pop() if len(curricula) == 1 else None,
        lessons=sum(len(each.lessons) for each in modules),
        total=len(all_links),
        checked=tuple(
            CheckedLink(each, found[each.url])
            for each in all_links
            if each.url in found
        ),
    )
    workspace.answer(
        Answer(view, lambda: links_document(view), lambda: links_sentences(view))
    )
    if is_stopped:
        raise StoppedError(f"interrupted; {len(found)} of {len(all_links)} checked")
    conclude(found.values())


def conclude(found: Iterable[Finding]) -> None:
    """End with the exit code that the findings ask for.

    Raises:
        LlmpathError: No server answered.
        typer.Exit: A link is dead.
    """
    statuses = {each.status for each in found}
    if LinkStatus.NO_ANSWER in statuses and statuses <= UNANSWERED:
        raise LlmpathError(
            "no server answered", remedy="see whether this machine is online"
        )
    if LinkStatus.DEAD in statuses:
        # What was found is the answer, so that no error line replaces it.
        raise typer.Exit(1)


def modules_of(workspace: Workspace, tracks: list[str]) -> list[Module]:
    """The modules of tracks that were named, else of the active ones, else all."""
    curriculum, route = workspace.curriculum, workspace.situation.route
    if tracks:
        named_tracks = [known_track(workspace, each).id for each in tracks]
        route = make_route(curriculum, named_tracks)
    if not route.tracks:
        return list(curriculum.modules.values())
    return [each.module for each in route.modules.values()]


def findings(
    workspace: Workspace, wanted: tuple[Link, ...]
) -> tuple[dict[str, Finding], bool]:
    """What became of links, and whether the keyboard stopped it."""
    # 30 ms with what speaks HTTP, paid only to check.
    from llmpath.exchange.link_checking import check_links, web_asker  # noqa: PLC0415

    found = {each.url: UNSAFE for each in wanted if not each.is_safe}
    urls = [each.url for each in wanted if each.is_safe]
    options = workspace.options
    try:
        with progress(options, workspace.looks, len(wanted), "links") as show:
            for url, finding in check_links(urls, web_asker()):
                found[url] = finding
                show(len(found))
    except KeyboardInterrupt:
        return found, True
    return found, False


def replace_link(ctx: typer.Context, text: str, url: str) -> None:
    """Use another link for a module or lesson, or its own one again."""
    wanted = None if url.lower() == OWN else web_address(url)
    with writing(options_of(ctx)) as session:
        workspace = session.workspace
        thing = find_one(workspace, text, writes=True).thing
        own = workspace.situation.progress.links.get(thing.id)
        view = LinkReplacedView(
            None, thing.id, thing.title, thing.url, thing.url, own is not None
        )
        if wanted != own:
            saved = session.save(LinkReplaced(thing.id, wanted))
            after = saved.situation.curriculum
            changed = after.lessons.get(thing.id) or after.modules[thing.id]
            view = view._replace(
                event=saved.event,
                url=changed.url,
                is_own=wanted is not None,
                others=holders(after, thing.url),
            )
        workspace.answer(
            Answer(
                view,
                lambda: replaced_document(view),
                lambda: replaced_sentences(view),
                is_confirmation=True,
            )
        )


def holders(curriculum: Curriculum, url: str | None) -> tuple[str, ...]:
    """What has a link, be it with another time mark."""
    address = None if url is None else bare_address(url)
    found = collect_links(curriculum.modules.values()) if address else ()
    return next((each.ids for each in found if each.url == address), ())


def web_address(url: str) -> str:
    """A link as it is kept.

    Raises:
        UsageError: It is no safe web address.
    """
    address = safe_url(url)
    if address is None:
        raise UsageError(
            f"'{clean(url, URL_LIMIT)}' is no web address",
            remedy="llmpath curriculum links --replace ID https://...",
        )
    return address
