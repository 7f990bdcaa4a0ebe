"""Every setting with its value in force and where that comes from."""

from __future__ import annotations

import os
from difflib import get_close_matches

from llmpath.cli.options import Options
from llmpath.core.plan_settings import SETTINGS, PlanSettings
from llmpath.core.progress import Progress
from llmpath.errors import UsageError
from llmpath.report.views.data import Setting
from llmpath.storage.settings import LOOK_KEYS, Looks

LOOKS = {look.key: look for look in LOOK_KEYS}
KEYS = (*LOOKS, *SETTINGS)


def known_key(text: str) -> str:
    """The key of a setting.

    Raises:
        UsageError: There is none of this name; near ones are listed.
    """
    key = text.strip().lower()
    if key in KEYS:
        return key
    near = [each for each in KEYS if each.rpartition(".")[2] == key]
    near = near or get_close_matches(key, KEYS, cutoff=0.5)
    detail = f"did you mean {' or '.join(near)}?" if near else ", ".join(KEYS)
    raise UsageError(
        f"no setting has the name {text!r}",
        detail=(detail,),
        remedy="llmpath config list",
    )


def look_setting(
    key: str, options: Options, looks: Looks, origins: dict[str, str]
) -> Setting:
    """A look as it is in force: an option or the environment may outweigh the file."""
    stored = getattr(looks, key)
    value = str(stored).lower() if isinstance(stored, bool) else str(stored)
    value, origin = outweighing(key, options, looks) or (value, origins[key])
    return Setting(key, value, origin, LOOKS[key].help)


def outweighing(key: str, options: Options, looks: Looks) -> tuple[str, str] | None:
    """What outweighs the settings file, as `output` decides, and its value."""
    environment = os.environ
    if key == "color":
        return outweighing_color(options)
    if key == "accessible" and environment.get("ACCESSIBLE", "") not in {"", "0"}:
        return "true", "environment ACCESSIBLE"
    if key == "glyphs" and looks.glyphs == "auto" and environment.get("LLMPATH_ASCII"):
        return "ascii", "environment LLMPATH_ASCII"
    return None


def outweighing_color(options: Options) -> tuple[str, str] | None:
    """What outweighs the settings file's colour, and its value."""
    environment = os.environ
    if options.color in {"always", "never"}:
        return str(options.color), "--color"
    if environment.get("NO_COLOR"):
        return "never", "environment NO_COLOR"
    if environment.get("TERM") == "dumb":
        return "never", "environment TERM"
    if environment.get("FORCE_COLOR"):
        return "always", "environment FORCE_COLOR"
    return None


def plan_setting(key: str, progress: Progress) -> Setting:
    """A setting of the plan as it is in force.

    A value of the journal that is out of range, or a pair of block sizes that two
    devices made impossible, is not in force: then the default is.
    """
    setting = SETTINGS[key]
    value = getattr(progress.settings, setting.field)
    is_set = key in progress.setting_values
    if is_set and value == getattr(PlanSettings(), setting.field):
        stored = str(progress.setting_values[key])
        is_set = stored == plan_value_text(key, value)
    origin = "journal" if is_set else "default"
    return Setting(key, plan_value_text(key, value), origin, setting.help)


def plan_value_text(key: str, value: float) -> str:
    """A value as `config set` takes it: a time of day, a share or minutes."""
    if key == "plan.day_ends":
        hours, minutes = divmod(int(value), 60)
        return f"{hours:02}:{minutes:02}"
    return f"{value:g}"
