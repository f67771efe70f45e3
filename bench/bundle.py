"""How much memory the ZIP of report and evidence takes, with much evidence.

    python -m bench.bundle [MEGABYTES]

Streams a bundle of that much evidence (500 MB if nothing is said, in files of 25 MB, the largest
that may be uploaded) and says how long it took, beside zipfile alone writing the same files, and
how much the memory of the process grew. Target: not with the evidence, < 30 MB.
"""

import os
import resource
import sys
import tempfile
from io import RawIOBase
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_STORED, ZipFile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")
django.setup()

# Storages can be imported only after the setup.
from django.core.files.storage import FileSystemStorage

from report.bundle import Bundle, Member

FILE_MEGABYTES = 25
TARGET_MEGABYTES = 30
MEGABYTE = 1024 * 1024


class Nowhere(RawIOBase):
    """Takes everything and keeps nothing, as a visitor's connection does."""

    size = 0

    def writable(self):
        return True

    def write(self, data):
        self.size += len(data)
        return len(data)


def main(megabytes: int):
    with tempfile.TemporaryDirectory() as folder:
        paths = list(make_files(Path(folder), megabytes // FILE_MEGABYTES))
        storage = FileSystemStorage(location=folder)
        before = peak_megabytes()
        start = perf_counter()
        size = stream(storage, paths)
        ours = perf_counter() - start
        grown = peak_megabytes() - before
        start = perf_counter()
        alone(paths)
        floor = perf_counter() - start
    print(f"evidence           {len(paths)} files, {megabytes} MB")
    print(f"bundle             {size / MEGABYTE:.0f} MB in {ours:.2f} s (hashed on the way)")
    print(f"zipfile alone      {floor:.2f} s (not hashed)")
    print(f"memory grew by     {grown:.1f} MB  (target < {TARGET_MEGABYTES})")
    sys.exit(0 if grown < TARGET_MEGABYTES else 1)


def make_files(folder: Path, count: int):
    """Of random bytes, which no compression makes smaller."""
    for number in range(count):
        path = folder / f"{number:03d}.pdf"
        with path.open("wb") as file:
            for _piece in range(FILE_MEGABYTES):
                file.write(os.urandom(MEGABYTE))
        yield path


def stream(storage: FileSystemStorage, paths: list[Path]) -> int:
    members = [
        Member(name=f"evidence/{path.name}", open=lambda name=path.name: storage.open(name))
        for path in paths
    ]
    return sum(map(len, Bundle(about={}, members=members).stream()))


def alone(paths: list[Path]):
    with ZipFile(Nowhere(), "w", ZIP_STORED) as archive:
        for path in paths:
            archive.write(path, path.name)


def peak_megabytes() -> float:
    """Of this process so far; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
