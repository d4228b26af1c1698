"""A small file that a page takes in: tried first, and taken when the same file is given again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vicinia.foundation.kernel.verdict import Sentence

UPLOAD_MAX_MB, UPLOAD_MAX_ROWS = 5, 5000
PACKED = b"\x1f\x8b"


class SmallFileForm(forms.Form):
    """Base of such a form. `tried` is the signed digest of a file already tried, with the choices made for it."""

    file = forms.FileField(label=gettext_lazy("File CSV"))
    tried = forms.CharField(required=False, widget=forms.HiddenInput)

    _signer = Signer(salt="vicinia.look.tried-file")

    def command(self, name: str) -> str:
        """The command that takes what is too large for a page."""
        raise NotImplementedError

    def clean_file(self) -> UploadedFile:
        """Refuse what would take longer than a page may take, and say which command takes it."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > UPLOAD_MAX_MB * 2**20:
            raise self._too_large(file)
        if file.read(2) == PACKED:
            raise forms.ValidationError(_("Il file è compresso: caricalo dopo averlo aperto."))
        file.seek(0)
        if sum(chunk.count(b"\n") for chunk in file.chunks()) > UPLOAD_MAX_ROWS:
            raise self._too_large(file)
        return file

    def _too_large(self, file: UploadedFile) -> forms.ValidationError:
        words: Sentence = _(
            "Il file è troppo grande per questa pagina. Chi gestisce il sistema può usare: %(command)s"
        )
        return forms.ValidationError(words % {"command": self.command(Path(file.name or "").name)})

    @contextmanager
    def on_disk(self) -> Iterator[tuple[Path, str]]:
        """The file in a folder that goes away afterwards, and its digest."""
        digest = hashlib.sha256()
        with TemporaryDirectory() as folder:
            path = Path(folder) / "file.csv"
            with path.open("wb") as kept:
                for chunk in self.cleaned_data["file"].chunks():
                    digest.update(chunk)
                    kept.write(chunk)
            yield path, digest.hexdigest()

    def signed(self, digest: str, choices: bytes) -> str:
        """What `tried` is to be, so that the same file with the same choices is taken in."""
        return self._signer.sign(_mark(digest, choices))

    def was_tried(self, digest: str, choices: bytes) -> bool:
        """Whether this very file was tried before, with these very choices."""
        try:
            return self._signer.unsign(self.cleaned_data.get("tried", "")) == _mark(digest, choices)
        except BadSignature:
            return False


def _mark(digest: str, choices: bytes) -> str:
    return hashlib.sha256(digest.encode() + choices).hexdigest()
