"""New plans beside the one that holds, their velocity, and targets weighed."""

from __future__ import annotations

from datetime import date, timedelta

from llmpath.core.availability import monday_of
from llmpath.core.burn_up import make_burn_up
from llmpath.core.events import LessonsIncluded, TargetSet
from llmpath.core.feasibility import weigh_target
from llmpath.core.outlook import make_forecast
from llmpath.core.replanning import accepting, propose
from llmpath.core.scheduling import make_plan, repair
from tests.strategies import MONDAY, Study, a_study, law, m, one_track, studies


@law(studies())
def test_accepting_a_proposal_gives_what_it_says_and_then_nothing_new(
    study: Study,
) -> None:
    proposal = propose(study.situation)
    if proposal.plan is None:
        assert proposal.moves == ()
        return
    accepted = study.then(proposal.plan)

    assert accepted.plan == proposal.after
    assert propose(accepted.situation).plan is None
    assert repair(accepting(study.situation, proposal.plan)) == proposal.after


@law(studies())
def test_moves_are_the_differences_of_first_days(study: Study) -> None:
    proposal = propose(study.situation)
    before, after = proposal.before.first_days(), proposal.after.first_days()

    moved = {each.lesson: (each.before, each.after) for each in proposal.moves}
    assert moved == {
        key: (before.get(key), after.get(key))
        for key in before | after
        if before.get(key) != after.get(key)
    }


@law(studies())
def test_a_plan_at_half_velocity_fills_no_week_beyond_half(study: Study) -> None:
    situation = study.situation
    plan = repair(accepting(situation, make_plan(situation, velocity=0.5)))
    availability = study.progress.availability
    tolerance = study.progress.settings.tolerance
    minutes: dict[date, int] = {}
    for block in plan.blocks:
        week = monday_of(block.day)
        minutes[week] = minutes.get(week, 0) + block.minutes
    for monday, planned in minutes.items():
        assert planned <= sum(availability.week(monday)) / 2 + tolerance


@law(studies())
def test_a_lower_velocity_plans_the_same_lessons(study: Study) -> None:
    situation = study.situation
    full = repair(accepting(situation, make_plan(situation)))
    half = repair(accepting(situation, make_plan(situation, velocity=0.5)))

    # Half of a minute a week is none.
    assert [*full.first_days()] == [*half.first_days()] or half.shortfall
    if full.finish and half.finish:
        assert half.finish >= full.finish


def test_the_first_plan_and_those_of_the_first_weeks_have_velocity_1() -> None:
    study = a_study(one_track(*[60] * 30), 60).accept().on(MONDAY + timedelta(days=20))

    assert study.progress.plans[0].plan.velocity == 1
    assert propose(study.situation).velocity == (1, 1)


def test_who_studies_half_gets_a_plan_for_half() -> None:
    study = a_study(one_track(*[60] * 40), 60).accept()
    for week in range(6):
        for day in range(0, 6, 2):
            nth = 3 * week + day // 2
            study = study.done(m(nth), day=MONDAY + timedelta(days=7 * week + day))
    proposal = propose(study.on(MONDAY + timedelta(days=42)).situation)

    assert proposal.velocity[0] == 1
    assert 3 / 7 <= proposal.velocity[1] < 0.55
    assert proposal.after.finish is not None
    assert proposal.before.finish is not None
    assert proposal.after.finish > proposal.before.finish


@law(studies())
def test_what_is_offered_raises_the_chance_of_the_target(study: Study) -> None:
    target = study.today + timedelta(days=10)
    weighed = weigh_target(study.then(TargetSet(target)).situation)
    needed = [each for each in weighed.needed.values() if each is not None]

    assert needed == sorted(needed)
    for way in weighed.ways_out:
        assert 0 <= way.chance <= 1
        assert way.kind == "date" or way.chance > (weighed.forecast.chance or 0)


def test_required_lessons_are_not_offered_to_be_left_out() -> None:
    study = a_study(one_track(*[60] * 10), 30).accept()
    study = study.then(TargetSet(MONDAY + timedelta(days=7)))
    kinds = {way.kind for way in weigh_target(study.situation).ways_out}

    assert "optional" not in kinds
    included = study.then(LessonsIncluded((m(3),)))
    assert "optional" not in {
        way.kind for way in weigh_target(included.situation).ways_out
    }


def test_without_a_target_nothing_is_weighed() -> None:
    weighed = weigh_target(a_study(one_track(60), 30).accept().situation)

    assert (weighed.left_over, weighed.full_attendance, weighed.ways_out) == (
        0,
        None,
        (),
    )
    assert set(weighed.needed.values()) == {None}


@law(studies())
def test_what_is_done_never_sinks_and_the_plan_ends_at_all(study: Study) -> None:
    situation = study.accept().situation
    burn = make_burn_up(situation, repair(situation), make_forecast(situation))
    if burn is None:
        return
    days = [
        burn.start + timedelta(days=n) for n in range((burn.end - burn.start).days + 1)
    ]
    done = [burn.done_share(day) for day in days if day <= burn.today]
    planned = [burn.planned_share(day) for day in days]
    known = [each for each in planned if each is not None]

    assert done == sorted(done)
    assert all(0 <= each <= 1 for each in done)
    assert known == sorted(known)
    for day in days:
        ahead = burn.range_on(day)
        assert ahead is None or done[-1] <= ahead[0] <= ahead[1] <= 1
