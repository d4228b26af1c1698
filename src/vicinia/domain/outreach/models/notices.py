"""A notice: one text in several languages, for who it is, how it went out, to which doors it was carried."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.models.events import Event
from vicinia.domain.outreach.states import (
    NOTICE_MOVES,
    OPEN_NOTICES,
    PAPER_WAYS,
    NoticeKind,
    NoticeState,
    Way,
)
from vicinia.domain.territory.models import Area, Building, Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

# The language that every notice is written in first.
FIRST_LANGUAGE = "it"
RIGHT_TO_LEFT = ("ar", "ur")


class NoticeRows(Rows):
    def visible_to(self, by: Actor) -> NoticeRows:
        """All of them for who works on what the town says; what is published for everybody else."""
        return self if by.can(Capability.SEE_OUTREACH) else self.public()

    def public(self) -> NoticeRows:
        """What stands on the web page."""
        return self.filter(state=NoticeState.PUBLISHED)

    def current(self) -> NoticeRows:
        """Published, and not out of date."""
        return self.public().filter(Q(until__isnull=True) | Q(until__gte=clock.today()))

    def open(self) -> NoticeRows:
        """Still to be published."""
        return self.filter(state__in=OPEN_NOTICES)

    def newest_first(self) -> NoticeRows:
        return self.order_by("-published_at", "-id")


class Notice(Versioned, Staged):
    """What is told to who lives somewhere: in all of the town, unless areas, buildings or stairs are named.

    `about` is the row of a higher subject that it belongs to ("worksite:2026-0004"), which that subject finds it by.
    """

    moves = NOTICE_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(
        _("che cos'è"), max_length=10, choices=NoticeKind.choices, default=NoticeKind.NOTICE
    )
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    buildings = models.ManyToManyField(Building, blank=True, related_name="+", verbose_name=_("edifici"))
    stairs = models.ManyToManyField(Stair, blank=True, related_name="+", verbose_name=_("scale"))
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=60, blank=True)
    until = models.DateField(_("vale fino al"), null=True, blank=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = NoticeRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="notice_published"),
            models.Index(fields=["about"], name="notice_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=NoticeState.PUBLISHED) | Q(published_at__isnull=False),
                name="published_notice_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NoticeState.APPROVED, NoticeState.PUBLISHED]) | ~Q(approved_by=""),
                name="approved_notice_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.WITHDRAWN) | ~Q(end_reason=""),
                name="withdrawn_notice_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @cached_property
    def by_language(self) -> dict[str, NoticeText]:
        """Its texts, the Italian one first."""
        rows = sorted(self.texts.all(), key=lambda text: (text.language != FIRST_LANGUAGE, text.pk))
        return {text.language: text for text in rows}

    @property
    def first_text(self) -> NoticeText:
        return self.by_language[FIRST_LANGUAGE]

    def text_for(self, language: str | None = None) -> NoticeText:
        """What is read in a language (that of the page, if none is named), else in Italian."""
        return self.by_language.get(language or get_language() or "", self.first_text)

    @property
    def title(self) -> str:
        return self.text_for().subject

    @property
    def is_public(self) -> bool:
        return self.state == NoticeState.PUBLISHED


class NoticeMove(Move):
    row = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="state_moves")


Notice.move_model = NoticeMove


class NoticeText(Dated):
    """The notice in one language, and in easy words. `is_read_again` once somebody who speaks it has."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("lingua"), max_length=8)
    subject = models.CharField(_("titolo"), max_length=140)
    body = models.TextField(_("testo"))
    easy = models.TextField(_("in parole facili"), blank=True)
    is_read_again = models.BooleanField(default=False)
    read_by = models.CharField(max_length=120, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("notice", "id")
        constraints = [
            models.UniqueConstraint(fields=["notice", "language"], name="notice_text_once_a_language"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(body=""), name="notice_text_says_something"),
            models.CheckConstraint(
                condition=Q(is_read_again=False) | ~Q(read_by=""), name="read_text_says_by_whom"
            ),
        ]

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


class Publication(Dated):
    """One way by which a notice goes out. A sent one is worked off in pieces: up to `told_up_to`, until `finished_at`."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="publications")
    way = models.CharField(max_length=10, choices=Way.choices)
    told_up_to = models.BigIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("notice", "id")
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="notice_once_a_way")]
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="publication_to_send")
        ]


class DeliveryRows(Rows):
    def visible_to(self, by: Actor) -> DeliveryRows:
        return self if by.can(Capability.SEE_OUTREACH) else self.none()


class Delivery(Dated):
    """Proof that paper was carried to a place on a day: to how many doors, by whom; a photo is attached if there is one."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(_("in che modo"), max_length=10, choices=Way.choices)
    stair = models.ForeignKey(Stair, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("in quale altro posto"), max_length=140, blank=True)
    day = models.DateField(_("giorno"))
    doors = models.PositiveIntegerField(_("a quante porte"), default=0)
    carried_by = EncryptedTextField(_("chi l'ha portato"))
    remark = EncryptedTextField(_("che cosa va saputo"), blank=True)
    by_ref = models.CharField(max_length=60)

    objects = DeliveryRows.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(way__in=list(PAPER_WAYS)), name="delivery_is_of_paper"),
            models.CheckConstraint(
                condition=Q(stair__isnull=False, place="") | Q(stair__isnull=True) & ~Q(place=""),
                name="delivery_says_where",
            ),
            models.UniqueConstraint(
                fields=["notice", "way", "stair"],
                condition=Q(stair__isnull=False),
                name="delivered_once_to_a_stair",
            ),
        ]

    @property
    def reference(self) -> str:
        """How it is called in the journal and by its photo."""
        return str(self.pk)
