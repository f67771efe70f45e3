"""Files that are no framework are refused with the file, the line and the reason."""

import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.framework_file import (
    MAX_CATEGORY_CHARACTERS,
    FrameworkFileRefused,
    content_sha256,
    read_framework,
)
from scorecard.framework_shape import MAX_CHARACTERS
from scorecard.models import (
    Criterion,
    Dimension,
    EvidenceCategory,
    Framework,
    Indicator,
    Level,
    Measure,
)
from scorecard.tests.factories import (
    EDITIONS,
    framework_content,
    framework_path,
    indicator_row,
    write_framework,
)

WHOLE = """\
code: small
title: Small
edition: "1"
publisher: Nobody
annual_minimum_indicators: 1
parity_range_percent: [47, 53]
levels: {missing: M, approaches: A, meets: E, exceeds: X}
evidence_categories: [Other]
dimensions:
- number: 1
  title: Planning
  indicators:
  - code: "1.1"
    title: Analysis
    statement: There is analysis
    measures:
    - {key: share, unit: share, text: Share, numerator: some, denominator: all}
    criteria:
    - {key: a, letter: a, source: summary, text: Some}
    - {key: b, letter: b, source: summary, implies: [a], text: Most}
    - {key: c, source: summary, when: {measure: share, at_least: 50}, text: Half}
    rules:
      approaches: {of: [a]}
      meets: {at_least: 1, of: [b, c]}
      exceeds: {includes: meets, of: [b, c]}
    means_of_verification: [Document]
"""

