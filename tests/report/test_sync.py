from __future__ import annotations

from llmpath.report.plain import plain_report
from llmpath.report.sync import sync_document, sync_sentences
from tests.report.example_views import AGREED, DIFFERING, EXCHANGED
from tests.report.examples import as_text


def test_the_document_has_the_sums_and_each_device() -> None:
    assert as_text(sync_document(DIFFERING)) == as_text(
        {
            "schema": "llmpath/sync-check/1",
            "ok": False,
            "sent": 0,
            "received": 0,
            "devices": [
                {
                    "device": "desk-0042",
                    "events": 0,
                    "sent": 0,
                    "received": 0,
                    "here": None,
                    "there": 1,
                    "to_send": 0,
                    "to_receive": 1,
                },
                {
                    "device": "laptop-7f3a",
                    "events": 41,
                    "sent": 0,
                    "received": 0,
                    "here": 41,
                    "there": None,
                    "to_send": 41,
                    "to_receive": 0,
                },
                {
                    "device": "phone-c01d",
                    "events": 12,
                    "sent": 0,
                    "received": 0,
                    "here": 12,
                    "there": 14,
                    "to_send": 0,
                    "to_receive": 2,
                },
            ],
            "remote": "git@example.org:me/study.git",
            "branch": "main",
            "to_send": 41,
            "to_receive": 3,
            "restored": 0,
            "files": ["curricula/own.json"],
            "aside": [],
        }
    )


def test_lines_for_scripts_are_the_exchange_then_each_device() -> None:
    assert plain_report(sync_document(EXCHANGED)) == [
        (
            "true\t5\t3\tdesk-0042,laptop-7f3a,phone-c01d\tgit@example.org:me/study.git\tmain"
            "\t0\t0\t2\tcurricula/own.json,curricula/own.json.conflict-0a1b2c3d"
            "\tcurricula/own.json.conflict-0a1b2c3d"
        ),
        "desk-0042\t3\t0\t1\t3\t3\t0\t0",
        "laptop-7f3a\t41\t5\t0\t41\t41\t0\t0",
        "phone-c01d\t12\t0\t2\t12\t12\t0\t0",
    ]


def test_sentences_tell_what_came_and_went_and_of_which_devices() -> None:
    assert sync_sentences(EXCHANGED) == [
        "Received: 1 record of desk-0042 and 2 of phone-c01d.",
        "Sent: 5 records of laptop-7f3a.",
        "Put back: 2 records that were gone from the data folder.",
        "Changed here: curricula/own.json.",
        (
            "Both sides changed curricula/own.json; the other version is kept as"
            " curricula/own.json.conflict-0a1b2c3d."
        ),
        "desk-0042: 3 records",
        "laptop-7f3a: 41 records",
        "phone-c01d: 12 records",
        "Remote: git@example.org:me/study.git, branch main",
    ]
    assert sync_sentences(AGREED)[0] == "Nothing was to be sent or received."


def test_the_first_exchange_says_how_to_go_on() -> None:
    view = EXCHANGED._replace(command="sync-init")

    assert sync_sentences(view)[0] == (
        "Synchronised with git@example.org:me/study.git from now on: llmpath sync."
    )


def test_a_comparison_says_what_differs_and_the_last_record_on_either_side() -> None:
    assert sync_sentences(DIFFERING) == [
        "To send: 41 records of laptop-7f3a.",
        "To receive: 1 record of desk-0042 and 2 of phone-c01d.",
        "Not the same here and there: curricula/own.json.",
        "desk-0042: nothing here, up to record 1 there",
        "laptop-7f3a: up to record 41 here, nothing there",
        "phone-c01d: up to record 12 here, up to record 14 there",
        "Remote: git@example.org:me/study.git, branch main",
    ]
    same = AGREED._replace(command="sync-check")
    assert sync_sentences(same)[0] == "Here and on the remote is the same."


def test_a_curriculum_alone_makes_the_two_sides_differ_in_a_comparison_only() -> None:
    check = AGREED._replace(command="sync-check", files=("curricula/own.json",))

    assert not check.is_same
    assert check._replace(command="sync").is_same
    assert sync_sentences(check)[0] == (
        "Not the same here and there: curricula/own.json."
    )
