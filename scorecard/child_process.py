"""What runs in the child: takes jobs from standard input, one after the other. Without Django.

Started by child.py as a program of its own, with an empty environment: whatever a hostile file
makes of this process, it holds no key, no password and no connection.

A job is a worker's name, options and bytes; the answer is bytes, or what went wrong. Either
travels as two lengths, a head in JSON and a body.
"""

import gc
import io
import json
import os
import re
import resource
import struct
import sys
from importlib import import_module
from math import ceil
from pathlib import Path
from traceback import format_exc

LENGTHS = struct.Struct("!QQ")
RECURSION_LIMIT = 3000
JOBS_PER_CHILD = 200  # then memory that libraries never give back is given back
MEGABYTE = 1024 * 1024
_MOST_MEMORY = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
MOST_BYTES = 256 * MEGABYTE  # of one job or answer


def main(project: str, limits: dict):
    _limit_oneself(limits)
    sys.path.insert(0, project)
    incoming, outgoing = _own_pipes()
    for number in range(1, JOBS_PER_CHILD + 1):
        job = read(incoming)
        if job is None:
            return
        _allow_seconds(limits["seconds"])
        head, body = _done(*job)
        head["is_last"] = number == JOBS_PER_CHILD or "failed" in head or _has_grown(limits)
        write(outgoing, head, body)
        if head["is_last"]:
            return


def _own_pipes():
    """Take standard input and output away: what a library prints must not mix with answers."""
    pipes = io.FileIO(os.dup(0), "rb"), io.FileIO(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return pipes


def _limit_oneself(limits: dict):
    os.nice(5)
    # Jobs make many objects that live until their end; looking for cycles among them so seldom
    # saves a sixth of the time that a report takes, for a sixth more memory.
    gc.set_threshold(50_000, 20, 20)
    sys.setrecursionlimit(RECURSION_LIMIT)
    for what, most in [
        (resource.RLIMIT_AS, limits["megabytes"] * MEGABYTE),
        (resource.RLIMIT_FSIZE, 64 * MEGABYTE),
        (resource.RLIMIT_NOFILE, 128),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))


def _allow_seconds(seconds: int):
    """Of processor time, from now on: the limit itself counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _has_grown(limits: dict) -> bool:
    """Whether one job took so much memory that the next had better start afresh."""
    # Not from getrusage: its maximum counts what the parent held when it started this process.
    most = _MOST_MEMORY.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return int(most[1]) * 1024 > limits["megabytes"] * MEGABYTE / 3


def _done(head: dict, body: bytes) -> tuple[dict, bytes]:
    try:
        module, _colon, function = head["worker"].partition(":")
        answer = getattr(import_module(module), function)(body, **head["options"])
        if "django" in sys.modules:
            raise ImportError(f"{module} imports Django, which has no place in this process")
    except MemoryError:
        return {"failed": "MemoryError", "details": ""}, b""
    except Exception as failure:  # whatever it is, the parent has to be told
        return {"failed": type(failure).__name__, "details": format_exc(limit=-20)}, b""
    return {}, answer


def write(pipe, head: dict, body: bytes):
    """pipe: without a buffer, so that closing it waits for nobody."""
    text = json.dumps(head).encode()
    for part in (LENGTHS.pack(len(text), len(body)), text, body):
        rest = memoryview(part)
        while rest:
            rest = rest[pipe.write(rest) :]


def read(pipe) -> tuple[dict, bytes] | None:
    """Return head and body; None when the other side ended, or sends what this cannot be."""
    lengths = _read_exactly(pipe, LENGTHS.size)
    head_length, body_length = LENGTHS.unpack(lengths) if lengths else (0, 0)
    if not 0 < head_length <= MOST_BYTES or body_length > MOST_BYTES:
        return None
    head, body = _read_exactly(pipe, head_length), _read_exactly(pipe, body_length)
    if head is None or body is None:
        return None
    try:
        return json.loads(head), body
    except ValueError:
        return None


def _read_exactly(pipe, length: int) -> bytes | None:
    parts = []
    while length:
        part = pipe.read(min(length, MEGABYTE))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
