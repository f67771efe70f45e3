from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as some

from endorsement.difference import Kind, SeatFacts, concerned, difference, is_material

CONTENT = {
    "cover": {"team": "UNCT in Kazakhstan", "year": 2022},
    "process": {
        "answers": [{"heading": "Process", "text": "We met."}],
        "entities": [{"acronym": "UNDP", "people": [{"function": "Officer"}]}],
        "entity_count": 1,
    },
    "overview": {"tally": {"meeting": 9}},
    "findings": [
        {
            "number": 2,
            "title": "Programming",
            "sentence": "1 of 1 PI meets.",
            "indicators": [
                {
                    "code": "2.2",
                    "rating": {"value": 3, "label": "Meets", "title": "Meets requirements"},
                    "is_reassessed": True,
                    "level_statement": "Meets two of the following",
                    "criteria": [
                        {"name": "(a)", "state": "met", "finding": "Yes."},
                        {"name": "(b)", "state": "met", "finding": "Also."},
                    ],
                    "findings": "All is well.",
                }
            ],
        }
    ],
    "action_plan": {
        "dimensions": [
            {
                "number": 2,
                "points": [
                    {"number": 1, "code": "2.2", "text": "Do it.", "activities": ["", "Done."]},
                    {"number": 2, "code": "2.2", "text": "Do more.", "activities": ["", ""]},
                ],
            }
        ]
    },
    "evidence": {
        "entry_count": 1,
        "indicators": [
            {
                "code": "2.2",
                "rating": {"value": 3},
                "categories": [
                    {
                        "title": "Other",
                        "documents": [
                            {"title": "Plan", "sha256": "ab", "link": "", "places": ["page 3"]}
                        ],
                    }
                ],
            }
        ],
    },
}


def indicator(content):
    return content["findings"][0]["indicators"][0]


def points(content):
    return content["action_plan"]["dimensions"][0]["points"]


def category(content):
    return content["evidence"]["indicators"][0]["categories"][0]


def another_rating(content):
    indicator(content)["rating"] = {"value": 2, "label": "Approaches", "title": "Approaches"}
    content["overview"]["tally"]["meeting"] = 8
    content["findings"][0]["sentence"] = "0 of 1 PI meets."


def unmet_criterion(content):
    indicator(content)["criteria"][1]["state"] = "not-met"


def another_action_point(content):
    points(content)[1]["text"] = "Do less."


def an_action_point_less(content):
    del points(content)[1]


def evidence_removed(content):
    category(content)["documents"] = []
    content["evidence"]["entry_count"] = 0


def no_rating(content):
    indicator(content)["rating"] = None


def another_text(content):
    indicator(content)["findings"] = "All is rather well."


def evidence_added(content):
    category(content)["documents"].append(
        {"title": "Report", "sha256": "cd", "link": "", "places": []}
    )


def document_renamed(content):
    category(content)["documents"][0]["title"] = "Work plan"


def another_member(content):
    people = [{"function": "Adviser"}]
    content["process"]["entities"].insert(0, {"acronym": "FAO", "people": people})
    content["process"]["entity_count"] = 2


def changed(change):
    content = deepcopy(CONTENT)
    change(content)
    return difference(CONTENT, content)


@pytest.mark.parametrize(
    ("change", "kind", "path", "before", "after"),
    [
        (another_rating, Kind.RATING, ("rating", "value"), "3", "2"),
        (no_rating, Kind.RATING, ("rating", "value"), "3", ""),
        (unmet_criterion, Kind.CRITERION, ("criteria", "(b)", "state"), "met", "not-met"),
        (another_action_point, Kind.ACTION_POINT, ("2", "text"), "Do more.", "Do less."),
        (evidence_removed, Kind.EVIDENCE_REMOVED, ("ab",), "Plan · Other · page 3", ""),
    ],
)
def test_what_is_material(change, kind, path, before, after):
    changes = changed(change)
    (found,) = [row for row in changes if row.kind == kind]
    assert found.path[-len(path) :] == path
    assert (found.before, found.after) == (before, after)
    assert is_material(changes)


@pytest.mark.parametrize("change", [another_text, evidence_added, document_renamed, another_member])
def test_what_is_editorial(change):
    changes = changed(change)
    assert {row.kind for row in changes} == {Kind.OTHER}
    assert not is_material(changes)


def test_a_rating_is_told_once_and_not_again_in_what_follows_from_it():
    (change,) = changed(another_rating)
    assert (change.code, change.path[-2:]) == ("2.2", ("rating", "value"))


def test_a_member_of_a_list_is_known_by_its_name_when_another_comes():
    paths = {row.path for row in changed(another_member)}
    assert all(path[:3] == ("process", "entities", "FAO") for path in paths)


def test_an_action_point_that_is_gone_is_told_by_its_number():
    assert {row.point for row in changed(an_action_point_less)} == {2}


def test_what_differs_only_in_what_follows_is_still_a_difference():
    content = deepcopy(CONTENT)
    content["overview"]["tally"]["meeting"] = 8
    (change,) = difference(CONTENT, content)
    assert change.path == ("overview", "tally", "meeting")


json_values = some.recursive(
    some.none() | some.booleans() | some.integers(0, 3) | some.text("ab", max_size=2),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["name", "text", "rows"]), inner, max_size=3)
    ),
    max_leaves=8,
)
contents = some.fixed_dictionaries({"cover": json_values, "process": json_values})


@given(contents)
def test_equal_contents_do_not_differ(content):
    assert difference(content, deepcopy(content)) == []


# Whom it concerns

HEADS = [
    SeatFacts(key=1, entity="UNDP", is_resident_coordinator=False),
    SeatFacts(key=2, entity="FAO", is_resident_coordinator=False),
    SeatFacts(key=3, entity="RCO", is_resident_coordinator=True),
]


def asked(change, **entities):
    nobody = {"of_indicator": {}, "of_point": {}}
    return concerned(changed(change), HEADS, **nobody | entities)


def test_a_rating_concerns_everybody():
    assert asked(another_rating, of_indicator={"2.2": ["UNDP"]}) == {1, 2, 3}


def test_a_criterion_concerns_who_works_on_the_pi_and_the_resident_coordinator():
    assert asked(unmet_criterion, of_indicator={"2.2": ["UNDP"]}) == {1, 3}


def test_an_action_point_concerns_who_carries_it_out_and_the_resident_coordinator():
    assert asked(another_action_point, of_point={1: ["UNDP"], 2: ["FAO"]}) == {2, 3}


def test_evidence_concerns_who_works_on_the_pi_and_the_resident_coordinator():
    assert asked(evidence_removed, of_indicator={"2.2": ["FAO"], "3.1": ["UNDP"]}) == {2, 3}


def test_what_nobody_works_on_concerns_everybody():
    assert asked(unmet_criterion) == {1, 2, 3}
    assert asked(unmet_criterion, of_indicator={"2.2": ["WHO"]}) == {1, 2, 3}


def test_an_editorial_change_raised_to_material_concerns_everybody():
    assert asked(another_text) == {1, 2, 3}
