"""Letters about a case: who they are for, what they say, and, once issued, exactly what was said."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.letters.states import (
    LETTER_MOVES,
    TO_BODY,
    WITH_A_NUMBER,
    Answer,
    LetterKind,
    LetterState,
)
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.network.states import LawfulBasis
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class LetterRows(Rows):
    def on(self, cases: models.QuerySet[Case]) -> LetterRows:
        """Those of some cases: a letter is seen by who sees its case."""
        return self.filter(case__in=cases)

    def in_lines(self) -> LetterRows:
        """What a line of a list shows: of whom, not what is written."""
        unread = ("words_json", "paper_json", "basis_note", "answer_note")
        rows: LetterRows = self.joining(case=("reference", "title"), body=("name",)).defer(*unread)
        return rows

    def drafts(self) -> LetterRows:
        return self.filter(state=LetterState.DRAFT)

    def to_hand_over(self) -> LetterRows:
        """Signed, and still on our desk."""
        return self.filter(state=LetterState.ISSUED)

    def awaiting(self) -> LetterRows:
        """Those to which an answer has yet to come, the one that was asked for soonest first."""
        return self.filter(answer=Answer.AWAITED).order_by("answer_by", "id")

    def kept(self) -> LetterRows:
        """All but the drafts that were dropped."""
        return self.exclude(state=LetterState.DROPPED)

    def holding(self, person_id: int) -> LetterRows:
        """Letters to someone, or that name them to a body."""
        of_person = Q(person_id=person_id) | Q(pk__in=self.filter(named=person_id).order_by().values("pk"))
        return self.filter(of_person)


class Letter(Versioned, Staged):
    """A letter to a person or to a body about a case.

    A draft holds the few `words` that its kind asks for. Issuing gives it its number and freezes its `paper`: every word
    that the printed page shows, so that the same bytes can be printed for ever. After that only what became of it changes.
    """

    moves = LETTER_MOVES
    state_field = "state"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("che cosa scrivi"), max_length=20, choices=LetterKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    body = models.ForeignKey(
        PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    # Who it is for, as every list and the chronology say it: the part somebody has in the case, never a name.
    to_role = models.CharField(max_length=200)
    language = models.CharField(_("in che lingua"), max_length=8, default="it")
    words_json = EncryptedTextField(default="{}")
    answer_by = models.DateField(_("rispondere entro"), null=True, blank=True)
    # A letter to a body that names people says on what basis.
    named = models.ManyToManyField(Person, blank=True, related_name="+")
    basis = models.CharField(_("su quale base"), max_length=20, choices=LawfulBasis.choices, blank=True)
    basis_note = EncryptedTextField(_("perché"), blank=True)

    number = models.CharField(max_length=16, blank=True)
    protocol = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    paper_json = EncryptedTextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    text_language = models.CharField(max_length=8, blank=True)
    text_version = models.PositiveIntegerField(default=0)
    text_digest = models.CharField(max_length=64, blank=True)

    sent_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE)
    answer_note = EncryptedTextField(blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = LetterRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "-id"], name="letter_state"),
            models.Index(fields=["answer", "answer_by", "id"], name="letter_answer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=WITH_A_NUMBER, issued_at__isnull=False) & ~Q(number="")
                | Q(state__in=[LetterState.DRAFT, LetterState.DROPPED], issued_at__isnull=True, number=""),
                name="letter_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[LetterState.DRAFT, LetterState.DROPPED])
                | Q(erased_at__isnull=False)
                | ~Q(paper_json="") & ~Q(digest=""),
                name="letter_issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.CALLED_BACK) | ~Q(end_reason=""),
                name="letter_called_back_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TO_BODY, body__isnull=False, person__isnull=True)
                | ~Q(kind__in=TO_BODY) & Q(body__isnull=True),
                name="letter_is_for_one",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NONE) | Q(answer_by__isnull=False),
                name="letter_answer_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_kind_display())

    @property
    def is_to_body(self) -> bool:
        return self.kind in TO_BODY

    @property
    def is_issued(self) -> bool:
        return self.state in WITH_A_NUMBER

    @property
    def words(self) -> dict[str, Any]:
        """What was filled in: texts by name, days as ISO, `facts` a list of codes."""
        words: dict[str, Any] = json.loads(self.words_json)
        return words

    @words.setter
    def words(self, values: dict[str, Any]) -> None:
        self.words_json = json.dumps(values, ensure_ascii=False, sort_keys=True)

    @property
    def paper(self) -> dict[str, Any]:
        """What was frozen when it was issued: see `papers.Paper`."""
        paper: dict[str, Any] = json.loads(self.paper_json)
        return paper


class LetterMove(Move):
    row = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="state_moves")


Letter.move_model = LetterMove
