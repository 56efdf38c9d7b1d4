"""`funnelbook company`: the team workbooks of a folder rolled up into one, in which every team has a row as a person has in its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from funnelbook import template
from funnelbook.book import result_tables
from funnelbook.book.encode import encode
from funnelbook.book.handout_copy import MARK_SHEET, mark_sheet, refuse_no_team
from funnelbook.book.ownership import new_id
from funnelbook.book.ports import Book, BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.hands import OWN, Hands
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.put import put_new
from funnelbook.commands.refresh_files import FileReport, refresh_file, workbooks
from funnelbook.domain import periods, rulings, targets
from funnelbook.words import DEFAULT

_OF_EVERY_TEAM = ("Customers", "Activities", "Orders", "People", "Targets", "History", "Outcomes")
_OF_THE_FIRST = ("Tiers", "Channels", "Objections", "Calendar", "Settings")
_AGREED = ("note", "next_contact", "next_purpose")  # what a call said, and what was agreed for the next
_PRIVATE = {"Customers": ("contact", "phone", "email", "birthday", "next_channel", *_AGREED), "Activities": _AGREED}
_KEYS = {"Customers": ("id",), "Activities": ("activity_id", "id"), "Orders": ("order_id", "id"), "History": ("id",)}


@dataclass(frozen=True)
class CompanyReport:
    """The workbook made, and what became of each team's."""

    file: str
    files: list[FileReport]

    @property
    def teams(self) -> int:
        return sum(file.status == "done" for file in self.files)

    def as_dict(self) -> dict[str, object]:
        return {"file": self.file, "teams": self.teams, "files": [file.as_dict() for file in self.files]}


@dataclass(frozen=True)
class _Team:
    """What a team's workbook gives: its rows as those of one person, and the tables that a roll-up has of its first team."""

    language: str
    tiers: list[str]
    rows: dict[str, pd.DataFrame]
    rules: dict[str, pd.DataFrame]


def company(
    folder: Path,
    target: Path,
    hands: Hands = OWN,
    *,
    as_of: date,
    language: str = DEFAULT,
    begins: Callable[[int], None] = lambda files: None,
    progress: Callable[[object], None] = lambda team: None,
) -> CompanyReport:
    """The roll-up of a folder's team workbooks in a new workbook, refreshed: teams stand where people do, named by their files.

    Customers, activities, orders, tier history and targets of all teams count; contact details, call notes and what was agreed
    with customers stay with the teams. A workbook that cannot be read, has other tiers or was handed out to a person is refused
    and named, an earlier roll-up is left out, in the first team's language or, where there is none, in `language`. `begins` hears
    how many files there are to read, `progress` of each. BookError when `target` is there already or no team could be read.
    """
    if target.exists():
        raise BookError("exists", file=target.name)
    if target.suffix.lower() != ".xlsx":
        raise BookError("not_xlsx", file=target.name)
    if not target.parent.is_dir():
        raise BookError("no_folder", folder=str(target.parent))
    files = workbooks([folder]) if folder.is_dir() else []
    begins(len(files))
    read: dict[Path, _Team | BookError | None] = {}
    for file, found in hands.each(files, partial(_read, as_of=as_of)):
        read[file] = found
        progress(found)
    teams, refused = _alike({file: read[file] for file in files})
    said_in = next((team.language for team in teams.values()), language)
    reports = [_report(file, refused.get(file), said_in) for file in files]
    if not teams:
        raise BookError("no_team_read", folder=str(folder), reasons="\n".join(report.message for report in reports))
    first = next(iter(teams.values()))
    whole = {
        name: pd.concat([team.rows[name] for team in teams.values()], ignore_index=True) for name in _OF_EVERY_TEAM
    }
    whole["Activities"], whole["Outcomes"] = _by_their_own_rules(whole["Activities"], whole["Outcomes"])
    _make(target, whole | first.rules, first.language, as_of, like=next(iter(teams)))
    return CompanyReport(str(target), reports)


def _read(file: Path, as_of: date) -> _Team | BookError:
    """What a workbook gives, or why it is no team's: another process or computer may be asked."""
    try:
        book = open_book(file)
        refuse_no_team(book)
        inputs = read_inputs(book, as_of)
        if "Customers" not in inputs.present:
            raise BookError("no_customers", file=file.name)
        rows = _as_one(file.stem, inputs.frames | {"History": _history(book)})
    except BookError as error:
        return error
    except Exception as error:  # whatever is wrong with one file, the others are rolled up
        return BookError("unexpected", file=file.name, detail=f"{type(error).__name__}: {error}")
    rules = {name: inputs.frames[name] for name in _OF_THE_FIRST}
    return _Team(inputs.settings.language, list(inputs.tiers.codes), rows, rules)


