"""`funnelbook company`: the team workbooks of a folder rolled up into one, in which every team has a row as a person has in its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from funnelbook import template
from funnelbook.book import results
from funnelbook.book.decode import Inputs
from funnelbook.book.encode import encode
from funnelbook.book.labels import LANGUAGES
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import FileReport, refresh_file, workbooks
from funnelbook.domain import periods, targets

_OF_EVERY_TEAM = ("Customers", "Activities", "Orders", "People", "Targets", "History")
_OF_THE_FIRST = ("Tiers", "Outcomes", "Channels", "Objections", "Calendar", "Settings")
_PRIVATE = ("contact", "phone", "email", "birthday", "note", "next_contact", "next_purpose", "next_channel")
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


def company(folder: Path, target: Path, *, as_of: date) -> CompanyReport:
    """The roll-up of a folder's team workbooks in a new workbook, refreshed: teams stand where people do, named by their files.

    Customers, activities, orders, tier history and targets of all teams count; contact details stay with the teams. A workbook
    that cannot be read or has other tiers is left out and named. BookError when `target` is there already or no team could be read.
    """
    if target.exists():
        raise BookError("exists", file=target.name)
    if target.suffix.lower() != ".xlsx":
        raise BookError("not_xlsx", file=target.name)
    if not target.parent.is_dir():
        raise BookError("no_folder", folder=str(target.parent))
    reports: list[FileReport] = []
    first: Inputs | None = None
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in _OF_EVERY_TEAM}
    for file in workbooks([folder]) if folder.is_dir() else []:
        try:
            book = open_book(file)
            inputs = read_inputs(book, as_of)
            first = _like_the_first(file, first, inputs)
            frames = inputs.frames | {"History": _history(book)}
            for name, frame in _as_one(file.stem, frames).items():
                parts[name].append(frame)
            reports.append(FileReport(str(file), "done"))
        except BookError as error:
            spoken = first.settings.language if first else LANGUAGES[0]
            reports.append(FileReport(str(file), "refused", message=error.text(spoken)))
    if first is None:
        raise BookError("no_team_read", folder=str(folder), reasons="\n".join(report.message for report in reports))
    whole = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
    whole |= {name: first.frames[name] for name in _OF_THE_FIRST}
    _make(target, whole, first.settings.language, as_of)
    return CompanyReport(str(target), reports)


def _like_the_first(file: Path, first: Inputs | None, inputs: Inputs) -> Inputs:
    if "Customers" not in inputs.present:
        raise BookError("no_customers", file=file.name)
    if first is not None and list(first.tiers.codes) != list(inputs.tiers.codes):
        theirs, ours = (" ".join(tiers.codes) for tiers in (inputs.tiers, first.tiers))
        raise BookError("other_tiers", file=file.name, theirs=theirs, ours=ours)
    return first or inputs


def _history(book: object) -> pd.DataFrame:
    standing = results.read_all(book).get("History")
    return standing.frame if standing else results.blank(TABLES["History"])


def _as_one(team: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """A team's rows as those of one person called like the team, with keys no other team has."""
    found = {}
    for name, keys in _KEYS.items():
        frame = frames[name].assign(owner=team)
        found[name] = frame.assign(**{key: _prefixed(team, frame[key]) for key in keys})
    found["Customers"] = found["Customers"].assign(**dict.fromkeys(_PRIVATE))
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
    found["Targets"] = _targets(team, frames["Targets"])
    return found


def _prefixed(team: str, keys: pd.Series) -> pd.Series:
    return keys.map(lambda key: f"{team}/{key}", na_action="ignore")


def _targets(team: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A row a period: the team's target that counts, else the sum of its people's."""
    spans = [_period(text) for text in frame["period"]]
    rows = []
    for period in {span.label: span for span in spans if span is not None}.values():
        ruling = targets.ruling(frame.assign(span=spans), period)
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


def _make(target: Path, whole: Mapping[str, pd.DataFrame], language: str, as_of: date) -> None:
    rows = {
        name: template.rows_of(TABLES[name], frame) for name, frame in whole.items() if name != "History" and len(frame)
    }
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / target.name
        made.write_bytes(template.build(language, rows=rows))
        history = whole["History"].drop_duplicates(list(TABLES["History"].keys), ignore_index=True)
        open_book(made).write([encode(TABLES["History"], history, language)])
        report = refresh_file(made, as_of)
        if report.status == "refused":
            raise BookError("unexpected", file=target.name, detail=report.message)
        partial = target.with_name(f".~funnelbook-{target.name}.tmp")
        try:
            partial.write_bytes(made.read_bytes())
            os.replace(partial, target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise BookError("no_temp", file=target.name, detail=error.strerror or str(error)) from error
