"""From any view to its drawing: the single entry to this package."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from llmpath.report import views
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

__all__ = ["Look", "View", "drawing"]

View = (
    views.NextView
    | views.TodayView
    | views.StatusView
    | views.PlanView
    | views.TracksView
    | views.ListView
    | views.ShowView
    | views.ShowTrackView
    | views.SearchView
    | views.HistoryView
    | views.StartView
    | views.ChangeView
    | views.NotesView
    | views.UndoView
    | views.HoursView
    | views.TargetView
    | views.TimerView
    | views.OpenView
    | views.ConfigView
    | views.DoctorView
    | views.ExportView
    | views.ImportView
)


def drawing(view: View, look: Look) -> Group:
    """Draw a view: lines as wide as the look allows, to be printed as they are."""
    return Group(*lines(view, look))


def lines(  # noqa: C901, PLR0911, PLR0912 - one case a view
    view: View, look: Look
) -> list[Text]:
    """The lines of a view."""
    match view:
        case views.NextView():
            return study.next_lines(view, look)
        case views.TodayView():
            return study.today_lines(view, look)
        case views.StatusView():
            return status.status_lines(view, look)
        case views.PlanView():
            return calendar.calendar_lines(view, look)
        case views.TracksView():
            return tracks.tracks_lines(view, look)
        case views.ListView():
            return lessons.list_lines(view, look)
        case views.ShowView():
            return show.show_lines(view, look)
        case views.ShowTrackView():
            return show.show_track_lines(view, look)
        case views.SearchView():
            return lessons.search_lines(view, look)
        case views.HistoryView():
            return data.history_lines(view, look)
        case views.StartView():
            return start.start_lines(view, look)
        case views.ChangeView():
            return changes.change_lines(view, look)
        case views.NotesView():
            return changes.notes_lines(view, look)
        case views.UndoView():
            return changes.undo_lines(view, look)
        case views.HoursView():
            return hours.hours_lines(view, look)
        case views.TargetView():
            return hours.target_lines(view, look)
        case views.TimerView():
            return changes.timer_lines(view, look)
        case views.OpenView():
            return changes.open_lines(view, look)
        case views.ConfigView():
            return data.config_lines(view, look)
        case views.DoctorView():
            return data.doctor_lines(view, look)
        case views.ExportView():
            return changes.export_lines(view, look)
        case views.ImportView():
            return changes.import_lines(view, look)
