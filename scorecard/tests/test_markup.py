"""A person's text as HTML: what becomes markup, what stays text, what never gets through."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.addresses import is_safe
from scorecard.fields import MAX_TEXT
from scorecard.markup import AsTyped, html, shape_of

KNOWN_TAGS = re.compile(
    r"</?(?:p|br|strong|em|ul|ol|li|table|thead|tbody|tr|th|td|a|div)\b"
    r'(?: (?:dir="auto"|role="list"|value="\d+"|class="table-scroll"|tabindex="0"'
    r'|href="(?:https?://|mailto:)[^"<>]*"|rel="noopener noreferrer nofollow"))*>'
)
LINK = '<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>'


def inner(text):
    """The HTML of a text of one paragraph, without the paragraph."""
    found = re.fullmatch(r'<p dir="auto">(.*)</p>', html(text), re.DOTALL)
    assert found, html(text)
    return found[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one\n\ntwo", '<p dir="auto">one</p><p dir="auto">two</p>'),
        ("one\ntwo", '<p dir="auto">one<br>two</p>'),
        ("- one\n- two", '<ul><li dir="auto">one</li><li dir="auto">two</li></ul>'),
        (
            "- one\n  - deeper",
            '<ul><li dir="auto">one<ul><li dir="auto">deeper</li></ul></li></ul>',
        ),
        ("1. one\n2. two", '<ol><li dir="auto">one</li><li dir="auto">two</li></ol>'),
        (
            "3. three\n7. seven\n8. eight",
            '<ol><li dir="auto" value="3">three</li><li dir="auto" value="7">seven</li>'
            '<li dir="auto">eight</li></ol>',
        ),
        ("a)\tone", '<ul role="list"><li dir="auto">a) one</li></ul>'),
        (
            "•\tone\n\na)\ttwo",
            '<ul><li dir="auto">one</li></ul><ul role="list"><li dir="auto">a) two</li></ul>',
        ),
        ("- one\n- a) two", '<ul><li dir="auto">one</li><li dir="auto">a) two</li></ul>'),
        ("**bold** *slanted*", '<p dir="auto"><strong>bold</strong> <em>slanted</em></p>'),
        (
            "a\tb\n1\t2",
            '<div class="table-scroll" tabindex="0"><table><thead><tr><th dir="auto">a</th>'
            '<th dir="auto">b</th></tr></thead><tbody><tr><td dir="auto">1</td>'
            '<td dir="auto">2</td></tr></tbody></table></div>',
        ),
    ],
)
def test_markup_is_shown(text, shown):
    assert html(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "Title\n---\nText",
        "> 50 percent",
        "+ 3 women",
        "2021. A year",
        "`code`",
        "```\ncode\n```",
        "snake_case_name",
        "5 * 3 * 2",
        "***",
        "-",
        "[ref]: https://a.org",
        r"C:\files\*",
        "&copy; &#x202E;",
        "<b>bold</b> <script>alert(1)</script>",
        "[link](javascript:alert(1))",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_what_only_looks_like_markup_stays_text(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    expected = re.sub(r"(?:https:)\S*", lambda found: LINK.format(found[0]), escaped)
    assert inner(text) == expected.replace("\n", "<br>")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.org/b_c_d/?e=f", "https://a.org/b_c_d/?e=f"),
        ("See https://a.org.", "https://a.org"),
        ("(https://a.org/b)", "https://a.org/b"),
        ("https://a.org/b_(c)", "https://a.org/b_(c)"),
        ("UN Women <https://a.org/>", "https://a.org/"),
        ("**https://a.org**", "https://a.org"),
        ("见https://a.org/b。", "https://a.org/b"),
        ("“https://a.org”", "https://a.org"),
    ],
)
def test_addresses_become_links(text, shown):
    assert LINK.format(shown) in html(text)


def test_a_link_with_words_keeps_them():
    assert '<a href="https://a.org/b" rel="noopener noreferrer nofollow">the report</a>' in html(
        "[the report](https://a.org/b)"
    )
    assert 'href="mailto:a@b.org"' in html("[write](mailto:a@b.org)")


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://intranet/",
        "http://10.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://169.254.169.254/latest",
        "https://files.local/",
        "https://person:word@a.org/",
        "https://person@a.org/",
        "//a.org/",
        "/admin/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.org/",
        "https://[",
        "https://",
        "mailto:",
    ],
)
def test_an_address_of_another_kind_is_no_link(address):
    assert not is_safe(address)
    assert "<a " not in html(f"{address} <{address}> [x]({address})")


@settings(max_examples=500)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from('<>&"*_[]()|-\n\t #`!:/.1')))
def test_only_known_html_comes_out(text):
    assert "<" not in KNOWN_TAGS.sub("", html(text))


def test_a_text_too_intricate_to_print_is_shown_as_typed():
    text = "- " * 40 + "deep"
    assert shape_of(text).depth > 12
    assert html(text) == f'<p class="as-typed" dir="auto">{text}</p>'


def test_a_text_as_typed_keeps_every_letter_in_blocks_that_print_quickly():
    lines = ["- <b>", "x" * 2_500, *(["a"] * 120)]

    blocks = re.findall(
        r'<p class="as-typed" dir="auto">([^<]*)</p>', html(AsTyped("\n".join(lines)))
    )

    assert "".join(blocks).replace("\n", "") == "- &lt;b&gt;" + "x" * 2_500 + "a" * 120
    assert max(block.count("\n") for block in blocks) < 50
    assert max(map(len, "\n".join(blocks).split("\n"))) == 1_000


def test_emphasis_in_emphasis_counts_as_depth():
    assert shape_of("*a **b** c*").depth == 2
    assert shape_of("*a **b " * 30 + "c** d*" * 30).depth > 12


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*a ",
        "*a **b ",
        "<",
        "a_",
        "](",
        "[a](",
        "https://a.org ",
        "| a ",
        "|x\n",
        "- a\n",
        "*",
    ],
)
def test_the_longest_text_is_shown_in_no_time(piece):
    text = "|a|\n|-|\n" + piece * (MAX_TEXT // len(piece))
    start = time.process_time()
    html(text)
    assert time.process_time() - start < 3
