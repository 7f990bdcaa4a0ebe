"""Every view that can be drawn, with what a learner of the course would see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from llmpath.core.progress import Note
from llmpath.core.searching import Hit, search
from llmpath.core.summary import summarize_track
from llmpath.core.undoing import HistoryEntry, StillDone
from llmpath.report.views.changes import (
    ChangeView,
    HistoryView,
    NotesView,
    OpenView,
    TimerView,
    UndoView,
)
from llmpath.report.views.contents import ListView, SearchView, ShowTrackView
from llmpath.report.views.curricula import CurriculaView
from llmpath.report.views.data import (
    Check,
    ConfigView,
    DamageView,
    DoctorView,
    ExportView,
    ImportView,
    Setting,
)
from llmpath.report.views.links import CheckedLink
from llmpath.report.views.next import NextView
from llmpath.report.views.planning import Dates, HoursView, TargetView
from llmpath.report.views.progress import StatusView, TracksView
from tests.builders import TODAY
from tests.report.course import (
    CURRICULUM,
    FIRST_WEEK,
    GPT,
    LONG,
    POST,
    RLHF,
    SEQUENCES,
    SHORT,
    done,
)
from tests.report.example_views import (
    AGREED,
    CHECKED,
    DIFFERING,
    EXCHANGED,
    IMPORTED,
    KEPT,
    LINKS,
    REPLACED,
)
from tests.report.situations import (
    AGENDA,
    AWAY,
    BEFORE_START,
    BEHIND,
    CODE_ALONG,
    DAY_USED,
    FINISHED,
    FREE_DAY,
    FREE_WEEKS,
    FRESH,
    FRIDAY_EVENING,
    HEADS,
    IN_A_BREAK,
    ONLY_OPTIONAL,
    PROGRESS,
    UNDERWAY,
    forecast_view,
    listed_modules,
    next_view,
    path_view,
    plan_view,
    replan_view,
    show_view,
    start_view,
    status_view,
    summary_of,
    target_view,
    today_view,
    why_view,
)

if TYPE_CHECKING:
    from llmpath.report.drawn.dispatch import View


def history_view() -> HistoryView:
    typed = (
        ("01j8z3k5q7w9e2r4", TODAY, "2026-11-21T01:12", "log 25m", 25),
        ("01j8z3k5q7w9e2r3", TODAY, "2026-11-20T20:40", "skip llm-talks --known", 0),
        (
            "01j8z3k5q7w9e2r2",
            date(2026, 11, 4),
            "2026-11-04T19:03",
            'note lets-build-gpt "Shapes of Q and K: look again, with the figures"',
            0,
        ),
    )
    entries = tuple(
        HistoryEntry(
            key,
            f"{at}:00.000+01:00",
            day,
            "laptop-0001",
            text,
            (),
            minutes,
            not minutes,
        )
        for key, day, at, text, minutes in typed
    )
    return HistoryView(entries, 7)


HOURS = HoursView(
    command="hours",
    today=TODAY,
    week=(45, 45, 45, 45, 0, 120, 0),
    days=(*((date(2026, 12, 24 + n), 0) for n in range(3)), (date(2026, 12, 30), 120)),
    open_from=date(2027, 2, 1),
    dates=Dates(date(2026, 12, 16), date(2026, 12, 16)),
    moved=0,
    said=(),
    event=None,
)
TARGET = TargetView(
    today=TODAY,
    target=date(2026, 12, 18),
    finish=date(2026, 12, 15),
    slack=3,
    left_over=0,
    needed=None,
    week=(60, 60, 60, 60, 60, 0, 0),
    said=("To be finished by Fri 18 Dec.",),
    event="01j8z3k5q7w9e2r4",
)
STILL_DONE = UndoView(
    "undo",
    "01j8",
    "01j8z3k5q7w9e2r4",
    "done lets-build-gpt heads",
    PROGRESS,
    is_dry_run=False,
    still_done=(
        StillDone(
            "p2tzxvdszmmv6luc",
            TODAY,
            "phone-c01d",
            tuple(each.id for each in GPT.lessons),
        ),
        StillDone("t1tzxvdszmmv6luc", date(2026, 11, 4), "tower-99aa", (HEADS.id,)),
    ),
)
CHANGE = ChangeView(
    command="done",
    event="01j8z3k5q7w9e2r4",
    changed=(HEADS.id,),
    unchanged=(),
    tally=PROGRESS,
    said=(
        (
            "Done: Many heads, positions, decoder and training "
            "(illustrated-transformer/heads-positions-decoder), 30 min."
        ),
        "Logged 20 min; 40 min in all.",
    ),
    questions=((POST, POST.outcomes),),
    following=AGENDA,
)

SCREENS: dict[str, View] = {
    "next": next_view(UNDERWAY),
    "next-three": next_view(FRESH, 3),
    "next-away": next_view(AWAY),
    "next-free-day": next_view(FREE_DAY),
    "next-day-used": next_view(DAY_USED),
    "next-before-start": next_view(BEFORE_START),
    "next-only-optional": next_view(ONLY_OPTIONAL),
    "next-finished": next_view(FINISHED),
    "next-in-a-break": next_view(IN_A_BREAK),
    "today": today_view(UNDERWAY),
    "today-away": today_view(AWAY),
    "today-finished": today_view(FINISHED),
    "replan": replan_view(AWAY),
    "replan-accepted": replan_view(AWAY)._replace(event="01j8z3k5q7w9e2r4"),
    "replan-nothing": replan_view(FINISHED),
    "target-at-risk": target_view(BEHIND),
    "forecast": forecast_view(UNDERWAY),
    "forecast-behind": forecast_view(BEHIND, is_by_kind=True),
    "forecast-fresh": forecast_view(FRESH),
    "forecast-away": forecast_view(AWAY),
    "forecast-finished": forecast_view(FINISHED),
    "forecast-in-a-break": forecast_view(IN_A_BREAK),
    "status": status_view(UNDERWAY),
    "status-fresh": status_view(FRESH),
    "status-behind": status_view(BEHIND, 3),
    "status-away": status_view(AWAY),
    "status-finished": status_view(FINISHED),
    "plan": plan_view(UNDERWAY),
    "plan-behind": plan_view(BEHIND, None),
    "plan-finished": plan_view(FINISHED),
    "plan-in-a-break": plan_view(IN_A_BREAK),
    "plan-free-weeks": plan_view(FREE_WEEKS, 1),
    "tracks": TracksView(
        tuple(
            summarize_track(each, CURRICULUM, UNDERWAY.progress)
            for each in (SHORT, LONG)
        )
    ),
    "list": ListView(LONG, None, listed_modules(LONG)),
    "show": show_view(GPT.id),
    "show-lesson": show_view(GPT.id, CODE_ALONG.id),
    "show-own-link": show_view(GPT.id, CODE_ALONG.id)._replace(has_own_link=True),
    "show-track": ShowTrackView(
        summarize_track(LONG, CURRICULUM, UNDERWAY.progress), listed_modules(LONG)
    ),
    "search": SearchView("attention", tuple(search("attention", CURRICULUM))),
    "search-nothing": SearchView("quantum", ()),
    "history": history_view(),
    "start": start_view(FRESH, date(2026, 12, 18)),
    "hours": HOURS,
    "hours-changed": HOURS._replace(
        said=("5 h a week from today on.",),
        dates=Dates(date(2026, 12, 16), date(2026, 12, 21)),
        moved=5,
        event="01j8z3k5q7w9e2r4",
    ),
    "off-add": HOURS._replace(
        command="off-add",
        said=(
            "Thu 24 Dec to Sat 26 Dec: off.",
            "The plan ends Mon 21 Dec, was Wed 16 Dec.",
            "5 lessons moved.",
        ),
        dates=Dates(date(2026, 12, 16), date(2026, 12, 21)),
        moved=5,
        event="01j8z3k5q7w9e2r4",
    ),
    "off-list": HOURS._replace(command="off-list"),
    "target-fits": TARGET,
    "target-needs": TARGET._replace(needed=150),
    "target-with-buffer": TARGET._replace(slack=-2, finish=date(2026, 12, 20)),
    "target-missed": TARGET._replace(slack=-9, left_over=380, needed=380),
    "target-none": TARGET._replace(target=None, slack=None, said=(), event=None),
    "done": CHANGE,
    "done-all-required": CHANGE._replace(following=next_view(ONLY_OPTIONAL).agenda),
    "show-known": show_view(POST.id)._replace(
        status="skipped",
        lessons=tuple((each, "skipped") for each in POST.lessons),
        known=frozenset(each.id for each in POST.lessons),
    ),
    "notes": NotesView(
        GPT.id, GPT.title, (Note(date(2026, 11, 4), "Shapes of Q and K"),), PROGRESS
    ),
    "undo": UndoView(
        "undo", "01j8", "01j8z3k5q7w9e2r4", "log 25", PROGRESS, is_dry_run=False
    ),
    "undo-still-done": STILL_DONE,
    "timer": TimerView(
        "start", HEADS, FRIDAY_EVENING, 0, None, ("Timing Many heads.",)
    ),
    "open": OpenView(HEADS.id, HEADS.url or "", is_opened=True),
    "config": ConfigView(
        (
            Setting("plan.buffer", "0.15", "default", "Share kept free."),
            Setting("color", "never", "config.toml", "Colour the output."),
        ),
        (),
    ),
    "doctor": DoctorView(
        "1.0.0",
        (("data", "/home/ada/.local/share/llmpath"),),
        (
            Check("journal", is_ok=True, detail="132 records of 2 devices"),
            Check("lock", is_ok=False, detail="held by process 4711"),
        ),
        (
            DamageView(
                "/home/ada/.local/share/llmpath/journal/laptop-0001.jsonl",
                12,
                3456,
                "the checksum does not match",
            ),
            DamageView(
                "/home/ada/.local/share/llmpath/journal/phone-0002.jsonl",
                1,
                0,
                "the checksum does not match",
                accepted=True,
            ),
        ),
        advice="What is lost here may be in a backup; if not: llmpath doctor",
    ),
    "doctor-repaired": DoctorView(
        "1.0.0",
        (("data", "/home/ada/llmpath"),),
        (Check("journal", is_ok=True, detail="132 records of 2 devices"),),
        (
            DamageView(
                "/home/ada/llmpath/journal/laptop-0001.2026.jsonl",
                12,
                3456,
                "not a whole record",
                whole=True,
            ),
        ),
        ("Restored from the second copy: 1 record.",),
        1,
        0,
    ),
    "doctor-well": DoctorView("1.0.0", (("data", "/home/ada/llmpath"),), (), ()),
    "export": ExportView("/home/ada/plan.ics", "ics", 42, 1, 3, 2),
    "why": why_view(UNDERWAY, SEQUENCES.lessons[0], planned=date(2026, 11, 23)),
    "why-after-days-off": why_view(FREE_WEEKS, CODE_ALONG),
    "why-of-a-module": why_view(BEHIND, RLHF.lessons[0], RLHF),
    "why-in-a-break": why_view(
        IN_A_BREAK,
        RLHF.lessons[0],
        command="llmpath off remove 2026-11-20",
        planned=date(2026, 11, 27),
    ),
    "path": path_view(GPT.lessons[1], target=date(2026, 12, 18)),
    "path-too-late": path_view(RLHF, *FIRST_WEEK, target=date(2026, 11, 23)),
    "path-reached": path_view(RLHF, done(2, TODAY, "illustrating-rlhf/rlhf-post")),
    "path-nothing-left": path_view(POST.lessons[1], *FIRST_WEEK),
    "why-done": why_view(UNDERWAY, HEADS, command="llmpath reopen heads"),
    "curriculum-list": KEPT,
    "curriculum-show": CurriculaView("curriculum-show", KEPT.curricula[:1]),
    "curriculum-add": IMPORTED,
    "curriculum-remove": IMPORTED._replace(
        command="curriculum-remove",
        summary=IMPORTED.summary._replace(tracks=()),
        effort=None,
        understood=(),
        guessed=(),
        left_out=(),
        links=(),
        said=("Removed own.", "3 done lessons of it stay in the journal."),
    ),
    "sync": EXCHANGED,
    "sync-init": EXCHANGED._replace(command="sync-init", files=(), aside=()),
    "sync-check": DIFFERING,
    "sync-check-same": AGREED._replace(command="sync-check"),
    "import": ImportView(
        "import",
        "llmpath",
        is_applied=False,
        lessons=12,
        said=("Would add 12 records.",),
        changes=("done heads-positions-decoder", "log 25m"),
    ),
    "curriculum-check": CHECKED,
    "curriculum-links": LINKS,
    "curriculum-links-fine": LINKS._replace(total=1, checked=LINKS.checked[:1]),
    "curriculum-links-none": LINKS._replace(total=0, checked=()),
    "curriculum-links-replace": REPLACED,
    "curriculum-links-shared": REPLACED._replace(others=(POST.id, GPT.id)),
    "curriculum-links-given-back": REPLACED._replace(url=None, is_own=False),
    "curriculum-links-unchanged": REPLACED._replace(event=None),
}
"""The screens by name."""


def renamed_screens(text: str) -> dict[str, View]:
    """Some screens in which every text from elsewhere is this one."""
    lesson = CODE_ALONG._replace(title=text, stop=text, source=text, url=text)
    module = GPT._replace(
        title=text,
        note=text,
        assumes=(text,),
        outcomes=(text,),
        provider=text,
        lessons=(lesson,),
    )
    track = LONG._replace(title=text, summary=text, audience=text, source=text)
    first = AGENDA.lessons[0]._replace(lesson=lesson, module=module, begins_module=True)
    agenda = AGENDA._replace(lessons=(first, first))
    listed = listed_modules(LONG)[1]._replace(
        module=module, phase_title=text, lessons=((lesson, "ready"),)
    )
    summary = summary_of(UNDERWAY)
    phase = status_view(UNDERWAY).phases[0]
    modules = tuple(each._replace(module=module) for each in phase.modules)
    phases = (phase._replace(title=text, modules=modules),)
    plan = plan_view(UNDERWAY)
    entry = history_view().entries[0]._replace(command=text, device=text)
    note = Note(TODAY, text)
    why = why_view(BEHIND, RLHF.lessons[0], RLHF)
    path = path_view(RLHF)
    return {
        "next": NextView(agenda, None),
        "status": StatusView(
            summary._replace(tracks=(track,)), phases, None, "x", "x", None
        ),
        "plan": plan._replace(lessons=dict.fromkeys(plan.lessons, (lesson, module))),
        "list": ListView(track, None, (listed,)),
        "show": show_view(GPT.id)._replace(
            module=module, lessons=((lesson, "ready"),), notes=(note,)
        ),
        "show-lesson": show_view(GPT.id, CODE_ALONG.id)._replace(
            module=module, lesson=lesson, notes=(note,)
        ),
        "search": SearchView(text, (Hit(lesson, "title", text),)),
        "history": HistoryView((entry,), 1),
        "done": CHANGE._replace(said=(text, text), questions=((module, (text,)),)),
        "notes": NotesView(GPT.id, text, (note,), PROGRESS),
        "undo": STILL_DONE._replace(
            of=text,
            still_done=(STILL_DONE.still_done[1]._replace(device=text),),
        ),
        "curriculum-links": LINKS._replace(
            checked=tuple(
                CheckedLink(each.link._replace(url=text), each.finding)
                for each in LINKS.checked
            )
        ),
        "curriculum-links-replace": REPLACED._replace(
            title=text, url=text, before=text
        ),
        "curriculum-check": CHECKED._replace(
            files=(CHECKED.files[0]._replace(file=text, title=text, edition=text),),
            advice=(CHECKED.advice[0]._replace(file=text, path=text, reason=text),),
        ),
        "sync": EXCHANGED._replace(
            devices=(EXCHANGED.devices[0]._replace(device=text),),
            remote=text,
            files=(text,),
            aside=(f"{text}.conflict-{text}",),
        ),
        "path": path._replace(goal=module, agenda=agenda),
        "path-to-a-lesson": path._replace(goal=lesson),
        "path-nothing-left": path._replace(
            goal=lesson, agenda=agenda._replace(lessons=())
        ),
        "why": why._replace(
            lesson=lesson,
            asked=module,
            lessons=dict.fromkeys(why.lessons, lesson),
            modules=dict.fromkeys(why.modules, module),
        ),
    }
