"""Files shared among the workers of a Dask cluster: none is lost, whatever becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dask
import distributed
import pytest

from funnelbook.book.ports import BookError
from funnelbook.commands import cluster
from support.fragile import fragile


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text("x")
    return [folder / name for name in names]


@pytest.fixture
def importable(monkeypatch):
    """Workers are given what the tests are made of."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


@pytest.mark.slow
def test_all_files_are_done_and_one_that_kills_is_named_alone(tmp_path, importable):
    names = ("a", "abort", "b", "once", "c", "d")
    tried = tmp_path / "tried"
    work = partial(fragile, tried)
    done = {path.name: said for path, said in cluster.each(files(tmp_path, *names), work, "local", 2)}
    assert done == {"a": "A", "abort": None, "b": "B", "once": "ONCE", "c": "C", "d": "D"}
    times = [line.split()[0] for line in tried.read_text().splitlines()]
    assert set(times) == set(names)
    assert max(times.count(name) for name in names) == 2, (
        "once more; also what a worker had done but not told when it died"
    )


@pytest.fixture
def running() -> Iterator[str]:
    """The address of a cluster with a worker in this process."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as ours:
        yield ours.scheduler_address


def test_workers_share_the_files(tmp_path, running):
    names = ("a", "b", "c", "d")
    tried = tmp_path / "tried"
    done = {
        path.name: said for path, said in cluster.each(files(tmp_path, *names), partial(fragile, tried), running, 1)
    }
    assert done == {name: name.upper() for name in names}
    assert sorted(line.split()[0] for line in tried.read_text().splitlines()) == sorted(names)


def test_a_worker_of_another_version_is_refused_by_name(tmp_path, running, monkeypatch):
    monkeypatch.setattr(cluster, "__version__", "9.9.9")
    with pytest.raises(BookError) as caught:
        list(cluster.each(files(tmp_path, "a"), partial(fragile, tmp_path / "tried"), running, 1))
    assert caught.value.code == "other_version"
    assert caught.value.fields["worker"].startswith("inproc://")
    assert not (tmp_path / "tried").exists()
    with pytest.raises(BookError) as caught:
        cluster.guarded(str, "0.0.1", tmp_path / "a")
    assert caught.value.code == "other_version"


def test_a_scheduler_that_vanishes_loses_nothing(tmp_path):
    tried = tmp_path / "tried"
    ours = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    )
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        shared = cluster.each(files(tmp_path, "a", "b", "c"), partial(fragile, tried), ours.scheduler_address, 1)
        assert [next(shared)[0].name, next(shared)[0].name] == ["a", "b"]
        ours.close()
        with pytest.raises(BookError) as caught:
            next(shared)
    assert (caught.value.code, caught.value.fields["left"]) == ("cluster_lost", 1)


def test_an_address_where_nobody_answers_is_told(tmp_path):
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(BookError) as caught,
    ):
        list(cluster.each(files(tmp_path, "a"), str, "tcp://127.0.0.1:9", 1))
    assert caught.value.code == "no_cluster"


@pytest.mark.parametrize("address", ["tcp://SCHEDULER:8786", "没有这台:8786", "xx://a:1", "调度程序:"])
def test_a_name_nobody_knows_is_told_without_trying_it_for_half_a_minute(tmp_path, monkeypatch, address):
    def tried(*_: object, **__: object) -> None:
        pytest.fail("tried to connect")

    monkeypatch.setattr(distributed, "Client", tried)
    with pytest.raises(BookError) as caught:
        list(cluster.each(files(tmp_path, "a"), str, address, 1))
    assert caught.value.code == "no_cluster"
