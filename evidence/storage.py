"""Where evidence lies: outside everything that a web server hands out by itself."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages


def private_storage():
    """The store that the settings name; a model asks once, when the site starts."""
    return storages["evidence"]


class DurableFileSystemStorage(FileSystemStorage):
    """On the disk of this machine. A file that save() has returned survives a power cut."""

    def _save(self, name, content):
        path = Path(self.path(name))
        try:
            saved = super()._save(name, content)
            _flush(self.path(saved))
            _flush(path.parent)
        except OSError:  # a full disk leaves half a file; no other has a name with this number
            path.unlink(missing_ok=True)
            raise
        return saved


def _flush(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
