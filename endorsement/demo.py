"""Loads the demo: one country team's year, complete, from a file in fixtures/demo.

It stands in the topmost app because it fills every app.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import CooperationFramework, CountryTeam, Entity, Membership, User
from actionplan.models import ActionPlan, ActionPoint, Activity
from assessments.models import Assessment, CriterionFinding, IndicatorRating, MeasureEntry
from assessments.workspace.transitions import recompute
from evidence.models import Citation, Document
from report.pdf import pdf
from scorecard.models import EvidenceCategory, Framework, Indicator
from scorecard.rating import Rating

PASSWORD = "gender-equality-2030"


@dataclass(frozen=True, kw_only=True)
class Demo:
    assessment: Assessment
    is_new: bool


def load(path: Path) -> Demo:
    """Load the file, unless its team and year are there already: then nothing is touched.

    Raises Framework.DoesNotExist when the edition it needs has not been loaded.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    year = content["assessment"]["year"]
    present = Assessment.objects.filter(team__code=content["team"]["code"], year=year).first()
    if present:
        return Demo(assessment=present, is_new=False)
    framework = Framework.objects.latest_of(content["assessment"]["framework"])
    stand_ins = [
        _stand_in(row["title"], content["team"]["country"]) for row in content["documents"]
    ]
    saved_files = []
    try:
        with transaction.atomic():
            assessment = _load(content, framework, stand_ins, saved_files)
    except BaseException:
        for file in saved_files:
            file.delete(save=False)
        raise
    return Demo(assessment=assessment, is_new=True)


def _load(content, framework, stand_ins, saved_files):
    team = CountryTeam.objects.get_or_create(
        code=content["team"]["code"], defaults=content["team"]
    )[0]
    memberships = _load_people(content, team)
    for row in content["reviewers"]:
        _person(row, is_reviewer=True)
    cycle = CooperationFramework.objects.create(team=team, **content["cooperation_framework"])
    assessment = Assessment.objects.create(
        team=team,
        cooperation_framework=cycle,
        **content["assessment"] | {"framework": framework},
    )
    indicators = {
        indicator.code: indicator
        for indicator in Indicator.objects.filter(dimension__framework=framework).with_rules()
    }
    coordinator = next(row for row in memberships.values() if row.role == "coordinator")
    documents = {
        row["key"]: _store(team, row["title"], stand_in, coordinator.user, saved_files)
        for row, stand_in in zip(content["documents"], stand_ins, strict=True)
    }
    categories = {
        category.title: category
        for category in EvidenceCategory.objects.filter(framework=framework)
    }
    for row in content["ratings"]:
        rating = _load_rating(assessment, indicators[row["indicator"]], row)
        rating.assigned_to.set(memberships[email] for email in row["assigned"])
        for citation in row["documents"]:
            Citation.objects.create(
                document=documents[citation["document"]],
                indicator_rating=rating,
                category=categories[citation["category"]],
            )
    _load_action_plan(content["action_plan"], cycle, indicators)
    return assessment


def _load_people(content, team):
    """Return the memberships by e-mail address."""
    entities = {
        row["acronym"]: Entity.objects.get_or_create(
            acronym=row["acronym"], defaults={"name": row["name"]}
        )[0]
        for row in content["entities"]
    }
    memberships = {}
    for row in content["people"]:
        user = _person(row)
        memberships[row["email"]] = Membership.objects.create(
            user=user, team=team, role=row["role"], entity=entities[row["entity"]]
        )
    return memberships


def _person(row, **rights):
    present = User.objects.filter(email=row["email"]).first()
    return present or User.objects.create_user(row["email"], PASSWORD, name=row["name"], **rights)


def _load_rating(assessment, indicator, row):
    rating = IndicatorRating(
        assessment=assessment,
        indicator=indicator,
        is_reassessed=row["reassessed"],
        origin_year=row["origin_year"],
        origin_note=row["origin_note"],
        difference_reason=row["difference_reason"],
        findings=row["findings"],
        means_of_verification=row["means_of_verification"],
    )
    rating.save()
    criteria = {criterion.key: criterion for criterion in indicator.criteria.all()}
    for key, answer in row["criteria"].items():
        CriterionFinding.objects.create(
            indicator_rating=rating,
            criterion=criteria[key],
            is_met=answer["met"],
            finding=answer["finding"],
        )
    for measure in indicator.measures.all():
        for position, entry in enumerate(row["measures"].get(measure.key, []), start=1):
            MeasureEntry.objects.create(
                indicator_rating=rating, measure=measure, position=position, **entry
            )
    rating.rating = Rating[row["rating"].upper()]
    recompute(rating)
    rating.save(update_fields=["rating", "computed_rating"])
    return rating


def _load_action_plan(content, cycle, indicators):
    plan = ActionPlan.objects.create(
        cooperation_framework=cycle, title=content["title"], first_year=content["first_year"]
    )
    for number, row in enumerate(content["action_points"], start=1):
        point = ActionPoint.objects.create(
            plan=plan, number=number, indicator=indicators[row["indicator"]], text=row["text"]
        )
        for year, text in row["activities"].items():
            if text:
                Activity.objects.create(action_point=point, year=year, text=text)


def _stand_in(title, country):
    """A small real PDF that says for which document it stands: only titles were published."""
    return pdf(render_to_string("endorsement/stand_in.html", {"title": title, "country": country}))


def _store(team, title, content, uploader, saved_files):
    document = Document(
        team=team,
        title=title,
        original_name=f"{title}.pdf",
        extension="pdf",
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=uploader,
    )
    document.file.save(document.original_name, ContentFile(content), save=False)
    saved_files.append(document.file)
    document.save()
    return document
