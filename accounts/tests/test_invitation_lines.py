"""A pasted list of people, line by line. The ways of writing are those of real mailing lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.invitation_lines import BadLine, InvitedPerson, Problem, read_lines

ROLES = {"member": "member", "iat member": "member", "coordinator": "coordinator"}
ENTITIES = ["UNDP", "UNFPA", "UN Women"]


def read(text):
    return read_lines(text, roles=ROLES, entities=ENTITIES)


def person(email="amina@undp.org", *, line=1, name="", role=None, entity=None):
    return InvitedPerson(line=line, email=email, name=name, role=role, entity=entity)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("amina@undp.org", person()),
        ("  Amina@UNDP.org \t", person()),
        ("amina@undp.org,", person()),
        ("amina@undp.org;", person()),
        ("<amina@undp.org>", person()),
        ("Amina B. <amina@undp.org>", person(name="Amina B.")),
        ('"B., Amina" <amina@undp.org>,', person(name="B., Amina")),
        ("Amina B. < amina@undp.org >", person(name="Amina B.")),
        ("amina@undp.org; Coordinator; UNDP", person(role="coordinator", entity="UNDP")),
        ("amina@undp.org;IAT MEMBER;un women", person(role="member", entity="UN Women")),
        ("amina@undp.org; ; UNFPA", person(entity="UNFPA")),
        ("Amina <amina@undp.org>; member", person(name="Amina", role="member")),
        ("o'brien+swap@mail.undp.org", person("o'brien+swap@mail.undp.org")),
    ],
)
def test_a_line_is_read_as_people_write_it(line, expected):
    reading = read(line)
    assert (reading.people, reading.bad) == ([expected], [])


@pytest.mark.parametrize(
    ("line", "problem", "part"),
    [
        ("Amina B.", Problem.NO_ADDRESS, "Amina B."),
        ("amina@undp", Problem.NO_ADDRESS, "amina@undp"),
        ("amina@undp.org, cyrus@undp.org", Problem.NO_ADDRESS, "amina@undp.org, cyrus@undp.org"),
        ("amina@undp.org cyrus@undp.org", Problem.NO_ADDRESS, "amina@undp.org cyrus@undp.org"),
        ("Amina <>", Problem.NO_ADDRESS, "Amina <>"),
        ("amina@undp.org; King", Problem.UNKNOWN_ROLE, "King"),
        ("amina@undp.org; ; UNDPP", Problem.UNKNOWN_ENTITY, "UNDPP"),
        ("amina@undp.org; member; UNDP; x", Problem.TOO_MANY_PARTS, "x"),
        ("x" * 250 + "@undp.org", Problem.TOO_LONG, "x" * 250 + "@undp.org"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_which_part(line, problem, part):
    reading = read(line)
    assert (reading.people, reading.bad) == ([], [BadLine(line=1, problem=problem, part=part)])


def test_blank_lines_count_as_lines_and_as_nothing_else():
    reading = read("\n\namina@undp.org\n  \n ; \ncyrus@undp.org\n")
    assert [row.line for row in reading.people] == [3, 6]
    assert reading.bad == []


def test_the_same_person_in_the_same_role_stands_in_the_list_once():
    reading = read("amina@undp.org\nAmina <AMINA@undp.org>\namina@undp.org; coordinator")
    assert [row.line for row in reading.people] == [1, 3]
    assert reading.bad == [BadLine(line=2, problem=Problem.REPEATED, part="amina@undp.org")]


@given(st.text(max_size=300))
def test_no_line_is_lost_and_no_text_is_a_fault(text):
    reading = read(text)
    told = [row.line for row in reading.people] + [row.line for row in reading.bad]
    filled = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip(" \t;,")]
    assert sorted(told) == filled
