"""How uploaded files arrive: on disk, under a name of ours, never more than is ever kept."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from evidence.filetypes import MAX_BYTES


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes what arrives to a temporary file and stops writing past the limit.

    The size goes on counting, so that the refusal can say how large the file was. Django's own
    handler puts the end of the foreign name on disk, and fails when that is too long for it.
    """

    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, "upload", *args, **kwargs)
        self.file.name = file_name

    def receive_data_chunk(self, raw_data, start):
        if start <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
