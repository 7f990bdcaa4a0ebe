"""`replan`: a document, then sentences, one fact a line."""

from __future__ import annotations

from datetime import date

from llmpath.core.curriculum import shown_id
from llmpath.report.outlook import forecast_facts, forecast_object
from llmpath.report.parts import Document, dates_object, iso, schema
from llmpath.report.phrases import UNDO, counted, facts, spoken_day
from llmpath.report.views.replanning import ReplanView

MOST_SPOKEN = 10
NOTHING_NEW = "A new plan would move nothing. Nothing was written."


def replan_document(view: ReplanView) -> Document:
    """The document of `replan`; lessons move from and to the day of a first block."""
    proposal = view.proposal
    before, after = proposal.velocity
    return {
        **schema("replan"),
        "applied": view.event is not None,
        "moved": [
            {
                "lesson": shown_id(each.lesson),
                "from": iso(each.before),
                "to": iso(each.after),
            }
            for each in proposal.moves
        ],
        "finish": dates_object(proposal.before.finish, proposal.after.finish),
        "forecast": forecast_object(proposal.forecast),
        "event": view.event,
        "velocity": {"from": before, "to": after},
        "phases": [
            {"title": each.title, "from": iso(each.before), "to": iso(each.after)}
            for each in proposal.phases
        ],
        "dry_run": view.is_dry_run,
    }


def replan_sentences(view: ReplanView) -> list[str]:
    """What the new plan moves, and whether it holds now."""
    proposal, today = view.proposal, view.today
    if proposal.plan is None:
        return [NOTHING_NEW]
    rest = len(proposal.moves) - MOST_SPOKEN
    return facts(
        "This is the plan now" if view.event else "Nothing was written yet",
        velocity_words(view),
        changed_fact("Plan ends", proposal.before.finish, proposal.after.finish, today),
        (
            changed_fact(f"Phase {each.title} ends", each.before, each.after, today)
            for each in proposal.phases
        ),
        f"{counted(view.earlier, 'lesson')} earlier, {view.later} later",
        (
            changed_fact(
                view.lessons[each.lesson].title, each.before, each.after, today
            )
            for each in proposal.moves[:MOST_SPOKEN]
        ),
        f"And {counted(rest, 'lesson')} more" if rest > 0 else None,
        forecast_facts(proposal.forecast),
        UNDO if view.event else "To accept it: llmpath replan",
    )


def velocity_words(view: ReplanView) -> str | None:
    """The share of the declared minutes that is planned, where it changes."""
    before, after = view.proposal.velocity
    if before == after:
        return None
    return (
        f"Planned: {round(100 * after)} percent of your hours, as you studied so far,"
        f" less what is kept free each week; before: {round(100 * before)} percent"
    )


def changed_fact(
    name: str, before: date | None, after: date | None, today: date
) -> str:
    """A day, and the one before it if that was another."""
    said = f"{name}: {spoken_day(after, today) if after else 'no date'}"
    if before == after:
        return said
    return f"{said}; before: {spoken_day(before, today) if before else 'no date'}"
