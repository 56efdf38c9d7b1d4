"""`funnelbook install` and `uninstall`: the add-in's files, links and keys of this user, all of them or none."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from funnelbook.book.ports import BookError
from funnelbook.files import half_done
from funnelbook.files.write import safe_write
from funnelbook.setup.engine_keys import keys
from funnelbook.setup.explorer_links import arguments
from funnelbook.setup.installed import Copy
from funnelbook.setup.last_errors import errors_file
from funnelbook.setup.machine import APPLESCRIPT, EXCEL_PLATFORMS, Machine, marked_from_web, settings_file
from funnelbook.words import DEFAULT, say

SELF_TEST = ("-P", "-c", "from funnelbook.engine.excel_cells import self_test; print(self_test())")


@dataclass(frozen=True)
class InstallReport:
    """What installing did.

    `status`: installed, installed_over (an older one), installed_same (nothing to do) or installed_no_excel (what needs no Excel).
    """

    status: str
    files: tuple[Path, ...]  # where the add-in's files are now

    def text(self, language: str) -> str:
        """What to tell the user."""
        return say(self.status, language)


@dataclass(frozen=True)
class Key:
    """A key of this user in the registry, whose own value is written as a file is."""

    name: str

    def __str__(self) -> str:
        return rf"HKEY_CURRENT_USER\{self.name}"


Place = Path | Key
Contents = dict[Place, bytes | str | None]


def install(
    machine: Machine, addin: bytes, *, language: str = DEFAULT, self_test: Sequence[str] = SELF_TEST
) -> InstallReport:
    """What was installed for this user; needs no administrator.

    On Windows the registry is told what CreateObject starts, and Explorer is given links that refresh a closed workbook; what older
    versions put in place besides goes. Where there is no Excel, as with WPS, Windows gets the links alone. `self_test` is what that
    Python must run without error. Refuses (BookError), with nothing changed: no Excel here, Excel running, on a Mac never run, a
    failing self-test, on a Mac a path Excel cannot read, a file or key that cannot be written.
    """
    refuse_without_excel(machine)
    ran = machine.excel_folder.is_dir()
    if not ran and not machine.windows:
        raise BookError("excel_never_ran")
    python = machine.interpreter
    wanted: Contents = {machine.addin: addin} if ran else {}
    if machine.windows:
        wanted |= _links(machine, language)
        wanted |= {machine.conf: None, machine.logon: None}
        wanted |= {Key(name): value for name, value in keys(python, language).items() if ran}
    else:
        wanted[machine.applescript] = _applescript()
        wanted[machine.conf] = settings_file({"INTERPRETER_MAC": str(python), "LANGUAGE": language})
    passed, answer = machine.ask_python(python, self_test)
    if not passed:
        raise BookError("self_test_failed", detail=answer, reinstall=Copy.this().reinstall())
    before = _contents(machine, wanted)
    there = tuple(place for place, content in wanted.items() if isinstance(place, Path) and content is not None)
    same = before == wanted and not marked_from_web(machine.addin)
    if not same:
        machine.end_engine()
        _write_all(machine, wanted, before)
        _remove_settings_folder(machine)
    if not ran:
        return InstallReport("installed_no_excel", there)
    over = "installed_same" if same else "installed_over"
    return InstallReport("installed" if before[machine.addin] is None else over, there)


def uninstall(machine: Machine) -> list[Path]:
    """What was removed; [] if nothing was there: files and links of any version, the engine's keys, the settings' folder if empty.

    Refuses (BookError), with nothing changed: no Excel here, Excel running, a file that cannot be removed.
    """
    refuse_without_excel(machine)
    own: list[Place] = [
        machine.addin,
        machine.conf,
        errors_file(machine.home),
        *half_done.files(half_done.folder_of(machine.home)),
        *([machine.logon, *machine.links, machine.icon] if machine.windows else [machine.applescript]),
    ]
    own += [Key(name) for name in reversed(keys(machine.interpreter, DEFAULT))] if machine.windows else []
    before = {place: content for place, content in _contents(machine, own).items() if content is not None}
    machine.end_engine()
    _write_all(machine, dict.fromkeys(before), before)
    return [place for place in before if isinstance(place, Path)] + _remove_settings_folder(machine)


def _links(machine: Machine, language: str) -> Contents:
    from funnelbook.setup.icon import icon  # noqa: PLC0415 - it is drawn with numpy, which takes its time

    given = machine.interpreter, arguments(language), machine.icon
    made: Contents = {path: machine.link(*given) for path in machine.links if path.parent.is_dir()}
    return made | {machine.icon: icon()} if made else {}


def _remove_settings_folder(machine: Machine) -> list[Path]:
    folder = machine.conf.parent
    with suppress(OSError):
        folder.rmdir()
        return [folder]
    return []


def refuse_without_excel(machine: Machine) -> None:
    """BookError where Excel cannot be, or runs now."""
    if machine.platform not in EXCEL_PLATFORMS:
        raise BookError("no_excel_here")
    if machine.excel_running():
        raise BookError("excel_runs")


def _applescript() -> bytes:
    found = importlib.util.find_spec("xlwings")
    path = Path(found.origin).with_name(APPLESCRIPT) if found and found.origin else None
    if path is None or not path.is_file():
        raise BookError("xlwings_incomplete", missing=APPLESCRIPT, reinstall=Copy.this().reinstall())
    return path.read_bytes()


def _contents(machine: Machine, places: Iterable[Place]) -> Contents:
    """What each file or key holds, None where there is none."""
    try:
        return {place: _read(machine, place) for place in places}
    except OSError as error:
        raise BookError("setup_not_written", file=error.filename, detail=error.strerror or error) from error


def _read(machine: Machine, place: Place) -> bytes | str | None:
    if isinstance(place, Path):
        return place.read_bytes() if place.is_file() else None
    value = machine.registry("HKCU", place.name, "")
    return None if value is None else str(value)


def _write_all(
    machine: Machine, wanted: Mapping[Place, bytes | str | None], before: Mapping[Place, bytes | str | None]
) -> None:
    """Writes every file and key, None removes it; if one fails, all are as `before` and BookError says which."""
    done: list[Place] = []
    folders: list[Path] = []
    place: Place = Path()
    try:
        for place, content in wanted.items():
            if isinstance(place, Path) and content is not None:
                for folder in reversed([f for f in place.parents if not f.exists()]):
                    folder.mkdir()
                    folders.append(folder)
            _write(machine, place, content)
            done.append(place)
    except OSError as error:
        for written in reversed(done):
            with suppress(OSError):
                _write(machine, written, before[written])
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise BookError("setup_not_written", file=place, detail=error.strerror or error) from error


def _write(machine: Machine, place: Place, content: bytes | str | None) -> None:
    match place, content:
        case Key(name), str() | None:
            machine.registry.write(name, content)
        case Path(), None:
            place.unlink(missing_ok=True)
        case Path(), bytes():
            safe_write(place, content)
        case _:
            raise TypeError(f"{place}: {content!r}")