# What is replaced in WHOLE, by what, and the refusal after "framework.yaml".
BROKEN = [
    ("title: Small", "title: [Small", ", line 3: expected ',' or ']', but got ':'."),
    ("title: Small", "\ttitle: Small", ", line 2: found character '\\t' that cannot start"),
    ("Small", "Sm\x07all", ", line 2: holds a character that YAML does not allow"),
    ("edition:", "title: Again\nedition:", ", line 3: 'title' stands here twice"),
    (
        "approaches: {of: [a]}\n      meets: {at_least: 1, of: [b, c]}",
        "approaches: &rule {of: [a]}\n      meets: *rule",
        ", line 24: an alias (*name) is not allowed here",
    ),
    (
        "publisher: Nobody",
        'publisher: !!python/object/apply:os.system ["echo"]',
        ", line 4: a tag (tag:yaml.org,2002:python/object/apply:os.system) is not allowed",
    ),
    ("Nobody", "!!python/name:os.system", ", line 4: a tag (tag:yaml.org,2002:python/name"),
    (
        "    rules:",
        "    calculator: {survey: a}\n    rules:",
        ", line 22: PI 1.1: calculator names 'a'; known are share.",
    ),
    (
        "    rules:",
        "    calculator: {parity: c}\n    rules:",
        ", line 22: PI 1.1: calculator names 'c'; known are a, b.",
    ),
    (
        "    rules:",
        "    calculator: {}\n    rules:",
        ", line 22: PI 1.1: calculator: give one of survey, parity.",
    ),
    ("Nobody", "!!timestamp nonsense", ", line 4: a tag (tag:yaml.org,2002:timestamp)"),
    ("Nobody", "!secret", ", line 4: a tag (!secret) is not allowed here"),
    ("Nobody", "2020-13-45", ": not YAML (month must be in 1..12)"),
    ("Nobody", "0x" + "f" * 5000, ", line 4: a number this long has no place here"),
    ("Nobody", ":".join(["59"] * 200) + ".5", ", line 4: a number this long has no place"),
    ("Nobody", "=", ", line 4: could not determine a constructor for the tag"),
    ("levels: {", "levels: {[1]: x, ", ", line 7: the key [1] is not a word"),
    ("levels: {", "levels: {1: x, ", ", line 7: the key 1 is not a word"),
    ("levels: {", "levels: {<<: [1], ", ", line 7: expected a mapping for merging"),
    (WHOLE, "", ", line 1: The file is not a mapping of names to values."),
    (WHOLE, "- a list\n", ", line 1: The file is not a mapping of names to values."),
    (WHOLE, WHOLE + "---\n" + WHOLE, ", line 27: but found another document"),
    ("publisher:", "colour: red\npublisher:", ", line 1: The file: 'colour' is not a name known"),
    ("publisher: Nobody\n", "", ", line 1: The file lacks 'publisher'."),
    ("title: Small", "title: ''", ", line 1: The file: 'title' must be a text"),
    ("title: Small", "title: '  '", ", line 1: The file: 'title' must be a text"),
    ("title: Small", 'title: "\\0\\uD800"', ", line 1: The file: 'title' must be a text"),
    ("title: Small", f"title: {'x' * 101}", ", line 1: The file: 'title' has 101 characters"),
    ("code: small", "code: Small/1", ", line 1: The code 'Small/1': write small letters"),
    ("code: small", "code: 1", ", line 1: The file: 'code' must be a text (in quotes"),
    ("[47, 53]", "[53, 47]", ", line 1: parity_range_percent goes from low to high"),
    ("[47, 53]", "[47, 153]", ", line 1: parity_range_percent goes from low to high"),
    ("[47, 53]", "[47]", ", line 1: parity_range_percent needs two whole numbers"),
    ("[47, 53]", "[47, half]", ", line 1: parity_range_percent needs two whole numbers"),
    ("missing: M, ", "", ", line 7: levels lacks 'missing'."),
    ("annual_minimum_indicators: 1", "annual_minimum_indicators: 2", ", line 1: annual_minimum"),
    ("annual_minimum_indicators: 1", "annual_minimum_indicators: yes", " must be a whole number"),
    ("[Other]", "[]", ", line 1: evidence_categories: a list of texts is needed; it is []"),
    ("[Other]", "[1]", ", line 1: evidence_categories: a list of texts is needed; it is [1]"),
    ("[Other]", "[Other, Other]", ", line 1: The evidence category 'Other' stands twice."),
    ("[Other]", f"[{'x' * 101}]", ", line 1: The evidence category has 101 characters"),
    ("number: 1", "number: 0", ", line 10: Dimension 0: the number lies between 1 and 99."),
    ("number: 1", "number: one", ", line 10: A dimension: 'number' must be a whole number"),
    ("number: 1", "number: 2", ", line 13: PI 1.1 stands in dimension 2."),
    ("- number: 1", "- twelve\n- number: 1", ", line 1: dimensions: 'twelve' is not a mapping"),
    (WHOLE.split("dimensions:")[1], " []\n", ", line 1: dimensions: the list is empty."),
    ('"1.1"', "1.1", ", line 13: A PI: 'code' must be a text (in quotes if it looks like a"),
    ('"1.1"', '"1.1/../"', ", line 13: PI 1.1/../: the code is two numbers, such as 1.1."),
    ('"1.1"', '"1"', ", line 13: PI 1: the code is two numbers"),
    ("title: Analysis", "title: 3", ", line 13: A PI: 'title' must be a text"),
    ("statement: There is analysis", "lead: x", ", line 13: A PI lacks 'statement'."),
    ("[Document]", "Document", ", line 13: A PI: 'means_of_verification' must be a list"),
    (
        "    measures:",
        "    evidence_category: Reports\n    measures:",
        ", line 13: PI 1.1: 'Reports' is no evidence category of the file.",
    ),
    (
        "    rules:",
        "    unverified: [all]\n    rules:",
        ", line 13: PI 1.1: unverified names 'all'",
    ),
    ("    rules:", "    unverified: [{a: 1}]\n    rules:", ", line 13: PI 1.1: unverified names {"),
    ("unit: share", "unit: count", ", line 17: PI 1.1: the unit 'count' is not 'share'."),
    ("{key: share", "{key: a=b", ", line 17: PI 1.1: the measure's key 'a=b': write small"),
    ("{key: a,", "{key: A,", ", line 19: PI 1.1: the criterion's key 'A': write small letters"),
    ("{key: b,", "{key: a,", ", line 13: PI 1.1: the criterion 'a' stands twice."),
    ("source: summary, text: Some", "source: me, text: Some", "(a): the source 'me' is not one"),
    ("{key: a, letter: a,", "{key: a,", ", line 19: PI 1.1 (a): a ticked criterion has a letter"),
    ("letter: b", "letter: bcd", ", line 20: PI 1.1: a criterion: 'letter' has 3 characters"),
    ("implies: [a]", "implies: [z]", ", line 20: PI 1.1: implies names 'z'; known are a, b, c."),
    ("implies: [a]", "implies: [[a]]", ", line 20: PI 1.1: implies names ['a']; known are"),
    ("implies: [a]", "implies: [b]", ", line 20: PI 1.1: 'b' implies itself."),
    (
        "letter: a, source",
        "letter: a, implies: [b], source",
        ", line 19: PI 1.1: 'a' implies itself.",
    ),
    (
        "measure: share",
        "measure: size",
        ", line 21: PI 1.1 (c): when names 'size'; known are share",
    ),
    ("at_least: 50", "at_least: 101", ", line 21: PI 1.1 (c): give at_least or more_than, one of"),
    ("at_least: 50", "at_least: -1", ", line 21: PI 1.1 (c): give at_least or more_than, one of"),
    ("at_least: 50", "at_least: .nan", ", line 21: PI 1.1 (c): give at_least or more_than, one"),
    ("at_least: 50", "at_least: 50, more_than: 50", ", line 21: PI 1.1 (c): give at_least or"),
    ("measure: share, at_least: 50", "measure: share", ", line 21: PI 1.1 (c): give at_least or"),
    ("at_least: 50", "at_least: 33.333", ", line 21: PI 1.1 (c): 33.333 has more than two"),
    ("at_least: 50", "at_least: half", ", line 21: PI 1.1 (c): 'at_least' must be a whole number"),
    ("      meets: {at_least: 1, of: [b, c]}\n", "", ", line 23: PI 1.1: rules lacks 'meets'."),
    ("{of: [a]}", "{of: [z]}", ", line 23: PI 1.1, approaches names 'z'; known are a, b, c."),
    ("{of: [a]}", "{of: [a, a]}", ", line 23: PI 1.1, approaches: the criterion 'a' stands twice"),
    ("{of: [a]}", "{of: []}", ", line 23: PI 1.1, approaches: at_least does not fit 0 criteria."),
    ("{of: [a]}", "{of: [b]}", ", line 13: PI 1.1: no level uses the criterion 'a'."),
    ("at_least: 1,", "at_least: 3,", ", line 24: PI 1.1, meets: at_least does not fit 2 criteria"),
    ("at_least: 1,", "at_least: 0,", ", line 24: PI 1.1, meets: at_least does not fit 2 criteria"),
    ("includes: meets", "includes: exceeds", "exceeds: includes names no lower level."),
    ("includes: meets", "includes: best", ", line 25: PI 1.1, exceeds: includes names no lower"),
    ("includes: meets", "includes: missing", "exceeds: includes names a level that asks for noth"),
    ("{of: [a]}", "{includes: meets, of: [a]}", "approaches: includes names no lower level."),
]


