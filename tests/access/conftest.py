from dataclasses import replace

import pytest

from report.formats import FORMATS
from tests.access.world import make_world


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture(autouse=True)
def _no_files(monkeypatch):
    """Who may take a file out is asked before it is made; what stands in it has its own tests."""
    monkeypatch.setattr("report.unprintable.pdf", lambda html: b"%PDF-")
    monkeypatch.setattr("workbook.views.scoring.scoring_workbook", lambda *facts, **made: b"PK")
    for key in ("docx", "xlsx"):
        monkeypatch.setitem(FORMATS, key, replace(FORMATS[key], make=lambda report: b"PK"))
