"""What people filled into the sheet of the action plan, understood or refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from workbook import wording
from workbook.actions import NewAction, PlannedAction, actions_of
from workbook.filled import (
    Entry,
    Filled,
    computed_sentence,
    date_sentence,
    unknown_code,
)
from workbook.grid import Book, Cell, Row
from workbook.plan import Plan
from workbook.plan_layout import FIELDS, NEEDED, headings, point_key
from workbook.stamp import fingerprint
from workbook.tables import Table, tables
from workbook.values import settled


class Unfit(Exception):
    """The cell cannot be taken; the text says why."""


def read_plan(book: Book, plan: Plan, filled: Filled) -> dict[str, PlannedAction | NewAction]:
    """Add what stands on the sheet to what was filled in; return what it is about by key."""
    reader = _PlanReader(plan, filled)
    for table in tables(book, headings(year=plan.year), needed=NEEDED):
        filled.note_extra(table)
        for row in table.rows:
            reader.read(table, row)
    return reader.subjects


class _PlanReader:
    def __init__(self, plan: Plan, filled: Filled):
        self.plan = plan
        self.filled = filled
        self.actions = actions_of(plan)
        self.texts = {
            (action.content["indicator"], action.content["text"]): action
            for action in self.actions.values()
        }
        self.subjects: dict[str, PlannedAction | NewAction] = {}
        self.readers: dict[str, Callable[[Cell], Any]] = {
            "indicator": self._code,
            "lead": self._entity,
            "supporting": self._entities,
            "start": self._day,
            "due": self._day,
            "resources_required": self._amount,
            "resources_available": self._amount,
            "currency": lambda cell: cell.text.strip().upper(),
        }

    def read(self, table: Table, row: Row):
        subject = self._subject(table, row)
        if subject is None:
            return
        key, action = subject
        entries = dict(self._entries(table, row, action))
        is_new = isinstance(action, NewAction)
        if is_new and (not entries or self._stands_already(table, row, entries)):
            return
        self.subjects[key] = action
        for name, entry in entries.items():
            self.filled.entries[key, name] = entry

    def _subject(self, table, row) -> tuple[str, PlannedAction | NewAction] | None:
        cell, address = table.cell(row, "number"), table.address(row, "number")
        try:
            number = wording.count_of(cell)
        except wording.NotUnderstood:
            number = -1
        if number is None:
            return f"new {row.number}", NewAction(plan=self.plan, row=row.number)
        if number not in self.actions:
            sentence = _("There is no action point %(number)s; leave the cell empty to add one.")
            self.filled.refuse(address, sentence % {"number": cell.text})
            return None
        key = point_key(number)
        if key in self.subjects:
            sentence = _("Action point %(number)s stands twice; both rows are left out.")
            self.filled.refuse(address, sentence % {"number": number})
            for name in FIELDS.values():
                self.filled.entries.pop((key, name), None)
            return None
        return key, self.actions[number]

    def _entries(self, table, row, action):
        for column, name in FIELDS.items():
            cell, address = table.cell(row, column), table.address(row, column)
            if column not in table.columns:
                continue
            try:
                value = self._value(cell, name)
            except Unfit as why:
                self.filled.refuse(address, str(why))
                continue
            if isinstance(action, PlannedAction) or value:
                yield name, Entry(value=value, address=address)

    def _value(self, cell, name):
        if cell.kind in ("f", "e"):
            raise Unfit(computed_sentence(cell))
        if name in self.readers:
            return self.readers[name](cell)
        return settled(cell.text)

    def _stands_already(self, table, row, entries) -> bool:
        """A workbook that is uploaded twice must not add its points twice."""
        named = tuple(entries[name].value if name in entries else "" for name in NAMED)
        if named not in self.texts:
            return False
        sentence = _("Action point %(number)s says the same; the row is left out.")
        number = self.texts[named].point.number
        self.filled.refuse(table.address(row, "text"), sentence % {"number": number})
        return True

    # One cell

    def _code(self, cell):
        if not cell.text:
            return ""
        try:
            code = wording.code_of(cell)
        except wording.IsDate:
            raise Unfit(date_sentence()) from None
        except wording.NotUnderstood:
            code = cell.text
        if code not in self.plan.indicators:
            raise Unfit(unknown_code(code))
        return code

    def _entity(self, cell):
        names = self._entities(cell)
        if len(names) > 1:
            raise Unfit(_("One entity leads; write the others under those that support it."))
        return names[0] if names else ""

    def _entities(self, cell):
        known = {wording.letters(name): name for name in self.plan.entities}
        found = []
        for name in wording.several(cell.text):
            if wording.letters(name) not in known:
                raise Unfit(self._unknown_entity(name))
            found.append(known[wording.letters(name)])
        return tuple(sorted(set(found)))

    def _unknown_entity(self, name):
        return _("“%(name)s” is no entity of this team; it has %(names)s.") % {
            "name": name,
            "names": ", ".join(self.plan.entities),
        }

    def _day(self, cell):
        return self._understood(wording.day_of, cell, _("a day; write it as 31 Dec 2026"))

    def _amount(self, cell):
        return self._understood(wording.amount_of, cell, _("an amount; write digits only"))

    def _understood(self, read, cell, wanted):
        try:
            return read(cell)
        except wording.NotUnderstood:
            values = {"text": cell.text, "wanted": wanted}
            raise Unfit(_("“%(text)s” is not understood as %(wanted)s.") % values) from None


NAMED = ("indicator", "text")


def empty_fingerprints(subjects: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """The fingerprints of the fields of new action points: they were empty."""
    return {
        (key, name): fingerprint(value)
        for key, subject in subjects.items()
        if isinstance(subject, NewAction)
        for name, value in subject.content.items()
    }