def write(folder, text):
    path = folder / "framework.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("code", EDITIONS)
def test_both_editions_are_read_in_full(code):
    content = framework_content(code)
    indicators = [row for dimension in content["dimensions"] for row in dimension["indicators"]]
    assert (content["code"], len(content["dimensions"]), len(indicators)) == (code, 7, 15)
    assert content["annual_minimum_indicators"] == 5


def test_the_small_framework_of_these_tests_is_whole(tmp_path):
    assert read_framework(write(tmp_path, WHOLE))["code"] == "small"


@pytest.mark.parametrize(("text", "replacement", "refusal"), BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(tmp_path, text, replacement, refusal):
    assert text in WHOLE
    with pytest.raises(FrameworkFileRefused) as refused:
        read_framework(write(tmp_path, WHOLE.replace(text, replacement, 1)))
    message = str(refused.value)
    assert message.startswith("framework.yaml")
    assert refusal in message
    assert len(message) < 300


def test_two_indicators_of_one_code_are_refused(tmp_path):
    indicators = WHOLE.split("  indicators:\n")[1]
    with pytest.raises(FrameworkFileRefused, match=r"line 1: The PI '1.1' stands twice\.$"):
        read_framework(write(tmp_path, WHOLE + indicators))


def test_two_dimensions_of_one_number_are_refused(tmp_path):
    second = WHOLE.split("dimensions:\n")[1].replace('"1.1"', '"1.2"')
    with pytest.raises(FrameworkFileRefused, match=r"line 1: The dimension 1 stands twice\.$"):
        read_framework(write(tmp_path, WHOLE + second))


def test_more_criteria_than_can_be_searched_are_refused(tmp_path):
    def add_criteria(content):
        row = indicator_row(content, "4.1")
        row["criteria"] = [
            {"key": f"k{number}", "letter": "k", "source": "summary", "text": "K"}
            for number in range(11)
        ]

    with pytest.raises(FrameworkFileRefused, match=r"PI 4.1: 11 criteria; at most 10 fit\.$"):
        read_framework(write_framework(tmp_path, add_criteria))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"code: caf\xe9\n", "framework.yaml, line 1: not UTF-8 text; save it as UTF-8."),
        (b"code: x\ntitle: \xff\n", "framework.yaml, line 2: not UTF-8 text; save it as UTF-8."),
        (b"\x00\x01\x02", "framework.yaml, line 1: holds a character that YAML does not allow."),
        (b"[" * 100_000, "framework.yaml: nested too deeply to be a framework."),
        (b"- " * 100_000, "framework.yaml: nested too deeply to be a framework."),
        (b"{a: " * 50_000, "framework.yaml: nested too deeply to be a framework."),
        (b"#" * 1_000_001, "framework.yaml: larger than 1,000,000 bytes."),
    ],
)
def test_bytes_that_are_no_framework_are_refused(tmp_path, content, refusal):
    with pytest.raises(FrameworkFileRefused) as refused:
        read_framework(write(tmp_path, content))
    assert str(refused.value) == refusal


