"""What the calculators of a PI count: answers to a survey, women and men on the staff."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.calculators.counting import Answers, ParityBand, ParityResult, Staff, SurveyResult
from assessments.models.indicator_rating import IndicatorRating

MAX_PEOPLE = 1_000_000


class Counted(models.Model):
    """What both calculators record of themselves."""

    indicator_rating = models.OneToOneField(
        IndicatorRating, on_delete=models.CASCADE, related_name="%(class)s"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.indicator_rating}, {self._meta.verbose_name}"


class Survey(Counted):
    """A survey of personnel in one year: how many were asked and answered, never who."""

    year = models.PositiveSmallIntegerField(_("year of the survey"))
    expected = models.PositiveIntegerField(_("personnel asked"))
    answered = models.PositiveIntegerField(_("personnel who answered"))

    class Meta:
        verbose_name = _("survey")
        constraints = [
            models.CheckConstraint(
                name="survey_is_answered_by_those_asked",
                condition=Q(answered__lte=F("expected")) & Q(answered__gt=0),
                violation_error_message=_("At least one person answers, and at most all asked."),
            )
        ]

    @property
    def result(self) -> SurveyResult:
        return SurveyResult(
            expected=self.expected,
            answered=self.answered,
            questions=tuple((str(row), row.answers) for row in self.questions.all()),
        )


class SurveyQuestion(models.Model):
    """One question with the number of people who gave each answer."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300, blank=True)
    strongly_agree = models.PositiveIntegerField(_("strongly agree"))
    agree = models.PositiveIntegerField(_("agree"))
    neutral = models.PositiveIntegerField(_("neutral"))
    disagree = models.PositiveIntegerField(_("disagree"))
    strongly_disagree = models.PositiveIntegerField(_("strongly disagree"))

    class Meta:
        ordering = ["survey", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"], name="survey_question_position_is_unique"
            )
        ]

    def __str__(self):
        return self.text or _("Question %(number)s") % {"number": self.position}

    @property
    def answers(self) -> Answers:
        return Answers(
            strongly_agree=self.strongly_agree,
            agree=self.agree,
            neutral=self.neutral,
            disagree=self.disagree,
            strongly_disagree=self.strongly_disagree,
        )


class Parity(Counted):
    """Women and men on the staff of a team's entities on one day."""

    as_of = models.DateField(_("staff as of"), null=True, blank=True)

    class Meta:
        verbose_name = _("parity table")
        verbose_name_plural = _("parity tables")

    def result(self, framework) -> ParityResult:
        """framework: whose parity band applies."""
        rows = list(self.counts.all())
        return ParityResult(
            entities=tuple(dict.fromkeys(row.entity for row in rows)),
            groups=tuple(ParityCount.GradeGroup.values),
            counts={(row.entity, row.group): Staff(women=row.women, men=row.men) for row in rows},
            band=ParityBand(
                from_percent=framework.parity_from_percent, to_percent=framework.parity_to_percent
            ),
        )


class ParityCount(models.Model):
    """Women and men of one entity in one grade group."""

    class GradeGroup(models.TextChoices):
        GS = "gs", _("GS")
        NO = "no", _("NO")
        P_LOW = "p1-p3", _("P1–P3")
        P_HIGH = "p4-p5", _("P4–P5")
        D = "d", _("D and above")
        OTHER = "other", _("SC and other")

    parity = models.ForeignKey(Parity, on_delete=models.CASCADE, related_name="counts")
    position = models.PositiveSmallIntegerField()  # of the entity
    entity = models.CharField(_("UN entity"), max_length=100)
    group = models.CharField(_("grade group"), max_length=10, choices=GradeGroup)
    women = models.PositiveIntegerField(_("women"))
    men = models.PositiveIntegerField(_("men"))

    class Meta:
        ordering = ["parity", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parity", "entity", "group"], name="parity_is_counted_once_each"
            ),
            models.CheckConstraint(
                name="parity_group_is_known",
                condition=Q(group__in=["gs", "no", "p1-p3", "p4-p5", "d", "other"]),
            ),
        ]

    def __str__(self):
        return f"{self.entity}, {self.get_group_display()}: {self.women} / {self.men}"
