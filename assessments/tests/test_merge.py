import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workspace.merge import merge

VALUES = st.sampled_from(["old", "mine", "theirs", ""])
CONTENT = st.fixed_dictionaries({"findings": VALUES, "rating": VALUES})


@pytest.mark.parametrize(
    ("base", "stored", "sent", "kept", "in_conflict"),
    [
        ("old", "old", "old", "old", False),  # nobody changed it
        ("old", "old", "mine", "mine", False),  # only the sender
        ("old", "theirs", "old", "theirs", False),  # only somebody else
        ("old", "same", "same", "same", False),  # both, to the same
        ("old", "theirs", "mine", "theirs", True),  # both, differently
        ("old", "", "mine", "", True),  # emptied meanwhile
        ("old", "theirs", "", "theirs", True),  # emptied by the sender
    ],
)
def test_a_field_takes_the_only_change_and_two_different_ones_are_a_conflict(
    base, stored, sent, kept, in_conflict
):
    result = merge(base={"f": base}, stored={"f": stored}, sent={"f": sent})
    assert result.content == {"f": kept}
    assert result.conflicts == ({"f": sent} if in_conflict else {})


def test_a_field_that_was_not_sent_keeps_what_is_stored():
    result = merge(base={"a": "1", "b": "1"}, stored={"a": "1", "b": "2"}, sent={"a": "3"})
    assert result.content == {"a": "3", "b": "2"}


def test_without_a_known_base_every_difference_is_a_conflict():
    result = merge(base={}, stored={"a": "1", "b": "2"}, sent={"a": "1", "b": "3"})
    assert result.conflicts == {"b": "3"}


@given(CONTENT, CONTENT, CONTENT)
def test_what_somebody_else_stored_is_never_overwritten(base, stored, sent):
    result = merge(base=base, stored=stored, sent=sent)
    for name in stored:
        if stored[name] != base[name]:
            assert result.content[name] == stored[name]


@given(CONTENT, CONTENT, CONTENT)
def test_what_was_sent_is_stored_or_told(base, stored, sent):
    result = merge(base=base, stored=stored, sent=sent)
    for name, value in sent.items():
        is_change = value != base[name]
        assert not is_change or value in (result.content[name], result.conflicts.get(name))