def test_an_alias_bomb_is_refused_at_its_first_alias(tmp_path):
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{name}: &{name} [*{below}, *{below}, *{below}]\n"
        for below, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(FrameworkFileRefused, match=r"^framework.yaml, line 2: an alias"):
        read_framework(write(tmp_path, bomb))


def test_many_equal_texts_are_refused_without_counting_them_all(tmp_path):
    many = WHOLE.replace("[Other]", "[" + "a," * 50_000 + "]")
    with pytest.raises(FrameworkFileRefused, match="The evidence category 'a' stands twice"):
        read_framework(write(tmp_path, many))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FrameworkFileRefused, match=r"absent.yaml: cannot be read \(No such file"):
        read_framework(tmp_path / "absent.yaml")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(FrameworkFileRefused, match=r": cannot be read \(Is a directory\)\.$"):
        read_framework(tmp_path)


def test_a_file_without_end_is_refused():
    with pytest.raises(FrameworkFileRefused, match="zero: larger than 1,000,000 bytes"):
        read_framework(Path("/dev/zero"))


def test_layout_and_comments_do_not_change_the_fingerprint(tmp_path):
    written_otherwise = read_framework(write_framework(tmp_path))
    assert content_sha256(written_otherwise) == content_sha256(framework_content())


def test_a_changed_word_changes_the_fingerprint():
    changed = framework_content()
    indicator_row(changed, "1.1")["criteria"][0]["text"] += "!"
    assert content_sha256(changed) != content_sha256(framework_content())


