import pytest

from evidence.names import MAX_NAME, extension_of, shown_name, title_of, with_extension


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Work plan.pdf", "Work plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Plan.docx", "Plan.docx"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("\u2067plan\u2069.pdf", "plan.pdf"),
        ("plan\r\nSet-Cookie: a.pdf", "plan Set-Cookie_ a.pdf"),
        ("plan\0.pdf", "plan.pdf"),
        ('a<b>"c"|d?.pdf', "a_b__c__d_.pdf"),
        ("  plan   2022 .pdf ", "plan 2022.pdf"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        ("\ud800.pdf", "pdf"),
        ("План работы.pdf", "План работы.pdf"),
        ("خطة\u200cالعمل.pdf", "خطة\u200cالعمل.pdf"),  # a joiner that Persian words need
    ],
)
def test_a_name_is_shown_in_one_line_without_what_deceives(name, shown):
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_extension():
    shown = shown_name("x" * 300 + ".docx")
    assert len(shown) == MAX_NAME
    assert shown.endswith("x.docx")


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("Plan.PDF", "pdf"),
        ("plan.tar.gz", "gz"),
        ("plan.pdf.html", "html"),
        ("Concept note 09.12", ""),
        ("README", ""),
        ("Dear colleague. Please see", ""),
    ],
)
def test_extension_is_what_a_program_would_go_by(name, extension):
    assert extension_of(name) == extension


def test_a_name_without_an_extension_gets_that_of_its_content():
    assert with_extension("Concept note 09.12", "pdf") == "Concept note 09.12.pdf"
    assert with_extension("Plan.jpeg", "jpg") == "Plan.jpeg"


def test_a_title_is_the_name_in_words():
    assert title_of("Work_plan_2022.pdf") == "Work plan 2022"
    assert title_of("Concept note 09.12") == "Concept note 09.12"
