"""Frameworks for tests: the two shipped editions, from their files."""

from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import yaml
from django.contrib.auth import get_user_model

from scorecard import editions
from scorecard.framework_file import RULED_LEVELS, read_framework
from scorecard.rating import CriterionRule, LevelRule, Rating, Threshold

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EDITIONS = ["unct-swap-2018", "unct-swap-2023"]


def framework_path(code="unct-swap-2018"):
    return FIXTURES / f"{code}.yaml"


@lru_cache
def _content(code):
    return read_framework(framework_path(code))


def framework_content(code="unct-swap-2018"):
    """The checked content of a shipped edition, to be changed at will."""
    return deepcopy(_content(code))


def load_edition(code="unct-swap-2018"):
    """Store a shipped edition and return it."""
    return editions.load(_content(code)).framework


def load_changed(change, code="unct-swap-2018"):
    """Store a shipped edition after change(content)."""
    content = framework_content(code)
    change(content)
    return editions.load(content)


def write_framework(folder, change=None, code="unct-swap-2018"):
    """Write a shipped edition, changed by change(content), into a file and return its path."""
    content = yaml.safe_load(framework_path(code).read_text(encoding="utf-8"))
    if change:
        change(content)
    path = folder / "framework.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def indicator_row(content, code):
    """The PI's part of a framework file's content."""
    rows = (row for dimension in content["dimensions"] for row in dimension["indicators"])
    return next(row for row in rows if row["code"] == code)


@lru_cache
def rules_of(edition, code):
    """The level rules of a PI, straight from the file: no database."""
    rules = indicator_row(_content(edition), code)["rules"]
    return {
        level: LevelRule(
            codes=frozenset(rules[name]["of"]),
            at_least=rules[name].get("at_least", len(rules[name]["of"])),
            includes=Rating[rules[name]["includes"].upper()] if "includes" in rules[name] else None,
        )
        for name, level in RULED_LEVELS.items()
    }


@lru_cache
def criteria_of(edition, code):
    """The criterion rules of a PI, straight from the file: no database."""
    return {
        row["key"]: CriterionRule(
            key=row["key"], implies=frozenset(row.get("implies", ())), threshold=_threshold(row)
        )
        for row in indicator_row(_content(edition), code)["criteria"]
    }


def _threshold(row):
    if "when" not in row:
        return None
    when = row["when"]
    percent = when.get("at_least", when.get("more_than"))
    return Threshold(measure=when["measure"], percent=percent, strict="more_than" in when)


def make_reader(**fields):
    """A person who can sign in and belongs to no team."""
    defaults = {"email": "reader@example.org", "name": "Reader"}
    return get_user_model().objects.create_user(**(defaults | fields))
