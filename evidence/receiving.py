"""What becomes of each thing that is sent: stored, offered as held already, or refused."""

from dataclasses import dataclass

from accounts.models import CountryTeam
from assessments.models import IndicatorRating
from evidence import library
from evidence.forms import LinkForm, PlaceForm, UploadForm
from evidence.models import Citation, Document


@dataclass(frozen=True, kw_only=True)
class Destination:
    """The library of a team, or one PI of it under which what is added is cited at once."""

    team: CountryTeam
    rating: IndicatorRating | None = None

    def place_form(self, data):
        """The form for category and criterion; None where nothing is cited."""
        if self.rating is None:
            return None
        return PlaceForm(data, instance=Citation(indicator_rating=self.rating))

    def citation(self, place_form) -> Citation | None:
        """A new citation as the form says, its document still open."""
        if place_form is None:
            return None
        return Citation(indicator_rating=self.rating, **place_form.cleaned_data)

    def cites(self, document) -> bool:
        """Whether the document stands under the PI already."""
        cited = Citation.objects.filter(indicator_rating=self.rating, document=document)
        return self.rating is not None and cited.exists()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file. Without a document it was refused; the sentence says why."""

    document: Document | None = None
    is_new: bool = False
    is_cited: bool = False  # held already, and under this PI
    sentence: str = ""


def receive_files(form: UploadForm, place_form, destination: Destination, *, by) -> list[Outcome]:
    """Store each file by itself: one refusal stops no other."""
    return [
        _outcome(
            library.add_file,
            Document(team=destination.team, **form.facts),
            upload,
            destination=destination,
            by=by,
            citation=destination.citation(place_form),
        )
        for upload in form.cleaned_data["files"]
    ]


def receive_link(form: LinkForm, place_form, destination: Destination, *, by) -> Outcome:
    document = form.instance
    document.team = destination.team
    citation = destination.citation(place_form)
    return _outcome(library.add_link, document, destination=destination, by=by, citation=citation)


def _outcome(add, *args, destination, **kwargs) -> Outcome:
    try:
        return Outcome(document=add(*args, **kwargs), is_new=True)
    except library.HeldAlready as held:
        return Outcome(
            document=held.document,
            is_cited=destination.cites(held.document),
            sentence=str(held),
        )
    except library.DocumentRefused as refusal:
        return Outcome(sentence=str(refusal))
