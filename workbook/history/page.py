"""The mapping page: a foreign sheet with a guess for each of its columns."""

from functools import cached_property

from actionplan.lookup import framework_of
from scorecard.models import Framework
from workbook.grid import Book, Sheet
from workbook.history.choices import rating_words, remember, remembered, sheet_of
from workbook.history.forms import MappingForm, PlaceForm
from workbook.history.mapping import Column, columns_of, guessed, head_row_of
from workbook.models import ImportRun
from workbook.tables import merged_from


class MappingPage:
    """place: sheet and head row as the address names them. data: what was sent, or None."""

    def __init__(self, run: ImportRun, *, place, data):
        self.run = run
        self.data = data
        titles = [sheet.title for sheet in Book.from_json(run.content).visible]
        self.place_form = PlaceForm(place or None, titles=titles)
        is_named = self.place_form.is_bound and self.place_form.is_valid()
        self.place = self.place_form.cleaned_data if is_named else {}
        if not is_named:
            self.place_form = PlaceForm(
                initial={"sheet": self.sheet.title, "head": self.head_row}, titles=titles
            )

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.run, self.place.get("sheet", ""))

    @cached_property
    def head_row(self) -> int:
        return self.place.get("head") or head_row_of(self.sheet)

    @cached_property
    def columns(self) -> list[Column]:
        return columns_of(self.sheet, self.head_row)

    @cached_property
    def cycle(self):
        return self.run.team.cooperation_frameworks.first()

    @cached_property
    def framework(self) -> Framework | None:
        return framework_of(self.cycle) if self.cycle else Framework.objects.first()

    @cached_property
    def form(self) -> MappingForm:
        roles = guessed(
            self.sheet,
            self.head_row,
            words=rating_words(self.framework) if self.framework else {},
            remembered=remembered(self.run.team),
        )
        initial = {f"column-{number}": role for number, role in roles.items()}
        return MappingForm(
            self.data,
            team=self.run.team,
            columns=self.columns,
            merged=merged_from(self.sheet, self.head_row),
            initial={**initial, "framework": self.framework, "cycle": self.cycle},
        )

    def save(self, *, by):
        """Keep the choices with the upload, and what the columns are for the team's next one."""
        choices = self.form.choices(sheet=self.sheet.title, head_row=self.head_row)
        self.run.choices = choices.as_json()
        self.run.save(update_fields=["choices"])
        names = {column.number: column.name for column in self.columns}
        remember(self.run.team, names, choices.roles, by=by)
