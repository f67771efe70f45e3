"""What is taken and what is refused, on real files. The table of refusals: bad_files.py."""

import tracemalloc
from io import BytesIO

import pytest
from PIL import ImageFile

from evidence.filetypes import MAX_BYTES, TYPES, check
from evidence.names import extension_of, shown_name
from evidence.reasons import FileRefused, Reason
from evidence.sentences import KINDS, SENTENCES, sentence
from evidence.tests.bad_files import BAD, IDS
from evidence.tests.files import GOOD, picture


def checked(name, content):
    return check(BytesIO(content), name=shown_name(name), size=len(content))


@pytest.mark.parametrize("name", GOOD)
def test_every_allowed_kind_is_known_by_its_content(name):
    named = extension_of(name).replace("jpeg", "jpg") or "pdf"
    assert checked(name, GOOD[name]) == TYPES[named]


def test_the_good_files_cover_every_allowed_kind():
    assert {extension_of(name) for name in GOOD} >= set(TYPES)


@pytest.mark.parametrize(("name", "content", "ends"), BAD, ids=IDS)
def test_a_bad_file_is_refused_in_one_sentence(name, content, ends):
    with pytest.raises(FileRefused) as refused:
        checked(name, content)
    shown = shown_name(name)
    assert sentence(refused.value, name=shown) == f"“{shown}” {ends}"


def test_every_reason_has_its_sentence_and_happens_in_the_table():
    assert set(SENTENCES) == set(Reason)
    happened = set()
    for name, content, _ends in BAD:
        with pytest.raises(FileRefused) as refused:
            checked(name, content)
        happened.add(refused.value.reason)
        assert refused.value.values.get("kind", "pdf") in KINDS
    assert happened == set(Reason)


def test_a_file_of_exactly_the_limit_is_taken():
    content = b"x" * MAX_BYTES
    assert checked("long.txt", content).extension == "txt"
    with pytest.raises(FileRefused):
        checked("long.txt", content + b"x")


def test_text_without_an_extension_is_a_plain_text():
    assert checked("README", b"Read me.").extension == "txt"


def test_a_large_file_is_read_in_parts():
    stream = BytesIO(b"x" * (20 * 1024 * 1024))
    tracemalloc.start()
    check(stream, name="long.txt", size=20 * 1024 * 1024)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024


@pytest.mark.parametrize("is_lenient", [True, False])
def test_a_cut_picture_is_seen_whatever_else_runs_in_the_process(monkeypatch, is_lenient):
    """WeasyPrint tells Pillow to load what is cut off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)
    for kind in ["JPEG", "PNG", "WEBP"]:
        content = picture(kind, (900, 900))
        with pytest.raises(FileRefused, match="damaged"):
            checked("photo", content[: len(content) * 3 // 4])


def test_a_preview_in_the_head_does_not_stand_for_the_end_of_a_photograph():
    whole = picture("JPEG", (900, 900), exif=b"Exif\0\0" + picture("JPEG"))
    assert checked("photo.jpg", whole).extension == "jpg"
    with pytest.raises(FileRefused, match="damaged"):
        checked("photo.jpg", whole[:-200])


def test_a_photograph_with_a_tail_behind_it_is_taken():
    """Some phones put a film behind the picture."""
    assert checked("photo.jpg", picture("JPEG") + b"\0" * 5000).extension == "jpg"
