"""Every command and where a person finds it: on the ribbon, on the command line, or on both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from funnelbook.book.ports import BookError
from funnelbook.words import LANGUAGES

Pair = tuple[str, str]  # Chinese, English


class Does(StrEnum):
    """What a button sets off."""

    RUN = "run"  # its handler, on the workbook in front
    FOLDER = "folder"  # asks for a folder, then its handler
    TELL = "tell"  # its handler, of no workbook: a text to read
    SHEET = "sheet"  # shows a sheet of the workbook
    DAY = "day"  # a box to type the day in that the numbers are for


@dataclass(frozen=True)
class Command:
    """A command. Those on the ribbon have a group, a label, a screentip, an icon (imageMso), a keytip and a picture of their name.

    `sheet`: the sheet (key of sheets.py of words) a button shows, at once or when its command is done.
    `handler`: what a button runs, as "module:function" of `commands`; `line`: the command on the command line, the same of `cli`.
    """

    name: str
    group: str = ""
    label: Pair = ("", "")
    tip: Pair = ("", "")
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

    @property
    def on_cli(self) -> bool:
        return bool(self.line)


TAB: Pair = ("漏斗", "Funnelbook")

GROUPS: dict[str, Pair] = {
    "workbook": ("工作簿", "Workbook"),
    "funnel": ("漏斗", "Funnel"),
    "follow_up": ("跟进", "Follow-up"),
    "team": ("团队", "Team"),
    "batch": ("批量", "Batch"),
    "help": ("帮助", "Help"),
}

COMMANDS: tuple[Command, ...] = (
    Command("adopt", "workbook", ("启用漏斗", "Set up"), ("认出当前工作簿里的客户、跟进、订单等表，加上漏斗各表", "Finds the customers, activities and orders in this workbook and adds the Funnelbook sheets"), "TableInsert", "S", sheet="guide", large=True, handler="adopt:pressed", line="workbooks:adopt"),
    Command("check", "workbook", ("检查数据", "Check data"), ("列出数据里的问题和改法，不改您的数据", "Lists what is wrong in the data and what to do; changes none of it"), "DataValidationCircleInvalid", "C", sheet="problems", handler="check:pressed", line="workbooks:check"),
    Command("refresh", "workbook", ("刷新", "Refresh"), ("按最新数据重新计算漏斗、周计划、龙虎榜等各表", "Works out the funnel, the week plan, the board and all the rest anew"), "RefreshAll", "R", large=True, handler="refresh_files:pressed", line="workbooks:refresh"),
    Command("undo", "workbook", ("旧版本", "Earlier version"), ("把上一次写入文件之前的版本另外打开成只读副本，并说明差别；打开着的工作簿不动", "Opens what the file was before it was last written, as a read-only copy, and says what differs; this workbook stays"), "Undo", "YU", handler="undo:pressed", line="undo:undo"),
    Command("as_of", "workbook", ("截至", "As of"), ("数据截至哪一天（含当天），如 2026-05-20；不填为今天", "Day the numbers are for, included, e.g. 2026-05-20; blank is today"), "DateAndTimeInsert", "D", Does.DAY),
    Command("funnel", "funnel", ("漏斗", "Funnel"), ("各级别有多少客户、转化率多少、还缺多少", "Customers at each tier, conversion, and how many are missing"), "Filter", "F", Does.SHEET, "funnel", large=True),
    Command("week_plan", "funnel", ("周计划", "Week plan"), ("每周要新增多少客户、完成多少订单", "What each week must bring"), "NewAppointment", "W", Does.SHEET, "week_plan"),
    Command("chance", "funnel", ("达成概率", "Chance"), ("每人达成目标的概率、预计金额，以及哪个级别最先断档", "Each person's chance of making the target, the money to expect, and which tier runs dry first"), "ChartInsert", "O", Does.SHEET, "funnel"),
    Command("summary", "funnel", ("期末总结", "Summary"), ("整个期间的平均转化率和计划完成情况", "Average conversion and what was done over the period"), "AutoSum", "U", Does.SHEET, "summary"),
    Command("calls", "follow_up", ("今日电话", "Today's calls"), ("每人今天打给谁、为什么、谈什么，按轻重缓急排好", "Whom each person calls today, why and what about, the most pressing first"), "AutoDial", "P", Does.SHEET, "calls", large=True),
    Command("care", "follow_up", ("客户关怀", "Care"), ("该联系哪些老客户、说什么，关怀带来了多少订单", "Which customers to look after, what to say, and the orders care brought"), "ShapeHeart", "E", Does.SHEET, "care"),
    Command("log", "follow_up", ("登记电话", "Log a call"), ("把名单黄色列里填好的结果记入跟进记录，名单随即更新", "Puts what stands in the yellow columns of the call list into Activities and makes the list anew"), "ReviewNewComment", "Q", sheet="calls", handler="log_call:pressed", line="calls:log"),
    Command("find", "follow_up", ("查找客户", "Find a customer"), ("按黄色格里的编号、名称或电话，列出客户的全部往来", "Lists all there is about the customers that fit the yellow cell: ID, name or phone"), "FindDialog", "V", sheet="find", handler="find:pressed", line="calls:find"),
    Command("board", "team", ("龙虎榜", "Board"), ("谁完成了多少，比时间进度超前还是落后", "Who has done how much, ahead of or behind the time gone"), "SortDown", "B", Does.SHEET, "board", large=True),
    Command("diagnosis", "team", ("诊断", "Diagnosis"), ("每人为什么没有达成目标：九个问题，逐条给出数据、结论和建议", "Why each person misses the target: nine questions with data, verdict and advice"), "ErrorChecking", "YQ", Does.SHEET, "diagnosis"),
    Command("causes", "team", ("归因", "Causes"), ("差额从哪里来：电话量、接通率、报价率等各占多少", "Where the gap comes from: calls, connects, quotes and the rest"), "ChartTypeBarInsertGallery", "YC", Does.SHEET, "causes"),
    Command("publish", "team", ("发布", "Publish"), ("选一个文件夹，把龙虎榜存成网页（遮住客户名称）；设置了团队群或邮箱的，同时发出去", "Choose a folder: the board is saved there as a web page, customers masked, and sent to the team chat or mail you have set up"), "FileSendAsAttachment", "Z", Does.FOLDER, handler="publish:pressed", line="workbooks:publish"),
    Command("tracking", "team", ("个人追踪", "Tracking"), ("选一个人，看目标完成、差距从哪来、每周计划做了多少", "One person: target, where the gap comes from, the plan week by week"), "TagMarkComplete", "K", Does.SHEET, "tracking"),
    Command("daily_report", "team", ("日报", "Daily report"), ("每人每天的电话、推进、报价、订单和约定跟进，取自跟进记录", "What each person did each day and which promises were kept, from the log"), "CreateReport", "YD", Does.SHEET, "daily_report"),
    Command("transfer", "team", ("移交客户", "Transfer"), ("把离职人员的客户交给接手人：在“业务员”表里“在岗”写“否”、备注写“移交 姓名”；过去的业绩仍归原来的人", "Hands a leaver's customers over: in People set Active to No and write \"to NAME\" in the note; past results stay with the leaver"), "ReviewShareWorkbook", "X", handler="transfer:pressed", line="exchange:transfer"),
    Command("targets", "team", ("目标", "Targets"), ("团队和个人的目标", "Targets of the team and of each person"), "ShapeStar", "T", Does.SHEET, "targets", line="targets:targets"),
    Command("targets_propose", "team", ("拟定目标", "Propose"), ("按产能和在谈客户，给还没有目标的人和团队拟定目标", "Proposes targets from productivity and the pipeline to those who have none, and to the team"), "CalculateNow", "YP", sheet="targets", handler="targets:pressed"),
    Command("targets_split", "team", ("分解目标", "Split"), ("把团队目标按产能分到人，合计分毫不差；锁定和已确认的不动", "Splits the team's target by capacity so that it adds up; locked and agreed ones stay"), "DistributionListSelectMembers", "YS", sheet="targets", handler="targets:pressed"),
    Command("targets_agree", "team", ("确认目标", "Agree"), ("拟定的目标双方谈定，记下今天的日期和确认人", "Proposed targets become agreed ones, with today's date and by whom"), "AcceptInvitation", "YA", sheet="targets", handler="targets:pressed"),
    Command("targets_revise", "team", ("修订目标", "Revise"), ("数字说明团队目标该改时，按预测加一个新版本并写明原因，旧版本保留", "When the numbers justify it, adds a revision of the team's target with its reason; the old one stays"), "ReviewTrackChanges", "YR", sheet="targets", handler="targets:pressed"),
    Command("meeting", "team", ("会议材料", "Meeting pack"), ("开团队会议用，可直接打印：目标、完成、形态、原因、谁帮谁", "To print for the team meeting: targets, results, shapes, causes, who helps whom"), "MeetingsWorkspace", "M", Does.SHEET, "meeting"),
    Command("rewards", "team", ("奖惩", "Rewards"), ("按规则该奖该罚多少、哪天兑现、哪些逾期", "Rewards and penalties by the rules: how much, due when, which are overdue"), "Calculator", "YW", Does.SHEET, "rewards"),
    Command("refresh_folder", "batch", ("刷新文件夹", "Refresh a folder"), ("选一个文件夹，逐个刷新里面关闭着的工作簿", "Choose a folder; every closed workbook in it is refreshed"), "FileOpen", "L", Does.FOLDER, handler="refresh_files:folder_pressed"),
    Command("import", "batch", ("导入通话", "Import calls"), ("选一个文件夹，把里面电话系统的通话记录（CSV）并入跟进记录，重复导入不会重复计", "Choose a folder; the call logs (CSV) in it go into the activities, each call once"), "GetExternalDataFromText", "I", Does.FOLDER, handler="import_calls:pressed", line="exchange:import_"),
    Command("collect", "batch", ("收集", "Collect"), ("选一个文件夹，把各人表里新增的跟进和改动收回来；两边都改过的不覆盖，列进“数据检查”", "Choose a folder; new activities and changes in people's workbooks come back, what both sides changed is listed in Problems"), "ReviewCombineRevisions", "J", Does.FOLDER, handler="collect:pressed", line="exchange:collect"),
    Command("handout", "batch", ("发放", "Hand out"), ("选一个文件夹，给每人生成一份自己的客户、计划和跟进记录", "Choose a folder; each person gets a workbook with their own customers, plan and log"), "FileSendAsAttachment", "H", Does.FOLDER, handler="handout:pressed", line="exchange:handout"),
    Command("guide", "help", ("使用指南", "Guide"), ("每天、每周、期末该做什么", "What to do each day, each week, at the end of the period"), "Help", "G", Does.SHEET, "guide", large=True),
    Command("doctor", "help", ("诊断安装", "Doctor"), ("检查安装是否完好，逐条给出处理办法", "Checks the installation and says what to do"), "TechnicalSupport", "N", Does.TELL, handler="doctor:faults", line="setup:doctor"),
    Command("about", "help", ("关于", "About"), ("版本与许可", "Version and licence"), "Info", "A", Does.TELL, handler="about:about"),
    Command("new", line="workbooks:new"),
    Command("company", line="exchange:company"),
    Command("show", line="workbooks:show"),
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


def text(pair: Pair, language: str) -> str:
    """One of a pair of texts."""
    return pair[LANGUAGES.index(language)]
