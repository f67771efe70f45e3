"""Where rendered files are kept: beside the evidence, on the disk or in the bucket."""

import os
from uuid import uuid4

from evidence.storage import DurableFileSystemStorage


class WholeFilesStorage(DurableFileSystemStorage):
    """On the disk of this machine. A file takes its name when all of it is there."""

    def _save(self, name, content):
        part = super()._save(f"{name}.{uuid4().hex}.part", content)
        os.replace(self.path(part), self.path(name))
        return name
