"""Lists to choose from, as Excel and LibreOffice offer them at a cell."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl.worksheet.datavalidation import DataValidation

MAX_LIST = 255  # characters that Excel takes in a list
MAX_COUNT = 1_000_000


def choices(words: Iterable[str]) -> DataValidation | None:
    """Return the list of these words; None where Excel would not take it."""
    listed = ",".join(words)
    if not listed or len(listed) > MAX_LIST or '"' in listed:
        return None
    validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    validation.errorTitle = _("Not in the list")
    validation.error = _("Choose one of the list.")
    validation.showErrorMessage = True
    return validation


def whole_numbers() -> DataValidation:
    validation = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(MAX_COUNT), allow_blank=True
    )
    validation.errorTitle = _("A whole number")
    validation.error = _("Write a whole number, 0 or more.")
    validation.showErrorMessage = True
    return validation