def _alike(read: Mapping[Path, _Team | BookError | None]) -> tuple[dict[Path, _Team], dict[Path, BookError]]:
    """The teams that have the tiers of the first, and why the other files are left out; None: whoever read it died of it."""
    teams: dict[Path, _Team] = {}
    refused: dict[Path, BookError] = {}
    for file, found in read.items():
        first = next(iter(teams.values()), found)
        if found is None:
            refused[file] = BookError("worker_died", file=file.name)
        elif isinstance(found, BookError):
            refused[file] = found
        elif isinstance(first, _Team) and first.tiers != found.tiers:
            theirs, ours = " ".join(found.tiers), " ".join(first.tiers)
            refused[file] = BookError("other_tiers", file=file.name, theirs=theirs, ours=ours)
        else:
            teams[file] = found
    return teams, refused


def _report(file: Path, error: BookError | None, language: str) -> FileReport:
    if error is None:
        return FileReport(str(file), "done")
    # roll-ups of other months lie beside the teams by right
    status = "left_out" if error.code == "rolled_up" else "refused"
    return FileReport(str(file), status, message=error.text(language))


def _history(book: Book) -> pd.DataFrame:
    standing = result_tables.read_all(book).get("History")
    return standing.frame if standing else result_tables.blank(TABLES["History"])


def _as_one(team: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """A team's rows as those of one person called like the team, with keys no other team has."""
    found = {}
    for name, keys in _KEYS.items():
        frame = frames[name].assign(owner=team)
        found[name] = frame.assign(**{key: _prefixed(team, frame[key]) for key in keys})
    for name, columns in _PRIVATE.items():
        found[name] = found[name].assign(**dict.fromkeys(columns))
    people = frames["People"]
    active = people[people["active"].astype(bool)]
    row = {
        "person": team,
        "start": people["start"].min(),
        "active": True,
        "daily_calls": active["daily_calls"].sum(min_count=1),
        "capacity": active["capacity"].fillna(1.0).sum() if len(active) else None,
    }
    found["People"] = pd.DataFrame([row])
    found["Outcomes"] = frames["Outcomes"].assign(owner=team)
    found["Targets"] = _targets(team, frames["Targets"])
    return found


def _by_their_own_rules(activities: pd.DataFrame, rules: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Activities and Outcomes of all teams; an outcome that means something else in a team is there named as the team's own."""
    mine, meaning = ["owner", "outcome"], ["tier_after", "connected", "quoted"]
    rules = rules.dropna(subset="outcome").drop_duplicates(mine)
    said = pd.concat([rules[mine], activities[mine]]).dropna().drop_duplicates(ignore_index=True)
    own = said.merge(rules, "left", on=mine)[meaning]
    first = said.merge(rules.drop_duplicates("outcome").drop(columns="owner"), "left", on="outcome")[meaning]
    texts = [frame.astype(object).fillna("").astype(str) for frame in (own, first)]
    differs = (texts[0] != texts[1]).any(axis=1)
    named = said.assign(named=said["outcome"].where(~differs, said["owner"] + "/" + said["outcome"]))
    activities, rules = (frame.merge(named, "left", on=mine) for frame in (activities, rules))
    activities, rules = (frame.assign(outcome=frame["named"]).drop(columns="named") for frame in (activities, rules))
    return activities, rules.drop_duplicates("outcome", ignore_index=True)


def _prefixed(team: str, keys: pd.Series) -> pd.Series:
    return keys.map(lambda key: f"{team}/{key}", na_action="ignore")


def _targets(team: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A row a period: the team's target that counts, else the sum of its people's."""
    spans = [_period(text) for text in frame["period"]]
    rows = []
    for period in {span.label: span for span in spans if span is not None}.values():
        ruling = rulings.ruling(frame.assign(span=pd.Series(spans, index=frame.index, dtype=object)), period)
        own = ruling.value.loc[[person for person in ruling.value.index if person is not None]].sum(min_count=1)
        value = ruling.value.loc[None] if None in ruling.value.index else own
        counted = ruling.agreed[ruling.agreed.index.isna()] if None in ruling.value.index else ruling.agreed
        agreed = bool(counted.all())
        measures = {measure if agreed else f"{measure}_proposed": value[measure] for measure in targets.MEASURES}
        rows.append({"period": period.label, "person": team, **measures})
    return pd.DataFrame(rows, columns=list(TABLES["Targets"].names))


def _period(text: object) -> periods.Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _make(target: Path, whole: Mapping[str, pd.DataFrame], language: str, as_of: date, like: Path) -> None:
    rows = {
        name: template.rows_of(TABLES[name], frame) for name, frame in whole.items() if name != "History" and len(frame)
    }
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / target.name
        made.write_bytes(template.build(language, rows=rows, id_=new_id()))
        book = open_book(made)
        book.graft(mark_sheet(list(whole["People"]["person"])), [MARK_SHEET])
        history = whole["History"].drop_duplicates(list(TABLES["History"].keys), ignore_index=True)
        book.write([encode(TABLES["History"], history, language)])
        report = refresh_file(made, as_of)
        if report.status == "refused":
            raise BookError("unexpected", file=target.name, detail=report.message)
        put_new({target: made.read_bytes()}, like=like)
