"""The texts of documents that a town wrote in the place of ours, every version of them."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.documents.states import TEXT_MOVES, TextState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


def digest_of(source: str) -> str:
    """What tells one text from any other."""
    return sha256(source.encode()).hexdigest()


class TextRows(Rows):
    """Texts of documents."""

    def of(self, kind: str, language: str) -> TextRows:
        """Every version of one kind in one language."""
        return self.filter(kind=kind, language=language)


class TextMove(Move):
    """One step of a text."""

    row = models.ForeignKey("DocumentText", on_delete=models.CASCADE, related_name="moves_made")


class DocumentText(Versioned, Staged):
    """One version of the text of a kind of document in a language. What was published is never changed."""

    moves = TEXT_MOVES
    move_model = TextMove
    state_field = "state"

    kind = models.CharField(_("documento"), max_length=60)
    language = models.CharField(_("lingua"), max_length=10)
    number = models.PositiveIntegerField(_("versione"))
    source = models.TextField(_("testo"))
    note = models.CharField(_("che cosa cambia"), max_length=200, blank=True)
    is_reviewed = models.BooleanField(_("traduzione riletta"), default=False)
    state = models.CharField(
        _("stato"), max_length=24, choices=TextState.choices, default=TextState.DRAFT, db_index=True
    )
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    published_at = models.DateTimeField(_("in uso dal"), null=True, blank=True)

    objects = TextRows.as_manager()

    class Meta:
        ordering = ("kind", "language", "-number")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="text_number_once"),
            models.UniqueConstraint(
                fields=["kind", "language"], condition=Q(state=TextState.PUBLISHED), name="text_one_published"
            ),
            models.UniqueConstraint(
                fields=["kind", "language"], condition=Q(state=TextState.DRAFT), name="text_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TextState.DRAFT, TextState.DROPPED]) ^ Q(published_at__isnull=False),
                name="text_published_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"

    @property
    def reference(self) -> str:
        """How the journal calls the text: all versions of a kind in a language are one thing."""
        return f"{self.kind}.{self.language}"


class KeptText(models.Model):
    """A text with which a document was issued, kept by its digest: so the document can be made again as it was."""

    digest = models.CharField(max_length=64, unique=True)
    source = models.TextField()
    kept_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.digest
