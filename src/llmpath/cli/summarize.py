"""The status summary, for the commands that show it."""

from __future__ import annotations

from llmpath.cli.workspace import Workspace
from llmpath.core.full_attendance import left_over_minutes
from llmpath.core.plan import Plan
from llmpath.core.summary import StatusSummary, summarize_status


def status_summary(
    workspace: Workspace, plan: Plan, *, week_count: int | None = None
) -> StatusSummary:
    """Where the learner stands, with the target's left-over minutes."""
    situation = workspace.situation
    target = situation.progress.target
    left_over = 0 if target is None else left_over_minutes(situation, target)
    return summarize_status(situation, plan, left_over=left_over, week_count=week_count)
