"""A chain of records, and what becomes of one that somebody tampers with."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from accounts.audit.chain import START, Fault, FaultKind, Link, canonical, code_of, faults

KEY = b"a key"
contents = st.lists(
    st.dictionaries(
        st.text(), st.none() | st.integers() | st.text(st.characters(codec="utf-8")), max_size=3
    ),
    max_size=8,
)


def chain_of(contents, *, key=KEY):
    links, previous = [], START
    for number, content in enumerate(contents, start=1):
        code = code_of(content, number=number, previous=previous, key=key)
        links.append(Link(number=number, content=content, previous=previous, code=code))
        previous = code
    return links


def last_of(links):
    return (links[-1].number, links[-1].code) if links else (0, START)


def faults_in(links, *, last, key=KEY):
    return list(faults(links, key=key, last=last))


@given(contents)
def test_a_chain_that_nobody_touched_has_no_fault(contents):
    links = chain_of(contents)
    assert faults_in(links, last=last_of(links)) == []


@given(contents.filter(len), st.data())
def test_any_altered_row_is_found(contents, data):
    links = chain_of(contents)
    last = last_of(links)
    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = replace(links[at], content={**links[at].content, "added": "by hand"})
    assert faults_in(links, last=last) == [Fault(FaultKind.ALTERED, at + 1, at + 1)]


@given(contents.filter(len), st.data())
def test_any_missing_row_is_found(contents, data):
    links = chain_of(contents)
    last = last_of(links)
    at = data.draw(st.integers(0, len(links) - 1))
    del links[at]
    assert faults_in(links, last=last)[0] == Fault(FaultKind.MISSING, at + 1, at + 1)


@given(contents.filter(lambda contents: len(contents) > 1), st.data())
def test_any_two_rows_that_changed_places_are_found(contents, data):
    links = chain_of(contents)
    last = last_of(links)
    at = data.draw(st.integers(0, len(links) - 2))
    first, second = links[at], links[at + 1]
    links[at] = replace(second, number=first.number)
    links[at + 1] = replace(first, number=second.number)
    assert faults_in(links, last=last)


def test_a_row_written_without_the_key_is_found():
    links = chain_of([{"a": 1}])
    forged = chain_of([{"a": 1}, {"b": 2}], key=b"another key")[1]
    forged = replace(forged, previous=links[0].code)
    assert faults_in([*links, forged], last=(2, forged.code)) == [Fault(FaultKind.ALTERED, 2, 2)]


def test_rows_missing_at_the_end_are_found_by_what_was_noted_as_the_newest():
    links = chain_of([{"a": 1}, {"b": 2}, {"c": 3}])
    assert faults_in(links[:1], last=last_of(links)) == [Fault(FaultKind.MISSING, 2, 3)]


def test_a_newest_entry_that_was_put_back_is_found():
    links = chain_of([{"a": 1}, {"b": 2}])
    assert faults_in(links, last=(1, links[0].code)) == [Fault(FaultKind.NOT_NEWEST, 2, 2)]


def test_letters_that_look_the_same_are_the_same():
    composed, decomposed = "Coordonnée", "Coordonne\u0301e"
    assert canonical({"by": composed}) == canonical({"by": decomposed})


def test_the_order_of_the_keys_does_not_matter():
    assert canonical({"a": 1, "b": None}) == canonical({"b": None, "a": 1}) == b'{"a":1,"b":null}'
