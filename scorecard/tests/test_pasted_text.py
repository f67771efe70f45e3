"""What Word, Excel and mail paste becomes light markup, and nothing of it is lost."""

import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scorecard.fields import MAX_TEXT, LongTextField
from scorecard.plain_text import printable, tidied

BULLETS = set("-*•·●○◦▪▫■□‣–—§oØüvq\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc")

# What stands at the start of pasted lines, and what stands between.
PIECES = st.sampled_from(
    ["•\t", "o\t", "–\t", "- ", "* ", "1. ", "2. ", "1.\t", "2)\t", "12.\t", "a)\t", "(i)\t"]
    + ["1.1\t", "30. June", "2021. ", "3", "foo", "a\tb", "|", "| a |", "<", "https://a.org"]
    + [" ", "    ", "\t", "\n", "\n\n", "\x0b", "\xa0\xa0"]
)  # fmt: skip
PASTED = st.lists(PIECES, max_size=25).map("".join)
TEXTS = st.one_of(PASTED, st.text())


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("•\tone\n•\ttwo", "- one\n- two"),
        ("·\tone\n§\ttwo", "- one\n  - two"),
        ("–\tone", "- one"),
        ("•  one\n• two", "- one\n- two"),
        ("·\xa0\xa0\xa0\xa0one", "- one"),
        ("\uf0b7\tone\no\ttwo", "- one\n  - two"),
        ("•\tone\no\ttwo\n§\tthree\no\ttwo\n•\tone", "- one\n  - two\n    - three\n  - two\n- one"),
        ("•\tone\n\t•\tdeeper", "- one\n  - deeper"),
        ("1.\tone\n2.\ttwo", "1. one\n2. two"),
        ("1)\tone\n2)\ttwo", "1) one\n2) two"),
        ("1.\tone\n•\tdeeper\n2.\ttwo", "1. one\n   - deeper\n2. two"),
        ("9.\tnine\n10.\tten\n•\tof ten", "9. nine\n10. ten\n    - of ten"),
        ("a)\tone\nb)\ttwo", "* a) one\n* b) two"),
        ("(i)\tone\n(ii)\ttwo\n(v)\tfive", "* (i) one\n* (ii) two\n* (v) five"),
        ("1.1\tOne\n1.2\tTwo", "* 1.1 One\n* 1.2 Two"),
        ("•\tone\n\na)\ttwo", "- one\n\n* a) two"),
        ("1.5\tmillion women", "- 1.5 million women"),
        ("- 1.5 million women", "- 1.5 million women"),
        ("Before\n•\tone\nAfter", "Before\n\n- one\n\nAfter"),
        ("•\tone\n1.\tdeeper", "- one\n  1. deeper"),
        ("•\tone\n3.\tdeeper", "- one\n\n  3. deeper"),
        ("•\tone\x0bsoft break", "- one\n  soft break"),
        ("one\x0bsoft break", "one\nsoft break"),
        ("- one\n  more\n- two", "- one\n  more\n- two"),
        ("- one\n\n  second paragraph", "- one\n\n  second paragraph"),
        ("We met on the\n30. of June", "We met on the\n30. of June"),
        ("1.\t12\n2.\t13", "| 1. | 12 |\n| --- | --- |\n| 2. | 13 |"),
        ("3.5\t4.2", "3.5\t4.2"),
        ("•", "•"),
        ("o one", "o one"),
        ("-5 percent", "-5 percent"),
    ],
)  # fmt: skip
def test_lists_become_markdown_lists(pasted, kept):
    assert tidied(pasted) == kept
    assert tidied(kept) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Grade\tWomen\nGS\t12", "| Grade | Women |\n| --- | --- |\n| GS | 12 |"),
        ("\tWomen\tMen\nGS\t12\t8", "|  | Women | Men |\n| --- | --- | --- |\n| GS | 12 | 8 |"),
        ("a\tb\nc\t", "| a | b |\n| --- | --- |\n| c |  |"),
        ("a\tb\n\tc", "| a | b |\n| --- | --- |\n|  | c |"),
        ("a|b\tc\nd\te", "| a\\|b | c |\n| --- | --- |\n| d | e |"),
        ("No.\tName\n1.\tone", "| No. | Name |\n| --- | --- |\n| 1. | one |"),
        ("Text\na\tb\nc\td\nText", "Text\n\n| a | b |\n| --- | --- |\n| c | d |\n\nText"),
        ("a\tb\tc\nd\te", "| a | b | c |\n| --- | --- | --- |\n| d | e |  |"),
        ("a tab\tin a line", "a tab\tin a line"),
        ("•\ta\tb\n•\tc\td", "- a\tb\n- c\td"),
    ],
)
def test_lines_with_tabs_become_a_table(pasted, kept):
    assert tidied(pasted) == kept
    assert tidied(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "“Smart” quotes, ‘single’ ones – and a dash…",
        "See UN Women <https://www.unwomen.org/en> and https://a.org/b_c_d.",
        "المساواة بين الجنسين\n\n- أولا\n- ثانيا",
        "性别平等",
        "**bold** and *slanted*\n\nNext paragraph",
    ],
)
def test_what_is_tidy_stays_as_it_is(text):
    assert tidied(text) == text


