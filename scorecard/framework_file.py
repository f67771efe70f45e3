"""Reads and checks a framework file (YAML). The grammar stands in the head of fixtures/*.yaml.

Without Django: what comes out is plain data whose every part has been checked, so that
load_framework only has to write it.
"""

import hashlib
import json
import re
from pathlib import Path

from scorecard.framework_shape import Shape
from scorecard.framework_yaml import FrameworkFileRefused as FrameworkFileRefused
from scorecard.framework_yaml import Mapping, read_yaml
from scorecard.rating import CriterionRule, LevelRule, Rating, implied_by

LEVELS = {level.name.lower(): level for level in Rating}
RULED_LEVELS = {name: level for name, level in LEVELS.items() if level > Rating.MISSING}
SOURCES = ("report-2022", "summary")
MAX_CRITERIA = 10  # of one PI; what a level lacks is sought among all their combinations
MAX_CATEGORY_CHARACTERS = 100
_INDICATOR_CODE = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")


def read_framework(path: Path) -> Mapping:
    """Return the checked content of a framework file. Raises FrameworkFileRefused."""
    return _Check(path.name).framework(read_yaml(path))


def content_sha256(content: Mapping) -> str:
    """Return the fingerprint of what the file says, whatever its layout and comments."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


class _Check(Shape):
    """Walks the parsed file and stops at the first thing that cannot be right."""

    def framework(self, content):
        self.keys(
            content,
            "The file",
            required={
                "code": str, "title": str, "edition": str, "publisher": str,
                "annual_minimum_indicators": int, "parity_range_percent": list,
                "levels": Mapping, "dimensions": list, "evidence_categories": list,
            },
            optional={"supersedes": str},
        )  # fmt: skip
        self.plain_key(content["code"], content.line, "The code")
        self.keys(content["levels"], "levels", required=dict.fromkeys(LEVELS, str))
        self.parity(content)
        self.texts(content["evidence_categories"], content.line, "evidence_categories")
        for title in content["evidence_categories"]:
            self.short(title, MAX_CATEGORY_CHARACTERS, content.line, "The evidence category")
        self.unique(content["evidence_categories"], content.line, "The evidence category")
        for dimension in self.mappings(content["dimensions"], content.line, "dimensions"):
            self.dimension(dimension, content["evidence_categories"])
        numbers = [dimension["number"] for dimension in content["dimensions"]]
        self.unique(numbers, content.line, "The dimension")
        codes = [
            indicator["code"]
            for dimension in content["dimensions"]
            for indicator in dimension["indicators"]
        ]
        self.unique(codes, content.line, "The PI")
        if not 1 <= content["annual_minimum_indicators"] <= len(codes):
            self.refuse(
                content.line, f"annual_minimum_indicators is not between 1 and {len(codes)}."
            )
        return content

    def parity(self, content):
        bounds = content["parity_range_percent"]
        if len(bounds) != 2 or not all(type(bound) is int for bound in bounds):
            self.refuse(content.line, "parity_range_percent needs two whole numbers.")
        if not 0 <= bounds[0] <= bounds[1] <= 100:
            self.refuse(content.line, "parity_range_percent goes from low to high within 0 to 100.")

    def dimension(self, dimension, categories):
        self.keys(
            dimension, "A dimension", required={"number": int, "title": str, "indicators": list}
        )
        number = dimension["number"]
        where = f"Dimension {number}"
        if not 1 <= number <= 99:
            self.refuse(dimension.line, f"{where}: the number lies between 1 and 99.")
        for indicator in self.mappings(dimension["indicators"], dimension.line, where):
            self.indicator(indicator, categories)
            if indicator["code"].split(".")[0] != str(number):
                self.refuse(indicator.line, f"PI {indicator['code']} stands in dimension {number}.")

    def indicator(self, indicator, categories):
        self.keys(
            indicator,
            "A PI",
            required={
                "code": str, "title": str, "statement": str, "criteria": list,
                "rules": Mapping, "means_of_verification": list,
            },
            optional={
                "lead": str, "measures": list, "notes": str, "unverified": list,
                "evidence_category": str, "calculator": Mapping,
            },
        )  # fmt: skip
        where = f"PI {indicator['code']}"
        if not _INDICATOR_CODE.fullmatch(indicator["code"]):
            self.refuse(indicator.line, f"{where}: the code is two numbers, such as 1.1.")
        if (category := indicator.get("evidence_category", categories[0])) not in categories:
            self.refuse(
                indicator.line, f"{where}: {category!r:.60} is no evidence category of the file."
            )
        self.texts(indicator["means_of_verification"], indicator.line, where)
        measures = self.measures(indicator, where)
        self.criteria(indicator, where, measures)
        self.calculator(indicator, where, measures)
        self.rules(indicator, where)
        unverified = indicator.get("unverified", [])
        self.known(unverified, list(RULED_LEVELS), indicator.line, f"{where}: unverified")

    def measures(self, indicator, where):
        measures = self.mappings(indicator.get("measures", []), indicator.line, where, empty=True)
        for measure in measures:
            self.keys(
                measure,
                f"{where}: a measure",
                required={
                    "key": str, "unit": str, "text": str, "numerator": str, "denominator": str
                },
                optional={"parts": bool, "breakdown": str},
            )  # fmt: skip
            self.plain_key(measure["key"], measure.line, f"{where}: the measure's key")
            if measure["unit"] != "share":
                self.refuse(
                    measure.line, f"{where}: the unit {measure['unit']!r:.60} is not 'share'."
                )
        keys = [measure["key"] for measure in measures]
        self.unique(keys, indicator.line, f"{where}: the measure")
        return keys

    def criteria(self, indicator, where, measures):
        criteria = self.mappings(indicator["criteria"], indicator.line, where)
        if len(criteria) > MAX_CRITERIA:
            self.refuse(
                indicator.line, f"{where}: {len(criteria)} criteria; at most {MAX_CRITERIA} fit."
            )
        for criterion in criteria:
            self.keys(
                criterion,
                f"{where}: a criterion",
                required={"key": str, "text": str, "source": str},
                optional={"letter": str, "implies": list, "when": Mapping},
            )
            self.plain_key(criterion["key"], criterion.line, f"{where}: the criterion's key")
            if criterion["source"] not in SOURCES:
                self.refuse(
                    criterion.line,
                    f"{where} ({criterion['key']}): the source {criterion['source']!r:.60} is not"
                    f" one of {', '.join(SOURCES)}.",
                )
            if "when" in criterion:
                self.threshold(criterion, where, measures)
            elif "letter" not in criterion:
                self.refuse(
                    criterion.line,
                    f"{where} ({criterion['key']}): a ticked criterion has a letter.",
                )
        keys = [criterion["key"] for criterion in criteria]
        self.unique(keys, indicator.line, f"{where}: the criterion")
        for criterion in criteria:
            self.known(criterion.get("implies", []), keys, criterion.line, f"{where}: implies")
        self.acyclic(criteria, where)

    def threshold(self, criterion, where, measures):
        when = criterion["when"]
        where = f"{where} ({criterion['key']})"
        self.keys(
            when,
            where,
            required={"measure": str},
            optional={"at_least": (int, float), "more_than": (int, float)},
        )
        self.known([when["measure"]], measures, when.line, f"{where}: when")
        bounds = [when[word] for word in ("at_least", "more_than") if word in when]
        if len(bounds) != 1 or not 0 <= bounds[0] <= 100:
            self.refuse(
                when.line, f"{where}: give at_least or more_than, one of them, between 0 and 100."
            )
        if bounds[0] != round(bounds[0], 2):
            self.refuse(when.line, f"{where}: {bounds[0]} has more than two decimals.")

    def calculator(self, indicator, where, measures):
        """A page for counting: its kind, and the measure or criterion that it fills."""
        if (calculator := indicator.get("calculator")) is None:
            return
        ticked = [row["key"] for row in indicator["criteria"] if "when" not in row]
        fills = {"survey": measures, "parity": ticked}
        where = f"{where}: calculator"
        self.keys(calculator, where, required={}, optional=dict.fromkeys(fills, str))
        if len(calculator) != 1:
            self.refuse(calculator.line, f"{where}: give one of {', '.join(fills)}.")
        ((kind, key),) = calculator.items()
        self.known([key], fills[kind], calculator.line, where)

    def acyclic(self, criteria, where):
        rules = {
            row["key"]: CriterionRule(key=row["key"], implies=frozenset(row.get("implies", ())))
            for row in criteria
        }
        for row in criteria:
            for weaker in row.get("implies", ()):
                if row["key"] in implied_by({weaker}, rules):
                    self.refuse(row.line, f"{where}: {row['key']!r} implies itself.")

    def rules(self, indicator, where):
        rules = indicator["rules"]
        self.keys(rules, f"{where}: rules", required=dict.fromkeys(RULED_LEVELS, Mapping))
        keys = [criterion["key"] for criterion in indicator["criteria"]]
        for name, level in RULED_LEVELS.items():
            rule = rules[name]
            place = f"{where}, {name}"
            self.keys(
                rule, place, required={"of": list}, optional={"at_least": int, "includes": str}
            )
            self.known(rule["of"], keys, rule.line, place)
            self.unique(rule["of"], rule.line, f"{place}: the criterion")
            if "includes" in rule and LEVELS.get(rule["includes"], level) >= level:
                self.refuse(rule.line, f"{place}: includes names no lower level.")
            if rule.get("includes") == "missing":
                self.refuse(rule.line, f"{place}: includes names a level that asks for nothing.")
            try:
                LevelRule(
                    codes=frozenset(rule["of"]), at_least=rule.get("at_least", len(rule["of"]))
                )
            except ValueError:
                self.refuse(
                    rule.line, f"{place}: at_least does not fit {len(rule['of'])} criteria."
                )
        used = {key for rule in rules.values() for key in rule["of"]}
        if unused := [key for key in keys if key not in used]:
            self.refuse(indicator.line, f"{where}: no level uses the criterion {unused[0]!r}.")
