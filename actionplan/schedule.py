"""The years of an action plan. Without Django."""


def plan_year(year: int, first_year: int) -> int:
    """Return which year of the plan a calendar year is: the first is Year 1.

    Raises ValueError for a year before the plan begins.
    """
    if year < first_year:
        raise ValueError(f"{year} is before the plan begins in {first_year}.")
    return year - first_year + 1
