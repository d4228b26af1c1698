"""Form fields as our pages draw them, and the widgets that plain Django lacks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Renderer(DjangoTemplates):
    """Draws fields with look/field.html and whole forms with look/form.html."""

    form_template_name = "look/form.html"
    field_template_name = "look/field.html"

    @cached_property
    def engine(self) -> Engine:
        """Django's own widgets and our templates, with our tags built in."""
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(django.forms.__file__).parent / "templates"],
                "NAME": "vicinia-forms",
                "OPTIONS": {"builtins": ["vicinia.foundation.look.templatetags.look"]},
            }
        )


class DateInput(forms.DateInput):
    """The browser's own calendar, which always speaks ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """Day and time in one field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LongSelect(forms.Select):
    """A select of many options, written at once: a template for each of 150 kinds took most of a page's time."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The select with its options, those of a group together."""
        chosen = set(self.format_value(value))
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", attributes, _options(self.choices, chosen))


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    return SafeString("".join(_option(value, label, chosen) for value, label in choices))


def _option(value: Any, label: Any, chosen: set[str]) -> str:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    words = "" if value is None else str(value)
    is_chosen = SafeString(" selected") if words in chosen else ""
    return format_html('<option value="{}"{}>{}</option>', words, is_chosen, label)


class SuggestInput(forms.TextInput):
    """A text field that proposes while one types, and stays a text field without JavaScript.

    `url` answers `?q=` with JSON `[{"value", "label", "hint"}]`. The label chosen goes into the text;
    with `into`, the id of a hidden field, the value goes there, and is cleared when the text changes.
    """

    def __init__(
        self, url: str | Promise, *, into: str = "", least: int = 2, attrs: dict[str, Any] | None = None
    ) -> None:
        suggest: dict[str, Any] = {
            "data-suggest-url": url,
            "data-suggest-least": least,
            "autocomplete": "off",
        }
        if into:
            suggest["data-suggest-into"] = into
        super().__init__({**suggest, **(attrs or {})})


class RadioCards(forms.RadioSelect):
    """One choice among a few, each a card; `hints` explains a value in a line under it."""

    template_name = "look/widgets/choice_cards.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, hints: dict[str, str | Promise] | None = None
    ) -> None:
        super().__init__(attrs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, with its hint."""
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}


class CheckboxCards(RadioCards, forms.CheckboxSelectMultiple):
    """Several choices among a few, each a card."""

    input_type = "checkbox"
    allow_multiple_selected = True


class PhotoInput(forms.FileInput):
    """Several photos; scaled down in the browser to 2048 px before they travel, with previews to remove."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        photo = {"accept": "image/*", "multiple": True, "data-photos": "2048"}
        super().__init__({**photo, **(attrs or {})})


class PhotosField(forms.FileField):
    """A list of uploaded files, empty when there are none; what a file really is, attachments checks."""

    widget = PhotoInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Clean each file by itself; a required field needs at least one."""
        files = [file for file in _as_list(data) if file]
        if not files:
            super().clean(None, initial)
            return []
        return [super(PhotosField, self).clean(file, initial) for file in files]


def _as_list(data: Any) -> Iterable[Any]:
    return data if isinstance(data, list | tuple) else [data]
