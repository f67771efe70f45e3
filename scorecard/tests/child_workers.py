"""Workers for the tests of child processes: some do their work, some are bombs. No Django."""

import json
import os
import signal
import sys
import time


def echo(body: bytes, *, times: int = 1) -> bytes:
    return body * times


def tell(body: bytes) -> bytes:
    """Say what the process knows of the site around it."""
    facts = {
        "pid": os.getpid(),
        "group": os.getpgrp(),
        "environment": sorted(os.environ),
        "folder": os.getcwd(),
        "modules": sorted({name.split(".")[0] for name in sys.modules}),
    }
    return json.dumps(facts).encode()


def shout(body: bytes) -> bytes:
    print("what a library prints", flush=True)
    os.write(1, b"and what it writes past Python")
    return body


def sleep(body: bytes) -> bytes:
    time.sleep(600)
    return body


def compute(body: bytes) -> bytes:
    while True:
        pass


def compute_for(body: bytes, *, seconds: float) -> bytes:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return tell(body)


def eat_memory(body: bytes) -> bytes:
    return bytes(1 << 40)


def grow(body: bytes) -> bytes:
    """Take half of what is allowed, and give it back."""
    return bytes(len(bytearray(200 << 20)) and 1)


def nest(body: bytes) -> bytes:
    return nest(body)


def raise_error(body: bytes) -> bytes:
    raise KeyError("no such sheet")


def crash(body: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return body


def write_much(body: bytes) -> bytes:
    with open(os.path.join(body.decode(), "large"), "wb") as file:
        file.write(bytes(65 << 20))
    return body


def use_django(body: bytes) -> bytes:
    import django  # noqa: F401  # the import is what the test is about

    return body
