"""Where rendered files are kept: beside the evidence, on the disk or in the bucket."""

import os
from uuid import uuid4

from evidence.storage import DurableFileSystemStorage


class WholeFilesStorage(DurableFileSystemStorage):
    """On the disk of this machine. A file takes its name when all of it is there.

    Two that save under one name at once save the same; the last one's file stays.
    """

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        part = super()._save(f"{name}.{uuid4().hex}.part", content)
        os.replace(self.path(part), self.path(name))
        return name