@settings(max_examples=1000)
@example("- a\n  - b\n  30. June\n     foo")
@given(TEXTS)
def test_what_is_tidied_once_stays_as_it_is(text):
    assert tidied(tidied(text)) == tidied(text)


@settings(max_examples=1000)
@given(TEXTS)
def test_nothing_but_bullet_signs_and_white_space_is_lost(text):
    kept = iter(tidied(text))
    for character in printable(text):
        if not character.isspace() and character not in BULLETS:
            assert character in kept  # and all those after it behind it


@settings(max_examples=300)
@given(TEXTS)
def test_saving_what_was_loaded_changes_nothing(text):
    field = LongTextField()
    loaded = field.get_prep_value(field.formfield().to_python(text))
    # A browser sends line breaks as CR LF.
    again = field.formfield().to_python(loaded.replace("\n", "\r\n"))
    assert field.get_prep_value(again) == loaded


def test_an_empty_corner_of_a_table_survives_the_form():
    form_field = LongTextField().formfield()
    assert form_field.clean("\tWomen\tMen\nGS\t12\t8").startswith("|  | Women | Men |")


def test_white_space_alone_is_no_text():
    assert LongTextField().formfield().clean(" \n\t ") == ""


def test_lists_too_deep_to_print_are_refused_with_one_sentence():
    field = LongTextField()
    deepest = "\n".join("  " * level + "- point" for level in range(12))
    assert field.clean(deepest, None) == deepest
    with pytest.raises(ValidationError) as refusal:
        field.clean(deepest + "\n" + "  " * 12 + "- point", None)
    assert refusal.value.messages == [
        "The lists go 13 levels deep; the limit is 12. Move the deepest points further out."
    ]


def test_tables_too_large_to_print_are_refused_with_one_sentence():
    field = LongTextField()
    table = "| a | b |\n| --- | --- |" + "\n| 1 | 2 |" * 999
    assert field.clean(table, None) == table
    with pytest.raises(ValidationError) as refusal:
        field.clean(table + "\n| 1 | 2 |", None)
    assert refusal.value.messages == [
        "The tables have 2002 cells; the limit is 2000. "
        "Shorten them, or attach the long table as a document."
    ]


@pytest.mark.parametrize(
    "piece", ["\n", "a", "- ", "-\n", "\t", "a\t", "1.", "a\tb\n", "a\tb\nc\n", "(i", "1.1", "\xa0"]
)
def test_the_longest_text_is_tidied_in_no_time(piece):
    text = piece * (2 * MAX_TEXT // len(piece))
    start = time.process_time()
    tidied(text)
    assert time.process_time() - start < 1
