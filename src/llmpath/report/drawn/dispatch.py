"""From any view to its drawing: the single entry to this package.

A drawing is imported when a view asks for it: all of them take 8 ms of a run that
shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from rich.console import Group
from rich.text import Text

from llmpath.report.drawn.look import Look

if TYPE_CHECKING:
    from llmpath.report.views.changes import (
        ChangeView,
        HistoryView,
        NotesView,
        OpenView,
        TimerView,
        UndoView,
    )
    from llmpath.report.views.contents import (
        ListView,
        SearchView,
        ShowTrackView,
        ShowView,
    )
    from llmpath.report.views.curricula import AddView, CurriculaView
    from llmpath.report.views.data import (
        CheckView,
        ConfigView,
        DoctorView,
        ExportView,
        ImportView,
    )
    from llmpath.report.views.forecast import ForecastView
    from llmpath.report.views.links import LinkReplacedView, LinksView
    from llmpath.report.views.next import NextView
    from llmpath.report.views.path import PathView
    from llmpath.report.views.planning import HoursView, PlanView, TargetView
    from llmpath.report.views.progress import StatusView, TracksView
    from llmpath.report.views.replanning import ReplanView
    from llmpath.report.views.start import StartView
    from llmpath.report.views.sync import SyncView
    from llmpath.report.views.today import TodayView
    from llmpath.report.views.why import WhyView

    View = (
        NextView
        | ForecastView
        | TodayView
        | StatusView
        | PlanView
        | TracksView
        | ListView
        | ShowView
        | ShowTrackView
        | SearchView
        | HistoryView
        | StartView
        | ChangeView
        | NotesView
        | UndoView
        | ReplanView
        | HoursView
        | TargetView
        | TimerView
        | OpenView
        | ConfigView
        | DoctorView
        | ExportView
        | ImportView
        | CurriculaView
        | AddView
        | CheckView
        | SyncView
        | WhyView
        | PathView
        | LinksView
        | LinkReplacedView
    )

DRAWINGS = {
    "NextView": ("next", "next_lines"),
    "ForecastView": ("forecast", "forecast_lines"),
    "TodayView": ("today", "today_lines"),
    "StatusView": ("status", "status_lines"),
    "PlanView": ("calendar", "calendar_lines"),
    "TracksView": ("tracks", "tracks_lines"),
    "ListView": ("lessons", "list_lines"),
    "ShowView": ("show", "show_lines"),
    "ShowTrackView": ("show", "show_track_lines"),
    "SearchView": ("lessons", "search_lines"),
    "HistoryView": ("data", "history_lines"),
    "StartView": ("start", "start_lines"),
    "ChangeView": ("changes", "change_lines"),
    "NotesView": ("changes", "notes_lines"),
    "UndoView": ("changes", "undo_lines"),
    "ReplanView": ("replanning", "replan_lines"),
    "HoursView": ("hours", "hours_lines"),
    "TargetView": ("hours", "target_lines"),
    "TimerView": ("changes", "timer_lines"),
    "OpenView": ("changes", "open_lines"),
    "ConfigView": ("data", "config_lines"),
    "DoctorView": ("data", "doctor_lines"),
    "ExportView": ("changes", "export_lines"),
    "ImportView": ("changes", "import_lines"),
    "CurriculaView": ("curricula", "curricula_lines"),
    "AddView": ("curricula", "add_lines"),
    "CheckView": ("checking", "check_lines"),
    "SyncView": ("sync", "sync_lines"),
    "WhyView": ("why", "why_lines"),
    "PathView": ("path", "path_lines"),
    "LinksView": ("links", "links_lines"),
    "LinkReplacedView": ("links", "replaced_lines"),
}
"""Module and function that draw a view, by the name of its type."""


def drawing(view: View, look: Look) -> Group:
    """Draw a view: lines as wide as the look allows, to be printed as they are."""
    return Group(*lines(view, look))


def lines(view: View, look: Look) -> list[Text]:
    """The lines of a view."""
    module, function = DRAWINGS[type(view).__name__]
    draw = getattr(import_module(f"llmpath.report.drawn.{module}"), function)
    return cast("Callable[[View, Look], list[Text]]", draw)(view, look)
