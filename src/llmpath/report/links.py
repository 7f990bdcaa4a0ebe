"""`curriculum links`: what became of links, by what is to be done about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from llmpath.core.curriculum import curriculum_of, shown_id
from llmpath.core.link_judging import LinkStatus
from llmpath.report.parts import Document, schema, shown_ids
from llmpath.report.phrases import UNDO, counted, facts, listed, shown_list
from llmpath.report.views.links import CheckedLink, LinkReplacedView, LinksView

Group = tuple[str, Callable[[CheckedLink], bool]]


def _has(status: LinkStatus) -> Callable[[CheckedLink], bool]:
    return lambda each: each.finding.status is status


def is_elsewhere(checked: CheckedLink) -> bool:
    """Tell whether a link works and leads on from where it stands or has moved to."""
    found = checked.finding
    return found.status is LinkStatus.OK and found.redirect != found.moved


GROUPS: tuple[Group, ...] = (
    ("Dead", _has(LinkStatus.DEAD)),
    ("No answer", _has(LinkStatus.NO_ANSWER)),
    ("Refused to a program; look yourself", _has(LinkStatus.REFUSED)),
    ("Not asked", _has(LinkStatus.NOT_ASKED)),
    ("Moved for good", lambda each: each.finding.moved is not None),
    ("Leads elsewhere", is_elsewhere),
    ("Works with https as well", lambda each: each.finding.secure is not None),
)
"""What is told of single links, under a heading; a link may stand under several."""

COUNTED = (
    (LinkStatus.OK, "works", "work"),
    (LinkStatus.DEAD, "dead", "dead"),
    (LinkStatus.NO_ANSWER, "without an answer", "without an answer"),
    (LinkStatus.REFUSED, "refused to a program", "refused to a program"),
    (LinkStatus.NOT_ASKED, "not asked", "not asked"),
)


def links_document(view: LinksView) -> Document:
    """The document of `curriculum links`."""
    return {
        **schema("curriculum-links"),
        "curriculum": view.curriculum,
        "applied": False,
        "lessons": view.lessons,
        "faults": [],
        "changes": [],
        "links": [link_object(each) for each in view.checked],
        "total": view.total,
    }


def link_object(checked: CheckedLink) -> Document:
    """A link with what was found."""
    link, found = checked
    return {
        "url": link.url,
        "status": str(found.status),
        "code": found.code,
        "redirect": found.redirect,
        "ids": shown_ids(link.ids),
        "moved": found.moved,
        "secure": found.secure,
        "reason": found.reason,
        "alternative_of": shown_ids(link.alternative_of),
    }


def links_sentences(view: LinksView) -> list[str]:
    """How many links work, then each of which there is something to say."""
    return facts(
        summary_words(view),
        (
            f"{title}: {finding_words(each)}, {owners_words(each)}, link"
            f" {each.link.url}"
            for title, members in grouped(view)
            for each in members
        ),
        replace_hint(view),
    )


def summary_words(view: LinksView) -> str:
    """How many links were checked, and what became of them."""
    if not view.total:
        return "There are no links."
    counts = Counter(each.finding.status for each in view.checked)
    parts = [
        f"{counts[status]} {one if counts[status] == 1 else several}"
        for status, one, several in COUNTED
        if counts[status]
    ]
    found = f": {listed(parts)}" if parts else ""
    if len(view.checked) < view.total:
        return f"{len(view.checked)} of {counted(view.total, 'link')} checked{found}."
    return f"{counted(view.total, 'link')} checked{found}."


def grouped(view: LinksView) -> list[tuple[str, list[CheckedLink]]]:
    """The links of which there is something to say, under headings."""
    groups = [
        (title, [each for each in view.checked if is_of(each)])
        for title, is_of in GROUPS
    ]
    return [(title, members) for title, members in groups if members]


def finding_words(checked: CheckedLink) -> str:
    """What was found of a link, where something was."""
    found = checked.finding
    if found.status is not LinkStatus.OK:
        code = f" ({found.code})" if found.code else ""
        via = f", at {found.redirect}" if found.redirect else ""
        return f"{found.reason}{code}{via}"
    parts = (
        f"now at {found.moved}" if found.moved else "",
        f"leads to {found.redirect}" if is_elsewhere(checked) else "",
        f"also at {found.secure}" if found.secure else "",
    )
    return ", ".join(each for each in parts if each)


def owners_words(checked: CheckedLink) -> str:
    """What has a link."""
    link = checked.link
    parts = (
        f"of {shown_list(link.ids)}" if link.ids else "",
        f"instead of {shown_list(link.alternative_of)}" if link.alternative_of else "",
    )
    return " and ".join(each for each in parts if each)


def replaceable(view: LinksView) -> str | None:
    """The id of the first dead link that can be replaced, as it is typed."""
    ids = (
        each.link.ids[0]
        for each in view.checked
        if each.finding.status is LinkStatus.DEAD and each.link.ids
    )
    first = next(ids, None)
    return None if first is None else shown_id(first)


def replace_hint(view: LinksView) -> str | None:
    """How a dead link is replaced."""
    name = replaceable(view)
    return (
        name and f"To use another link: llmpath curriculum links --replace {name} URL"
    )


def replaced_document(view: LinkReplacedView) -> Document:
    """The document of `curriculum links --replace`."""
    return {
        **schema("curriculum-links-replace"),
        "curriculum": curriculum_of(view.id),
        "applied": view.event is not None,
        "lessons": 1 if "/" in view.id else 0,
        "faults": [],
        "changes": list(replaced_changes(view)),
        "event": view.event,
        "id": shown_id(view.id),
        "url": view.url,
        "before": view.before,
        "own_link": view.is_own,
        "same_link": shown_ids(view.others),
    }


def replaced_changes(view: LinkReplacedView) -> Sequence[str]:
    """The change, if there is one."""
    if view.event is None:
        return ()
    return (f"{shown_id(view.id)}: {view.before or 'no link'} to {view.url or 'none'}",)


def replaced_sentences(view: LinkReplacedView) -> list[str]:
    """What is the link from now on, and how to take that back."""
    return facts(
        replaced_words(view),
        f"Before: {view.before}" if view.event and view.before else None,
        others_words(view),
        f"Link: {view.url}" if view.url else None,
        UNDO if view.event else None,
    )


def others_words(view: LinkReplacedView) -> str | None:
    """What else has the link that was there before."""
    if not view.others:
        return None
    return f"The link before is also that of {shown_list(view.others)}"


def replaced_words(view: LinkReplacedView) -> str:
    """Whose link a module or lesson has now."""
    name = f"{view.title} ({shown_id(view.id)})"
    whose = "your own link" if view.is_own else "the curriculum's own link"
    if view.event is None:
        return f"{name} has {whose} already; nothing was written."
    if view.url is None:
        return f"{name} has no link again, as in the curriculum."
    return f"{name} has {whose} from now on."
