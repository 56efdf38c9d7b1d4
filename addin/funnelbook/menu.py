"""Every command and where a person finds it: on the ribbon, on the command line, or on both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from funnelbook.book.ports import BookError
from funnelbook.words import key_of, say


class Does(StrEnum):
    """What a button sets off."""

    RUN = "run"  # its handler, on the workbook in front
    FOLDER = "folder"  # asks for a folder, then its handler
    FILE = "a_file"  # asks for a file, then its handler
    TELL = "tell"  # its handler, of no workbook: a text to read
    SHEET = "sheet"  # shows a sheet of the workbook
    DAY = "day"  # a box to type the day in that the numbers are for


@dataclass(frozen=True)
class Command:
    """A command. Those on the ribbon have a group, texts in commands.py of words, an icon (imageMso), a keytip and a picture of
    their name, or share that of a button with the same icon.

    `sheet`: the sheet (key of sheets.py of words) a button shows, at once or when its command is done.
    `handler`: what a button runs, as "module:function" of `commands`; `line`: the command on the command line, the same of `cli`.
    """

    name: str
    group: str = ""
    icon: str = ""
    keytip: str = ""
    does: Does = Does.RUN
    sheet: str = ""
    large: bool = False
    handler: str = ""
    line: str = ""

    @property
    def on_ribbon(self) -> bool:
        return bool(self.group)

    def label(self, language: str) -> str:
        """What its button is called."""
        return say(label_key(self.name), language)

    def tip(self, language: str) -> str:
        """What its button does, in one sentence."""
        return say(tip_key(self.name), language)

    @property
    def on_cli(self) -> bool:
        return bool(self.line)


TAB = "commands.tab"  # the key of its text
GROUPS = ("workbook", "funnel", "follow_up", "team", "batch", "help")

COMMANDS: tuple[Command, ...] = (
    Command("adopt", "workbook", "TableInsert", "S", sheet="today", large=True, handler="adopt_button:pressed", line="workbooks:adopt"),
    Command("check", "workbook", "DataValidationCircleInvalid", "C", sheet="problems", handler="check:pressed", line="workbooks:check"),
    Command("only_rows", "workbook", "FilterToggleFilter", "YO", handler="only_rows:pressed"),
    Command("fix", "workbook", "ReplaceDialog", "YF", handler="fix:pressed"),
    Command("refresh", "workbook", "RefreshAll", "R", large=True, handler="refresh_files:pressed", line="batch:refresh"),
    Command("undo", "workbook", "Undo", "YU", handler="undo:pressed", line="undo:undo"),
    Command("as_of", "workbook", "DateAndTimeInsert", "D", Does.DAY),
    Command("funnel", "funnel", "Filter", "F", Does.SHEET, "funnel", large=True),
    Command("week_plan", "funnel", "NewAppointment", "W", Does.SHEET, "week_plan"),
    Command("chance", "funnel", "ChartInsert", "O", Does.SHEET, "funnel"),
    Command("summary", "funnel", "AutoSum", "U", Does.SHEET, "summary"),
    Command("calls", "follow_up", "AutoDial", "P", Does.SHEET, "calls", large=True),
    Command("care", "follow_up", "ShapeHeart", "E", Does.SHEET, "care"),
    Command("log", "follow_up", "ReviewNewComment", "Q", sheet="calls", handler="log_call:pressed", line="calls:log"),
    Command("find", "follow_up", "FindDialog", "V", sheet="find", handler="find:pressed", line="calls:find"),
    Command("board", "team", "SortDown", "B", Does.SHEET, "board", large=True),
    Command("diagnosis", "team", "ErrorChecking", "YQ", Does.SHEET, "diagnosis"),
    Command("causes", "team", "ChartTypeBarInsertGallery", "YC", Does.SHEET, "causes"),
    Command("publish", "team", "FileSendAsAttachment", "Z", Does.FOLDER, handler="publish:pressed", line="workbooks:publish"),
    Command("tracking", "team", "TagMarkComplete", "K", Does.SHEET, "tracking"),
    Command("daily_report", "team", "CreateReport", "YD", Does.SHEET, "daily_report"),
    Command("transfer", "team", "ReviewShareWorkbook", "X", handler="transfer:pressed", line="exchange:transfer"),
    Command("pool", "team", "DistributionListUpdateMembers", "YG", sheet="pool", handler="pool:pressed", line="exchange:pool"),
    Command("targets", "team", "ShapeStar", "T", Does.SHEET, "target_grid", line="targets:targets"),
    Command("targets_propose", "team", "CalculateNow", "YP", sheet="target_grid", handler="targets:pressed"),
    Command("targets_split", "team", "DistributionListSelectMembers", "YS", sheet="target_grid", handler="targets:pressed"),
    Command("targets_agree", "team", "AcceptInvitation", "YA", sheet="target_grid", handler="targets:pressed"),
    Command("targets_revise", "team", "ReviewTrackChanges", "YR", sheet="target_grid", handler="targets:pressed"),
    Command("meeting", "team", "MeetingsWorkspace", "M", Does.SHEET, "meeting"),
    Command("rewards", "team", "Calculator", "YW", Does.SHEET, "rewards"),
    Command("refresh_folder", "batch", "FileOpen", "L", Does.FOLDER, handler="batch:folder_pressed"),
    Command("import", "batch", "GetExternalDataFromText", "I", Does.FOLDER, handler="import_calls:pressed", line="exchange:import_"),
    Command("import_customers", "batch", "DistributionListAddNewMember", "YI", Does.FILE, "customers", handler="import_customers:pressed"),
    Command("import_do_not_call", "batch", "DeclineInvitation", "YN", Does.FILE, "customers", handler="spare:pressed"),
    Command("collect", "batch", "ReviewCombineRevisions", "J", Does.FOLDER, handler="collect:pressed", line="exchange:collect"),
    Command("handout", "batch", "FileSendAsAttachment", "H", Does.FOLDER, handler="handout:pressed", line="exchange:handout"),
    Command("guide", "help", "Help", "G", Does.SHEET, "guide", large=True),
    Command("doctor", "help", "TechnicalSupport", "N", Does.TELL, handler="doctor:faults", line="setup:doctor"),
    Command("report", "help", "FileSendAsAttachment", "YB", Does.TELL, handler="support_report:pressed", line="setup:report"),
    Command("about", "help", "Info", "A", Does.TELL, handler="about:about"),
    Command("new", line="workbooks:new"),
    Command("company", line="exchange:company"),
    Command("show", line="workbooks:show"),
    Command("watch", line="batch:watch"),
    Command("demo", line="project:demo"),
    Command("install", line="setup:install"),
    Command("uninstall", line="setup:uninstall"),
    Command("build", line="project:build"),
)  # fmt: skip

BY_NAME: dict[str, Command] = {c.name: c for c in COMMANDS}


def named(name: str) -> Command:
    """The command of a name; BookError when there is none, as when an older add-in is still in Excel."""
    try:
        return BY_NAME[name]
    except KeyError as error:
        raise BookError("unknown_command", name=name) from error


def load(package: str, reference: str) -> Any:
    """The function that an entry names as "module:function" of a package, imported now; LookupError when there is none."""
    module, _, function = reference.partition(":")
    try:
        return getattr(import_module(f"funnelbook.{package}.{module}"), function)
    except (ModuleNotFoundError, AttributeError) as error:
        raise LookupError(f"no {reference or 'function'} in funnelbook.{package}: {error}") from error


def ribbon() -> list[Command]:
    """Commands with a button, in the order they stand on the ribbon."""
    return [c for group in GROUPS for c in COMMANDS if c.on_ribbon and c.group == group]


def label_key(name: str) -> str:
    """The key of what a button is called."""
    return f"commands.{name}"


def tip_key(name: str) -> str:
    """The key of what a button says it does."""
    return f"commands.{name}.tip"


def help_key(name: str, option: str = "") -> str:
    """The key of the help of a command, or of one of its options: its own, or the one of all options so called."""
    return key_of("cli", name, option, joint=" ") if option else f"cli.{name}"


def group_key(group: str) -> str:
    """The key of what a group of buttons is called."""
    return f"commands.group.{group}"
