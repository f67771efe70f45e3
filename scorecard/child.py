"""Work on what strangers wrote, done in a child process with limits on time and memory.

    readers = ChildPool(seconds=10, megabytes=800)
    content = readers.run("workbook.reading:read", uploaded_bytes, max_rows=2000)

The worker is a function of a module without Django: (bytes, **options) -> bytes, the options as
JSON holds them. A child has none of the site's environment, is kept for the next job, and is
replaced when it died, failed, grew or has done many. What goes wrong is a ChildError, whose text
is for the person.
"""

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock, Timer

from django.utils.translation import gettext as _

from scorecard import child_process

logger = logging.getLogger(__name__)
PROJECT = Path(__file__).resolve().parent.parent
# All that a child knows of the site's environment.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}


class ChildError(Exception):
    """The work came to no end. The text says so in words for the person who asked for it."""


class TimedOut(ChildError):
    pass


class OutOfMemory(ChildError):
    pass


class Crashed(ChildError):
    """The process ended without an answer."""


class WorkerFailed(ChildError):
    """The worker raised something; kind names it ("RecursionError"). The log has the rest."""

    def __init__(self, message: str, *, kind: str):
        super().__init__(message)
        self.kind = kind


class Busy(ChildError):
    """All children were at work for as long as one may wait."""


class ChildPool:
    """At most `size` children at once; more callers wait for their turn. Safe between threads.

    seconds: for one job, of processor time.
    megabytes: of memory, everything that a library maps included.
    clock: seconds for one job by the clock; more, since other work on the machine slows it.
    wait: seconds that a caller waits for its turn.
    """

    def __init__(self, *, seconds: int, megabytes: int, clock: int = 0, size: int = 2, wait=120):
        clock = clock or 2 * seconds + 5
        self.limits = {"seconds": seconds, "megabytes": megabytes, "clock": clock}
        self.wait = wait
        self.size = size
        self._forget()
        os.register_at_fork(after_in_child=self._forget_those_of_the_parent)
        atexit.register(self.close)

    def run(self, worker: str, body: bytes, /, **options) -> bytes:
        """Return what the worker made of the bytes. Raises a ChildError."""
        with self._turn(), self._child() as child:
            return child.run(worker, body, options)

    @property
    def children(self) -> "list[Child]":
        """Those alive, at work or waiting for it."""
        return list(self._all)

    def close(self):
        """End the children that wait for work."""
        while child := self._idle_child():
            child.end()

    @contextmanager
    def _turn(self):
        turns = self._turns
        if not turns.acquire(timeout=self.wait):
            raise Busy(_("Too much is being done at this moment. Try again in some minutes."))
        try:
            yield
        finally:
            turns.release()

    @contextmanager
    def _child(self):
        """A child for one job: a warm one where there is one, put back if it can do another."""
        child = self._living_child()
        try:
            yield child
        finally:
            with self._lock:
                if child.can_go_on:
                    self._idle.append(child)
                else:
                    self._all.discard(child)
            if not child.can_go_on:
                child.kill()

    def _living_child(self) -> "Child":
        while child := self._idle_child():
            if child.is_alive:
                return child
            child.kill()  # for the system to forget it as well
        child = Child(self.limits)
        with self._lock:
            self._all.add(child)
        return child

    def _idle_child(self) -> "Child | None":
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _forget(self):
        self._lock, self._turns = Lock(), BoundedSemaphore(self.size)
        self._idle: list[Child] = []
        self._all: set[Child] = set()

    def _forget_those_of_the_parent(self):
        """After a fork: two processes talking to one child would get each other's answers."""
        for child in self._all:
            child.let_go()
        self._forget()


class Child:
    """One process that does job after job."""

    def __init__(self, limits: dict):
        self.limits = limits
        self.can_go_on = False
        self.process = subprocess.Popen(
            [sys.executable, "-I", child_process.__file__, PROJECT, json.dumps(limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,  # a group of its own, killed as a whole
        )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def run(self, worker: str, body: bytes, options: dict) -> bytes:
        self.can_go_on = False
        timer = _KillTimer(self)
        with timer, suppress(BrokenPipeError):
            child_process.write(self.process.stdin, {"worker": worker, "options": options}, body)
            if answer := child_process.read(self.process.stdout):
                head, content = answer
                if "failed" in head:
                    raise self._failure(worker, head)
                self.can_go_on = not head["is_last"]
                return content
        raise self._end_of(worker, has_timed_out=timer.has_struck)

    def _failure(self, worker: str, head: dict) -> ChildError:
        if head["failed"] == "MemoryError":
            return self._out_of_memory()
        logger.warning("%s failed in its child process\n%s", worker, head["details"])
        message = _("This could not be worked through (%(kind)s).") % {"kind": head["failed"]}
        return WorkerFailed(message, kind=head["failed"])

    def _end_of(self, worker: str, *, has_timed_out: bool) -> ChildError:
        """Say why the process ended in the middle of the job."""
        self.kill()
        ended_by = -self.process.returncode
        if has_timed_out or ended_by == signal.SIGXCPU:
            seconds = self.limits["clock" if has_timed_out else "seconds"]
            text = _("This took longer than %(seconds)s seconds and was stopped.")
            return TimedOut(text % {"seconds": seconds})
        logger.warning("%s ended its child process: %s", worker, self.process.returncode)
        if ended_by == signal.SIGTRAP:  # how GLib, which sets text, ends without memory
            return self._out_of_memory()
        return Crashed(_("This broke the program that was to work through it."))

    def _out_of_memory(self) -> OutOfMemory:
        return OutOfMemory(
            _("This needs more than %(megabytes)s MB of memory and was stopped.") % self.limits
        )

    def end(self):
        """Let it go home by itself; a moment later it has to."""
        self._close_pipes()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=1)
        self.kill()

    def kill(self):
        """End it and whatever it started, and wait until the system has forgotten it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._close_pipes()

    def let_go(self):
        """Close this process's ends of the pipes, so that the child sees when its parent ends."""
        self._close_pipes()
        self.process.returncode = 0  # it is not ours to wait for

    def _close_pipes(self):
        self.process.stdin.close()
        self.process.stdout.close()


class _KillTimer:
    """Kills the child when the time is over, which ends every wait for it."""

    def __init__(self, child: Child):
        self.child = child
        self.has_struck = False
        self._timer = Timer(child.limits["clock"], self._strike)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()

    def __exit__(self, *_exception):
        self._timer.cancel()

    def _strike(self):
        self.has_struck = True
        with suppress(ProcessLookupError):
            os.killpg(self.child.process.pid, signal.SIGKILL)
