from __future__ import annotations

from llmpath.core.link_judging import LinkStatus
from llmpath.report.links import (
    links_document,
    links_sentences,
    replaced_document,
    replaced_sentences,
)
from llmpath.report.plain import plain_report
from tests.report.example_views import LINKS, REPLACED

GONE = LINKS.checked[1]


def test_links_are_said_by_what_is_to_be_done_about_them() -> None:
    site = "https://example.org"
    new = "https://www.example.org/new"
    assert links_sentences(LINKS) == [
        (
            "8 of 9 links checked: 4 work, 1 dead, 1 without an answer,"
            " 1 refused to a program and 1 not asked."
        ),
        f"Dead: gone (410), of attention/heads and tuning, link {site}/gone",
        f"No answer: example.org does not answer in time, of tuning, link {site}/hangs",
        (
            "Refused to a program; look yourself: it is refused to a program (403),"
            f" of attention/heads, link {site}/shy"
        ),
        (
            "Not asked: localhost is this machine or in its own network, of tuning,"
            f" link {site}/inside"
        ),
        f"Moved for good: now at {new}, of attention/heads, link {site}/old",
        f"Leads elsewhere: leads to {new}, instead of attention, link {site}/elsewhere",
        (
            f"Works with https as well: also at {new}, of attention/scores,"
            f" link {site}/plain"
        ),
        "To use another link: llmpath curriculum links --replace attention/heads URL",
    ]


def test_where_all_is_well_there_is_one_sentence() -> None:
    fine = LINKS._replace(total=1, checked=LINKS.checked[:1])
    assert links_sentences(fine) == ["1 link checked: 1 works."]
    assert links_sentences(LINKS._replace(total=0, checked=())) == [
        "There are no links."
    ]


def test_a_dead_alternative_cannot_be_replaced() -> None:
    link = GONE.link._replace(ids=(), alternative_of=("llmpath:tuning",))
    view = LINKS._replace(total=1, checked=(GONE._replace(link=link),))
    assert not [each for each in links_sentences(view) if "--replace" in each]


def test_a_link_is_a_line_for_scripts() -> None:
    lines = [line.split("\t") for line in plain_report(links_document(LINKS))]
    assert [line[1] for line in lines] == [
        *("ok", "dead", "no_answer", "refused", "not_asked", "ok", "ok", "ok")
    ]
    assert lines[1] == [
        *("https://example.org/gone", "dead", "410", "", "attention/heads,tuning"),
        *("", "", "gone", ""),
    ]


def test_the_document_counts_what_was_not_checked_too() -> None:
    document = links_document(LINKS)
    assert (document["total"], document["applied"]) == (9, False)
    assert document["changes"] == document["faults"] == []
    statuses = {str(each) for each in LinkStatus}
    assert {each.finding.status for each in LINKS.checked} == statuses


def test_another_link_is_a_change() -> None:
    before, after = "https://example.org/gone", "https://example.org/heads"
    assert replaced_document(REPLACED) == {
        "schema": "llmpath/curriculum-links-replace/1",
        "curriculum": "llmpath",
        "applied": True,
        "lessons": 1,
        "faults": [],
        "changes": [f"attention/heads: {before} to {after}"],
        "event": REPLACED.event,
        "id": "attention/heads",
        "url": after,
        "before": before,
        "own_link": True,
        "same_link": [],
    }
    unchanged = replaced_document(REPLACED._replace(event=None))
    assert (unchanged["applied"], unchanged["changes"]) == (False, [])


def test_what_else_has_the_link_before_is_told() -> None:
    others = ("llmpath:attention", "own:first/one")
    shared = REPLACED._replace(others=others)
    assert replaced_document(shared)["same_link"] == ["attention", "own:first/one"]
    assert (
        "The link before is also that of attention and own:first/one"
        in replaced_sentences(shared)
    )


def test_whose_link_it_is_now_is_said() -> None:
    first, *_ = replaced_sentences(REPLACED)
    assert first == "Heads (attention/heads) has your own link from now on."
    back = REPLACED._replace(is_own=False)
    first, *_ = replaced_sentences(back)
    assert first.endswith("has the curriculum's own link from now on.")
    first, *_ = replaced_sentences(back._replace(url=None))
    assert first.endswith("has no link again, as in the curriculum.")
    assert replaced_sentences(REPLACED._replace(event=None)) == [
        "Heads (attention/heads) has your own link already; nothing was written.",
        "Link: https://example.org/heads",
    ]
