"""From any view to its drawing: the single entry to this package."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from llmpath.report.drawn import (
    calendar,
    changes,
    data,
    hours,
    lessons,
    show,
    start,
    status,
    study,
    tracks,
)
from llmpath.report.drawn.look import Look
from llmpath.report.views.changes import (
    ChangeView,
    HistoryView,
    NotesView,
    OpenView,
    TimerView,
    UndoView,
)
from llmpath.report.views.contents import ListView, SearchView, ShowTrackView, ShowView
from llmpath.report.views.data import ConfigView, DoctorView, ExportView, ImportView
from llmpath.report.views.next import NextView
from llmpath.report.views.planning import HoursView, PlanView, TargetView
from llmpath.report.views.progress import StatusView, TracksView
from llmpath.report.views.start import StartView
from llmpath.report.views.today import TodayView

__all__ = ["Look", "View", "drawing"]

View = (
    NextView
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
    | HoursView
    | TargetView
    | TimerView
    | OpenView
    | ConfigView
    | DoctorView
    | ExportView
    | ImportView
)


def drawing(view: View, look: Look) -> Group:
    """Draw a view: lines as wide as the look allows, to be printed as they are."""
    return Group(*lines(view, look))


def lines(  # noqa: C901, PLR0911, PLR0912 - one case a view
    view: View, look: Look
) -> list[Text]:
    """The lines of a view."""
    match view:
        case NextView():
            return study.next_lines(view, look)
        case TodayView():
            return study.today_lines(view, look)
        case StatusView():
            return status.status_lines(view, look)
        case PlanView():
            return calendar.calendar_lines(view, look)
        case TracksView():
            return tracks.tracks_lines(view, look)
        case ListView():
            return lessons.list_lines(view, look)
        case ShowView():
            return show.show_lines(view, look)
        case ShowTrackView():
            return show.show_track_lines(view, look)
        case SearchView():
            return lessons.search_lines(view, look)
        case HistoryView():
            return data.history_lines(view, look)
        case StartView():
            return start.start_lines(view, look)
        case ChangeView():
            return changes.change_lines(view, look)
        case NotesView():
            return changes.notes_lines(view, look)
        case UndoView():
            return changes.undo_lines(view, look)
        case HoursView():
            return hours.hours_lines(view, look)
        case TargetView():
            return hours.target_lines(view, look)
        case TimerView():
            return changes.timer_lines(view, look)
        case OpenView():
            return changes.open_lines(view, look)
        case ConfigView():
            return data.config_lines(view, look)
        case DoctorView():
            return data.doctor_lines(view, look)
        case ExportView():
            return changes.export_lines(view, look)
        case ImportView():
            return changes.import_lines(view, look)
