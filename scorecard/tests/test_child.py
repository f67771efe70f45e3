"""Work in a child process, with real bombs."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from scorecard.child import (
    PROJECT,
    Busy,
    ChildPool,
    Crashed,
    OutOfMemory,
    TimedOut,
    WorkerFailed,
)

WORKERS = "scorecard.tests.child_workers"


@pytest.fixture
def pool():
    pool = ChildPool(seconds=20, megabytes=400)
    yield pool
    pool.close()


@pytest.fixture
def impatient():
    pool = ChildPool(seconds=1, megabytes=400, clock=4, size=1, wait=0)
    yield pool
    pool.close()


def told(pool):
    return json.loads(pool.run(f"{WORKERS}:tell", b""))


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_worker_gets_bytes_and_options_and_its_answer_comes_back_whole(pool):
    content = bytes(range(256)) * 4096

    assert pool.run(f"{WORKERS}:echo", content, times=3) == content * 3


def test_nothing_in_and_nothing_out_is_an_answer_as_well(pool):
    assert pool.run(f"{WORKERS}:echo", b"") == b""


def test_child_has_no_environment_no_django_and_no_database_driver(pool, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    facts = told(pool)

    assert facts["environment"] == ["HOME", "LANG", "PATH"]
    assert facts["folder"] == "/"
    assert {"django", "psycopg2", "sqlite3", "environ"} & set(facts["modules"]) == set()


def test_child_is_kept_for_the_next_job(pool):
    assert told(pool)["pid"] == told(pool)["pid"] != os.getpid()


def test_child_is_a_group_of_its_own_so_that_all_of_it_can_be_killed(pool):
    facts = told(pool)

    assert facts["group"] == facts["pid"]


def test_what_a_library_prints_does_not_mix_with_the_answer(pool):
    assert pool.run(f"{WORKERS}:shout", b"answer") == b"answer"
    assert pool.run(f"{WORKERS}:echo", b"next") == b"next"


@pytest.mark.parametrize("worker", ["sleep", "compute"])
def test_job_without_end_is_stopped_and_the_next_gets_a_new_child(impatient, worker):
    first = told(impatient)["pid"]

    with pytest.raises(TimedOut, match=r"longer than (1|4) seconds and was stopped"):
        impatient.run(f"{WORKERS}:{worker}", b"")

    assert not is_running(first)
    assert told(impatient)["pid"] != first


def test_each_job_has_the_whole_time_for_itself():
    pool = ChildPool(seconds=2, megabytes=400)

    pids = {json.loads(pool.run(f"{WORKERS}:compute_for", b"", seconds=1))["pid"] for _ in "123"}

    assert len(pids) == 1
    pool.close()


def test_job_that_wants_too_much_memory_says_so(pool):
    first = told(pool)["pid"]

    with pytest.raises(OutOfMemory, match="more than 400 MB of memory"):
        pool.run(f"{WORKERS}:eat_memory", b"")

    assert told(pool)["pid"] != first


def test_child_that_has_grown_is_replaced_after_its_answer(pool):
    first = told(pool)["pid"]

    assert pool.run(f"{WORKERS}:grow", b"") == b"\0"
    assert told(pool)["pid"] != first


def test_endless_nesting_is_a_failure_with_a_name(pool):
    with pytest.raises(WorkerFailed, match="RecursionError") as caught:
        pool.run(f"{WORKERS}:nest", b"")

    assert caught.value.kind == "RecursionError"


def test_failure_of_the_worker_is_logged_with_its_place(pool, caplog):
    with pytest.raises(WorkerFailed, match=r"could not be worked through \(KeyError\)"):
        pool.run(f"{WORKERS}:raise_error", b"")

    assert "no such sheet" in caplog.text
    assert "in raise_error" in caplog.text


def test_crash_takes_down_the_child_alone(pool):
    with pytest.raises(Crashed, match="broke the program"):
        pool.run(f"{WORKERS}:crash", b"")

    assert pool.run(f"{WORKERS}:echo", b"still here") == b"still here"


def test_child_cannot_fill_the_disk(pool, tmp_path):
    with pytest.raises((Crashed, WorkerFailed)):
        pool.run(f"{WORKERS}:write_much", str(tmp_path).encode())

    assert (tmp_path / "large").stat().st_size <= 64 << 20


def test_worker_that_needs_django_is_refused(pool):
    with pytest.raises(WorkerFailed, match="ImportError"):
        pool.run(f"{WORKERS}:use_django", b"")


def test_child_that_died_while_it_waited_is_replaced(pool):
    first = told(pool)["pid"]
    os.kill(first, 9)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert pool.run(f"{WORKERS}:echo", b"x") == b"x"


def test_many_threads_share_two_children(pool):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: told(pool)["pid"], range(24)))

    assert 1 <= len(set(answers)) <= 2


def test_whoever_waits_too_long_for_a_turn_is_told_to_come_back(impatient):
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(pytest.raises, TimedOut, impatient.run, f"{WORKERS}:sleep", b"")
        while not impatient.children:
            time.sleep(0.01)
        with pytest.raises(Busy, match="Try again"):
            impatient.run(f"{WORKERS}:echo", b"")
        waiting.result()


def test_fork_has_children_of_its_own(pool):
    """As gunicorn does with --preload: made in the parent, used in each of its workers."""
    mine = told(pool)["pid"]
    reading, writing = os.pipe()

    if (fork := os.fork()) == 0:
        os.write(writing, str(told(pool)["pid"]).encode())
        pool.close()
        os._exit(0)
    os.waitpid(fork, 0)

    assert int(os.read(reading, 20)) != mine
    assert told(pool)["pid"] == mine


def test_children_end_with_their_parent():
    script = f"""
import sys; sys.path.insert(0, {str(PROJECT)!r})
from scorecard.child import ChildPool
print(ChildPool(seconds=5, megabytes=400).run("{WORKERS}:tell", b"").decode())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert not is_running(json.loads(done.stdout)["pid"])


def test_child_whose_parent_was_killed_goes_home():
    script = f"""
import os, sys; sys.path.insert(0, {str(PROJECT)!r})
from scorecard.child import ChildPool
print(ChildPool(seconds=5, megabytes=400).run("{WORKERS}:tell", b"").decode(), flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    pid = json.loads(done.stdout)["pid"]

    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)
