from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from scorecard.fields import LongTextField
from scorecard.models import Framework, Indicator


@require_GET
def framework_list(request):
    frameworks = Framework.objects.with_counts()
    return render(request, "scorecard/framework_list.html", {"frameworks": frameworks})


@require_GET
def framework_detail(request, code, revision):
    frameworks = Framework.objects.with_counts().with_indicators()
    framework = get_object_or_404(frameworks, code=code, revision=revision)
    return render(request, "scorecard/framework_detail.html", {"framework": framework})


@require_GET
def indicator_detail(request, code, revision, indicator_code):
    framework = get_object_or_404(Framework, code=code, revision=revision)
    indicators = Indicator.objects.of_framework(framework)
    indicator = get_object_or_404(indicators.with_rules(), code=indicator_code)
    return render(
        request,
        "scorecard/indicator_detail.html",
        {"framework": framework, "indicator": indicator, "neighbours": indicator.neighbours()},
    )


@require_POST
def text_preview(request):
    """A text as the page and the report will show it, or why it cannot be saved. Writes nothing."""
    text, refusals = request.POST.get("text", ""), []
    try:
        text = LongTextField().clean(text, None)
    except ValidationError as refusal:
        text, refusals = "", refusal.messages
    return render(request, "scorecard/_text_preview.html", {"text": text, "refusals": refusals})
