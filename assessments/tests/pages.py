"""Reads a page as a browser does: what its form would send, what its text says."""

import tinyhtml5

SENT_INPUTS = ["hidden", "text", "number", "date"]


def form_on(page, form_id="pi-form"):
    """Return the fields that the form on the page would send, as a dict to be changed."""
    root = _read(page)
    form = next(part for part in root.iter("form") if part.get("id") == form_id)
    fields = [*form.iter(), *(part for part in root.iter() if part.get("form") == form_id)]
    return {
        field.get("name"): value
        for field in fields
        if field.get("name") and (value := _value(field)) is not None
    }


def text_of(page):
    """Return all text that the page shows, white space put together."""
    return " ".join(" ".join(_read(page).itertext()).split())


def _value(field):
    """What the field would send; None where it sends nothing."""
    if field.tag == "textarea":
        return "".join(field.itertext())
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return chosen[0].get("value")
    if field.tag != "input":
        return None
    if field.get("type") == "radio":
        return field.get("value") if "checked" in field.attrib else None
    return field.get("value", "") if field.get("type") in SENT_INPUTS else None


def _read(page):
    return tinyhtml5.parse(page.content.decode(), namespace_html_elements=False)


def fill_in(client, address, changes=None):
    """Open the page, change some fields, send the form. Return the answer."""
    return client.post(address, form_on(client.get(address)) | (changes or {}))
