"""Uploading several files in one field: each is judged by itself, and the good ones are kept when others are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.foundation.attachments import reading
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.look.forms import PhotoInput

ANY_FILE = "image/*,.heic,.heif,application/pdf,audio/*"


class SomeRefused(ValidationError):
    """Some files are refused, each with its sentence; `good` are the others."""

    def __init__(self, sentences: list[str], good: list[UploadedFile[Any]]) -> None:
        super().__init__(sentences)
        self.good = good


class FilesInput(PhotoInput):
    """Photos, PDF and recordings."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ANY_FILE, **(attrs or {})})


class PhotosField(forms.FileField):
    """Photos (or `FilesField`: photos, PDF and recordings), read and cleaned while the form is checked.

    Cleans to a list of files for `attachments.actions.attach`, which does not read them a second time.
    """

    widget = PhotoInput
    at_most = 6

    def __init__(self, *, at_most: int = at_most, **options: Any) -> None:
        self.at_most = at_most
        hint = gettext_lazy("Fino a %(count)s file.") % {"count": at_most}
        super().__init__(**{"required": False, "help_text": hint, **options})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Every file that is good, or `SomeRefused` with them and a sentence for each of the others."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            super().clean(None, initial)
            return []
        good, sentences = _judge(files[: self.at_most])
        if len(files) > self.at_most:
            sentence = _("Puoi aggiungere al massimo %(count)s file: gli altri non sono stati presi.")
            sentences.append(sentence % {"count": self.at_most})
        if sentences:
            raise SomeRefused(sentences, good)
        return good


class FilesField(PhotosField):
    """Photos, PDF and recordings."""

    widget = FilesInput


def _judge(files: Iterable[UploadedFile[Any]]) -> tuple[list[UploadedFile[Any]], list[str]]:
    good, sentences = [], []
    for file in files:
        try:
            reading.read(file)
        except FileRefused as refused:
            sentences.append(refused.sentence)
        else:
            good.append(file)
    return good, sentences


class KeepsGoodFiles(forms.BaseForm):
    """A form whose good files are not lost when others are refused or another field is wrong.

    A browser never sends a file twice by itself: attach `form.good_files("photos")` to a draft before showing errors.
    """

    def good_files(self, name: str) -> list[UploadedFile[Any]]:
        """The good files of a field, whatever else is wrong with the form."""
        kept: dict[str, list[UploadedFile[Any]]] = {
            **getattr(self, "cleaned_data", {}),
            **getattr(self, "_good", {}),
        }
        return kept.get(name, [])

    def add_error(self, field: str | None, error: Any) -> None:
        if field and isinstance(error, SomeRefused):
            self._good = {**getattr(self, "_good", {}), field: error.good}
        super().add_error(field, error)
