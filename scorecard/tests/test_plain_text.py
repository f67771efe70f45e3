import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from scorecard.fields import MAX_TEXT, LongTextField
from scorecard.plain_text import printable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\x00two\x07three\x1b[31m", "onetwothree[31m"),
        ("delete\x7f and C1 \x9b", "delete and C1 "),
        ("half a character \ud800", "half a character "),
        ("no characters \ufffe\uffff\ufdd0\U0001fffe\U0010ffff", "no characters "),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Word's soft break\x0bnext line", "Word's soft break\nnext line"),
        ("page\x0cnext page", "page\nnext page"),
        ("Windows\r\nold Mac\rUnix\n", "Windows\nold Mac\nUnix\n"),
        ("\x85next\u2028line\u2029paragraph", "\nnext\nline\nparagraph"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u202aembedded\u202c", "embedded"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_text_is_kept_less_what_cannot_be_printed(typed, kept):
    assert printable(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "المساواة بين الجنسين\u200f (GEWE)",  # with a right-to-left mark
        "تَحْلِيلٌ",  # vowel marks
        "می\u200cخواهم",  # zero width non-joiner, part of the spelling
        "\u2066name\u2069: اسم",  # isolates keep to themselves
        "Гендерлік теңдік",
        "性别平等 ❤️ 👩‍👩‍👧",
    ],
)
def test_other_scripts_keep_their_marks(text):
    assert printable(text) == unicodedata.normalize("NFC", text) == text


@given(st.text())
def test_a_text_that_is_printable_stays_as_it_is(text):
    assert printable(printable(text)) == printable(text)


@given(st.text(st.characters(codec=None)))
def test_what_is_printable_can_be_written_to_a_file(text):
    assert "\x00" not in printable(text)
    printable(text).encode("utf-8")


def test_a_long_text_field_cleans_what_is_typed():
    assert LongTextField().clean("one\x0btwo\x00", None) == "one\ntwo"


def test_a_long_text_field_takes_the_longest_text_and_refuses_one_more():
    field = LongTextField()
    assert field.clean("x" * MAX_TEXT, None) == "x" * MAX_TEXT
    with pytest.raises(ValidationError) as refusal:
        field.clean("x" * (MAX_TEXT + 1), None)
    assert refusal.value.messages == [
        "The text has 20001 characters; the limit is 20000. "
        "Shorten it, or attach the long version as a document."
    ]
