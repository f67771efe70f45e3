"""The sentences on top of a form that was refused."""

from django import forms

from scorecard.form_errors import errors_of


class Visit(forms.Form):
    day = forms.DateField(label="Day of the visit")
    guests = forms.IntegerField(max_value=9, error_messages={"required": "Say how many come."})
    place = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, label="Place")

    def clean(self):
        raise forms.ValidationError("Nobody is at home.")


def sentences(**data):
    form = Visit(data)
    assert not form.is_valid()
    return errors_of(form)


def test_sentence_that_fits_any_field_names_its_own():
    day, guests, place, _whole = sentences()
    assert day == ("id_day", "Day of the visit: This field is required.")
    assert guests == ("id_guests", "Say how many come.")
    assert place == ("id_place_0", "Place: This field is required.")


def test_sentence_names_a_field_whose_value_cannot_be_read():
    assert sentences(day="soon")[0] == ("id_day", "Day of the visit: Enter a valid date.")


def test_what_concerns_the_whole_form_leads_to_the_page():
    assert sentences(day="2022-11-30", guests=1, place="a") == [("content", "Nobody is at home.")]
