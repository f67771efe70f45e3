"""Where files lie is a matter of settings; the code asks for nothing but Django's storage."""

import json
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.urls import reverse

from accounts.tests.factories import make_membership, make_team
from evidence.models import Document, EarlierVersion
from evidence.storage import DurableFileSystemStorage, private_storage
from evidence.tests.factories import upload
from evidence.tests.files import pdf

S3 = {"EVIDENCE_BUCKET": "proof", "EVIDENCE_ENDPOINT": "https://s3.example.org"}
READ = (
    "import sys, types, json, importlib.machinery as m; "
    "sys.modules['storages'] = types.ModuleType('storages'); "
    "sys.modules['storages'].__spec__ = m.ModuleSpec('storages', None); "
    "from scorecard.environment import env_evidence; print(json.dumps(env_evidence()))"
)


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_files_lie_on_the_disk_by_default():
    assert isinstance(private_storage(), DurableFileSystemStorage)


def test_a_bucket_puts_them_into_its_store():
    found = json.loads(run(READ, **S3).stdout)
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    assert found["OPTIONS"]["bucket_name"] == "proof"
    assert found["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert found["OPTIONS"]["file_overwrite"] is False


def test_a_bucket_without_its_packages_stops_the_start_with_a_sentence():
    code = "from scorecard.environment import env_evidence; env_evidence()"
    assert "pip install -r requirements-s3.txt, or remove it." in run(code, **S3).stderr


@pytest.mark.django_db
def test_every_act_works_on_a_store_without_a_disk(client, settings, monkeypatch):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"evidence": memory}
    for model in [Document, EarlierVersion]:
        monkeypatch.setattr(model._meta.get_field("file"), "storage", private_storage())
    team = make_team()
    client.force_login(make_membership(team=team).user)
    address = reverse("evidence:upload", args=[team.code])
    client.post(address, {"files": [upload()], "confidentiality": "team"})
    document = Document.objects.get()
    replace = reverse("evidence:replace", args=[document.pk])
    client.post(replace, {"file": upload("newer.pdf", pdf("newer"))})
    for name, arguments in [("download", []), ("version-download", [1])]:
        download = client.get(reverse(f"evidence:{name}", args=[document.pk, *arguments]))
        assert b"".join(download.streaming_content).startswith(b"%PDF")
    call_command("check_evidence")
    document.refresh_from_db()
    names = [document.file.name, document.earlier_versions.get().file.name]
    assert all(map(private_storage().exists, names))
    client.post(reverse("evidence:delete", args=[document.pk]))
    assert not any(map(private_storage().exists, names))
