from datetime import date

import pytest

from actionplan.timeline import LEFT, MONTH, Item, timelines


def item(number=1, *, start=None, due=None, status="planned"):
    return Item(number=number, code="2.2", start=start, due=due, status=status, words="Planned")


def drawn(*items, **options):
    return timelines(items, **{"first_year": 2021, "last_year": 2025} | options)


def test_without_dates_nothing_is_drawn():
    assert drawn(item()) == ()


def test_a_bar_lies_under_its_years():
    (timeline,) = drawn(item(start=date(2022, 1, 1), due=date(2022, 6, 30)))
    (shape,) = timeline.shapes
    assert (shape.x, shape.width) == (LEFT + 12 * MONTH, 6 * MONTH)
    assert shape.x + shape.width <= timeline.width


def test_rows_stand_one_below_the_other_with_number_and_pi():
    (timeline,) = drawn(item(1, due=date(2022, 1, 1)), item(7, due=date(2023, 1, 1)))
    first, second = timeline.shapes
    assert second.y - first.y > first.height
    assert [label.text for label in timeline.labels] == [
        *["2021", "2022", "2023", "2024", "2025"],
        *["1", "2.2", "7", "2.2"],
    ]


def test_the_words_are_in_the_alternative_text():
    (timeline,) = drawn(
        item(1, start=date(2022, 1, 5), due=date(2022, 6, 30)),
        item(2, due=date(2023, 1, 1)),
        item(3, start=date(2024, 2, 1)),
    )
    assert timeline.title == (
        "Timeline of action points: 1 (PI 2.2), 5 Jan 2022 to 30 Jun 2022, Planned; "
        "2 (PI 2.2), due 1 Jan 2023, Planned; 3 (PI 2.2), from 1 Feb 2024 on, Planned"
    )


def test_statuses_differ_by_more_than_their_colour():
    statuses = ["planned", "under_way", "done", "dropped"]
    (timeline,) = drawn(*(item(due=date(2022, 1, 1), status=status) for status in statuses))
    planned, under_way, done, dropped = timeline.shapes
    assert planned.fill != planned.stroke
    assert under_way.fill == under_way.stroke != done.fill
    assert (bool(dropped.dash), bool(planned.dash)) == (True, False)


def test_on_paper_the_rows_are_spread_over_drawings_and_none_is_lost():
    items = [item(number, due=date(2022, 1, 1)) for number in range(1, 8)]
    parts = drawn(*items, rows_each=3)
    assert [len(part.shapes) for part in parts] == [3, 3, 1]
    assert [label.text for part in parts for label in part.labels if label.text in "1234567"] == [
        str(number) for number in range(1, 8)
    ]


@pytest.mark.parametrize(("at", "lines"), [(None, 6), (date(2023, 7, 1), 7), (date(2030, 1, 1), 6)])
def test_a_day_is_marked_if_it_lies_within(at, lines):
    (timeline,) = drawn(item(due=date(2022, 1, 1)), at=at)
    assert len(timeline.lines) == lines


def test_all_numbers_are_whole():
    (timeline,) = drawn(item(due=date(2022, 1, 17)), at=date(2023, 7, 17))
    numbers = [timeline.width, timeline.height]
    for part in (*timeline.shapes, *timeline.labels, *timeline.lines):
        numbers += [value for value in vars(part).values() if not isinstance(value, str)]
    assert all(type(number) is int for number in numbers)
