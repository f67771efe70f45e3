from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from scorecard.converters import CodeConverter


class ScorecardConfig(AppConfig):
    name = "scorecard"
    verbose_name = _("Framework")

    def ready(self):
        register_converter(CodeConverter, "code")