def test_a_text_is_read_without_control_characters(tmp_path):
    path = write(tmp_path, WHOLE.replace("Nobody", '"No\\0bo\\u202edy"'))
    assert read_framework(path)["publisher"] == "Nobody"


@pytest.mark.parametrize(
    ("model", "field", "limit"),
    [
        (Framework, "code", MAX_CHARACTERS["code"]),
        (Framework, "title", MAX_CHARACTERS["title"]),
        (Framework, "edition", MAX_CHARACTERS["edition"]),
        (Framework, "publisher", MAX_CHARACTERS["publisher"]),
        (Framework, "supersedes", MAX_CHARACTERS["supersedes"]),
        (Level, "title", 100),
        (EvidenceCategory, "title", MAX_CATEGORY_CHARACTERS),
        (Dimension, "title", MAX_CHARACTERS["title"]),
        (Indicator, "code", len("99.99")),
        (Indicator, "title", MAX_CHARACTERS["title"]),
        (Indicator, "statement", MAX_CHARACTERS["statement"]),
        (Indicator, "lead", MAX_CHARACTERS["lead"]),
        (Measure, "key", MAX_CHARACTERS["key"]),
        (Measure, "numerator_label", MAX_CHARACTERS["numerator"]),
        (Measure, "denominator_label", MAX_CHARACTERS["denominator"]),
        (Measure, "breakdown", MAX_CHARACTERS["breakdown"]),
        (Criterion, "key", MAX_CHARACTERS["key"]),
        (Criterion, "letter", MAX_CHARACTERS["letter"]),
    ],
)
def test_the_database_has_room_for_the_longest_text_of_a_file(model, field, limit):
    assert model._meta.get_field(field).max_length >= limit


# Random files

NONSENSE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def containers(content):
    """All mappings and lists of the content, outermost first."""
    yield content
    for part in content.values() if isinstance(content, dict) else content:
        if isinstance(part, dict | list):
            yield from containers(part)


@st.composite
def damaged(draw, whole):
    """The content with one to three parts replaced, removed, renamed or doubled, as YAML."""
    content = deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from([part for part in containers(content) if part]))
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                place[key] = draw(NONSENSE)
            case "remove":
                del place[key]
            case "add" if isinstance(place, dict):
                place[draw(st.text(max_size=4))] = draw(NONSENSE)
            case "add":
                place.append(place[key])
    return yaml.safe_dump(content, allow_unicode=True)


def fingerprint_or_refusal(path):
    try:
        return content_sha256(read_framework(path))
    except FrameworkFileRefused as refused:
        return str(refused)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damaged(yaml.safe_load(WHOLE)))
def test_a_damaged_file_is_read_or_refused_but_never_anything_else(tmp_path, text):
    answer = fingerprint_or_refusal(write(tmp_path, text))
    assert re.match(r"[0-9a-f]{64}$|framework\.yaml(, line \d+)?: ..", answer)


@pytest.mark.parametrize("edition", EDITIONS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_edition_is_read_or_refused_but_never_anything_else(tmp_path, edition, data):
    whole = yaml.safe_load(framework_path(edition).read_text(encoding="utf-8"))
    answer = fingerprint_or_refusal(write(tmp_path, data.draw(damaged(whole))))
    assert re.match(r"[0-9a-f]{64}$|framework\.yaml(, line \d+)?: ..", answer)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=60) | st.text("{}[]:,-!&*#|>'\"% \n\tab10.<=~", max_size=60))
def test_random_bytes_are_refused_and_nothing_else(tmp_path, text):
    with pytest.raises(FrameworkFileRefused):
        read_framework(write(tmp_path, text))
