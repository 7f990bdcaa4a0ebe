"""`config`: how it looks on this machine, and what plans go by on all of them."""

from pathlib import Path
from typing import Annotated

import typer

from llmpath.cli.adjust import end_sentence
from llmpath.cli.lazy import make_app
from llmpath.cli.options import Options
from llmpath.cli.output import Answer, answer
from llmpath.cli.session import writing
from llmpath.cli.setting_values import (
    KEYS,
    LOOKS,
    known_key,
    look_setting,
    outweighing,
    plan_setting,
)
from llmpath.cli.workspace import Workspace, load, options_of
from llmpath.core.events import SettingSet
from llmpath.core.plan_settings import (
    SETTINGS,
    PlanSettings,
    SettingValue,
    field_value,
    parse_setting,
)
from llmpath.core.scheduling import repair
from llmpath.errors import RefusedInputError, UsageError
from llmpath.report.data import config_document, config_sentences
from llmpath.report.phrases import counted
from llmpath.report.views.data import ConfigView, Setting
from llmpath.report.views.planning import Dates
from llmpath.storage.device import machine_id
from llmpath.storage.paths import find_places
from llmpath.storage.settings import (
    Looks,
    read_look_origins,
    read_looks,
    write_look,
)

app = make_app(help="Show or change settings.", no_args_is_help=True)

Key = Annotated[
    str, typer.Argument(metavar="KEY", help="A name from `llmpath config list`.")
]


@app.command("list")
def list_settings(ctx: typer.Context) -> None:
    """List all settings with where each comes from.

    default, config.toml, journal (undoable, on all your machines), or what outweighs
    config.toml.
    """
    options = options_of(ctx)
    refuse_faults(config_file(options))
    workspace = load(options)
    answer_config(options, workspace.looks, settings_in_force(workspace))


@app.command("get")
def get_setting(ctx: typer.Context, key: Key) -> None:
    """Show one setting with where it comes from."""
    options = options_of(ctx)
    key = known_key(key)
    refuse_faults(config_file(options))
    workspace = load(options)
    shown = tuple(each for each in settings_in_force(workspace) if each.key == key)
    answer_config(options, workspace.looks, shown)


@app.command("set")
def set_setting(
    ctx: typer.Context,
    key: Key,
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="Its new value, or default.")
    ],
) -> None:
    """Change a setting; the value `default` resets it.

    Those that begin with plan. go into the journal, where undo takes them back. The
    others go into config.toml of this machine.

    Example: llmpath config set plan.block_max 90
    """
    options = options_of(ctx)
    key = known_key(key)
    text = None if value.strip().lower() == "default" else value
    if key in LOOKS:
        set_look(options, key, text)
    else:
        set_plan_setting(options, key, text)


def set_look(options: Options, key: str, text: str | None) -> None:
    """Write a look into config.toml; a fault in its old value is no hindrance."""
    path = config_file(options)
    refuse_faults(path, but=key)
    before = read_looks(path), read_look_origins(path)
    write_look(path, key, text)
    looks, _ = read_looks(path)
    origins = read_look_origins(path)
    said = [f"{key} is {text or 'reset'} in {path}."]
    if (read_looks(path), origins) == before:
        said = [f"{key} is so already. Nothing was written."]
    stronger = outweighing(key, options, looks)
    if stronger is not None:
        said.append(f"On this run {stronger[1]} outweighs it.")
    shown = look_setting(key, options, looks, origins)
    answer_config(options, looks, (shown,), *said, is_confirmation=True)


def set_plan_setting(options: Options, key: str, text: str | None) -> None:
    """Write a setting of the plan into the journal; the plan that holds follows."""
    refuse_faults(config_file(options))
    value = None if text is None else parse_setting(key, text)
    with writing(options) as session:
        workspace = session.workspace
        progress = workspace.situation.progress
        shown = plan_setting(key, progress)
        said = [f"{key} is so already. Nothing was written."]
        if progress.setting_values.get(key) != value:
            refuse_block_sizes(progress.settings, key, value)
            saved = session.save(SettingSet(key, value))
            after = saved.situation
            old, shown = shown, plan_setting(key, after.progress)
            said = [f"{key} is {shown.value}, was {old.value}."]
            if after.route.tracks:
                dates = Dates(workspace.plan().finish, repair(after).finish)
                said.append(plan_sentence(workspace, key, dates))
            said.append("Take it back with: llmpath undo")
        answer_config(options, workspace.looks, (shown,), *said, is_confirmation=True)


def plan_sentence(workspace: Workspace, key: str, dates: Dates) -> str:
    """What a changed setting does to the plan that holds."""
    if key == "plan.buffer":
        return "The plan that holds stays; the next new one keeps this share free."
    return end_sentence(workspace.situation, dates)


def refuse_block_sizes(
    settings: PlanSettings, key: str, value: SettingValue | None
) -> None:
    """Refuse a shortest and a longest block that leave no way to divide a lesson.

    Raises:
        UsageError: The longest would be less than twice the shortest.
    """
    setting = SETTINGS[key]
    default = getattr(PlanSettings(), setting.field)
    changed = default if value is None else field_value(setting, value)
    sizes = {**settings._asdict(), setting.field: changed}
    shortest, longest = sizes["block_min"], sizes["block_max"]
    if longest < 2 * shortest:
        sizes_said = f"plan.block_min would be {shortest}, plan.block_max {longest}"
        first = f"plan.block_max {2 * shortest}"
        if key == "plan.block_max":
            first = f"plan.block_min {longest // 2}"
        raise UsageError(
            "the longest block must be at least twice the shortest",
            detail=(sizes_said,),
            remedy=f"llmpath config set {first}, then this again",
        )


def config_file(options: Options) -> Path:
    """Where config.toml is, or would be."""
    return find_places(options.home, machine_id()).config_file


def refuse_faults(path: Path, *, but: str | None = None) -> None:
    """Refuse a settings file with faults; other commands warn and take defaults.

    Args:
        but: A key whose faults are passed over, as it gets a new value.

    Raises:
        RefusedInputError: There are some, with every one of them.
    """
    faults = tuple(each for each in read_looks(path)[1] if each.path != but)
    if faults:
        raise RefusedInputError(f"{path} has {counted(len(faults), 'fault')}", faults)


def settings_in_force(workspace: Workspace) -> tuple[Setting, ...]:
    """All settings: looks first, then what changes the plan."""
    origins = read_look_origins(workspace.places.config_file)
    progress = workspace.situation.progress
    return tuple(
        look_setting(key, workspace.options, workspace.looks, origins)
        if key in LOOKS
        else plan_setting(key, progress)
        for key in KEYS
    )


def answer_config(
    options: Options,
    looks: Looks,
    settings: tuple[Setting, ...],
    *said: str,
    is_confirmation: bool = False,
) -> None:
    """Answer `config`."""
    view = ConfigView(settings, said)
    answer(
        options,
        looks,
        Answer(
            view,
            lambda: config_document(view),
            lambda: config_sentences(view),
            is_confirmation=is_confirmation,
        ),
    )
