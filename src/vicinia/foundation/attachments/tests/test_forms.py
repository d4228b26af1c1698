"""Several files in one field: each judged by itself, the good ones kept."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from vicinia.foundation.attachments import actions, pictures
from vicinia.foundation.attachments.forms import FilesField, KeepsGoodFiles, PhotosField
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.attachments.tests import factories as make
from vicinia.foundation.kernel.actor import Actor


class ReportForm(KeepsGoodFiles, forms.Form):
    title = forms.CharField()
    photos = PhotosField(at_most=3)


def fill(*files: UploadedFile, title: str = "Buca") -> ReportForm:
    return ReportForm({"title": title}, MultiValueDict({"photos": list(files)}))


def good(name: str = "a.jpg") -> UploadedFile:
    return make.upload(make.phone_photo(), name)


def broken(name: str = "rotta.jpg") -> UploadedFile:
    return make.upload(make.phone_photo()[:900], name)


def test_photos_are_optional_and_may_be_several() -> None:
    assert fill().is_valid()
    form = fill(good("a.jpg"), good("b.jpg"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]


def test_a_refused_file_is_named_and_the_others_are_kept() -> None:
    form = fill(good("a.jpg"), broken(), make.upload(b"<svg/>", "disegno.svg"))
    assert not form.is_valid()
    first, second = form.errors["photos"]
    assert "«rotta.jpg» è rovinata o incompleta" in first
    assert "«disegno.svg» non è di un tipo che possiamo tenere" in second
    assert [file.name for file in form.good_files("photos")] == ["a.jpg"]


def test_good_files_are_kept_when_another_field_is_wrong() -> None:
    form = fill(good("a.jpg"), title="")
    assert not form.is_valid()
    assert [file.name for file in form.good_files("photos")] == ["a.jpg"]


def test_too_many_files_are_told() -> None:
    form = fill(*(good(f"{number}.jpg") for number in range(4)))
    assert form.errors["photos"] == ["Puoi aggiungere al massimo 3 file: gli altri non sono stati presi."]
    assert len(form.good_files("photos")) == 3


def test_a_required_field_wants_a_file() -> None:
    field = FilesField(required=True)
    with pytest.raises(forms.ValidationError):
        field.clean([])


@pytest.mark.django_db
def test_a_file_checked_by_the_form_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    form = fill(good())
    assert form.is_valid()

    def decoded_again(*_values: object) -> None:
        raise AssertionError("decoded twice")

    monkeypatch.setattr(pictures, "draw_again", decoded_again)
    actions.attach(by=Actor.visitor(), about="report:1", file=form.cleaned_data["photos"][0])
    assert Attachment.objects.get().kind == "photo"
