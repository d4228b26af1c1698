"""Form fields as our pages draw them, and the widgets that plain Django lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import django.forms
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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
    """One choice among a few, each a card; `hints` explains a value in a line under it.

    Values of a few signs, as minutes, stand side by side on a phone too: `attrs={"class": "short"}`.
    """

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


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that may be meant: what is sent, what it is called, what tells it apart. Also a line of SuggestInput."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Seek:
    """How one of many things is found: by `url` while one types, by `find` otherwise, and `first` before any word.

    `is_one` says whether the words are already the reference of one thing.
    """

    url: str
    find: Callable[[str], Sequence[Proposal]]
    is_one: Callable[[str], bool]
    first: Callable[[], Sequence[Proposal]] = tuple

    def rows(self, words: str) -> list[dict[str, str]]:
        """What the words find, as SuggestInput reads it."""
        return [asdict(one) for one in self.find(words)]


class _OfferedField(forms.ChoiceField):
    """A choice among what was offered; whether it may be chosen, who acts on it asks again."""

    def valid_value(self, value: Any) -> bool:
        """What was offered on the page before may not be offered any more."""
        return True


class SeekingForm(forms.Form):
    """Asks which of many things is meant: proposed while one types; without JavaScript among what the words find.

    A subclass names the field of the words in `sought`. What was chosen is in `chosen` once the form is valid.
    """

    sought: ClassVar[str]

    def __init__(self, *args: Any, seek: Seek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seek = seek
        self.chosen = ""
        field = self.fields[self.sought]
        field.required = False
        field.widget = SuggestInput(
            seek.url, into=f"id_{self.sought}_chosen", attrs=field.widget_attrs(forms.TextInput())
        )
        for hidden in ("chosen", "asked"):
            name = f"{self.sought}_{hidden}"
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self._offer(seek.first(), _("Forse quello che cerchi"))

    def _offer(self, found: Sequence[Proposal], label: str) -> None:
        name = f"{self.sought}_among"
        self.fields.pop(name, None)
        if not found:
            return
        self.fields[name] = _OfferedField(
            label=label,
            required=False,
            choices=[(one.value, one.label) for one in found],
            widget=RadioCards(hints={one.value: one.hint for one in found}),
        )
        self.order_fields([self.sought, name])

    def clean(self) -> dict[str, Any]:
        """Find out which one is meant, or ask."""
        cleaned = super().clean() or {}
        if self.sought in cleaned:
            self.chosen = self._meant(cleaned[self.sought].strip())
        return cleaned

    def _sent(self, part: str) -> str:
        return str(self.data.get(f"{self.sought}_{part}") or "")

    def _meant(self, words: str) -> str:
        suggested, offered = self._sent("chosen"), self._sent("among")
        has_other_words = words not in ("", offered, self._sent("asked"))
        if offered and suggested != offered and (suggested or has_other_words):
            self.add_error(self.sought, _("Hai indicato due cose diverse: lasciane una sola."))
            return ""
        return suggested or offered or self._found(words)

    def _found(self, words: str) -> str:
        if not words:
            self.add_error(self.sought, _("Scrivi che cosa cerchi."))
            return ""
        if not self.seek.is_one(words):
            self._ask(words)
            return ""
        return words

    def _ask(self, words: str) -> None:
        found = self.seek.find(words)
        self._offer(found, _("Quale intendi?"))
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict, as forms are given
        self.data[f"{self.sought}_asked"] = words  # type: ignore[index]
        self.add_error(
            self.sought,
            _("Scegli qui sotto che cosa intendi.")
            if found
            else _("Non c'è niente con queste parole tra ciò che vedi."),
        )


def textarea(rows: int = 3) -> forms.Textarea:
    """Room for some lines of words."""
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=gettext_lazy("Motivo"), widget=textarea())


class VersionedForm(forms.Form):
    """A form on top of a version that was read; a page that leaves the version out is not held to one."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class VersionedReasonForm(VersionedForm, ReasonForm):
    """Why, on top of a version that was read."""
