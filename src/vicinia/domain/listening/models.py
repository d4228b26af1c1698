"""Reports from every channel, with what their writers add later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening.states import (
    ENDED_STATES,
    OPEN_STATES,
    REPORT_MOVES,
    TRIAGE_STATES,
    Channel,
    Frequency,
    LegalBasis,
    RatingAnswer,
    ReportState,
)
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import ContactWay, Person
from vicinia.domain.territory.models import Located
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class Category(Dated):
    """A kind of problem, in two levels: a group without parent, and its kinds."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("nome"), max_length=120)
    name_en = models.CharField(_("nome inglese"), max_length=120, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="kinds")
    national_code = models.CharField(_("categoria nazionale"), max_length=60, blank=True)
    national_name = models.CharField(max_length=120, blank=True)
    keywords = models.JSONField(_("parole chiave"), default=list, blank=True)
    is_public = models.BooleanField(_("mostrata sulla mappa pubblica"), default=False)
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis.choices, default=LegalBasis.ADMINISTRATIVE
    )
    first_contact_days = models.PositiveSmallIntegerField(
        _("giorni per il primo contatto"), null=True, blank=True
    )
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(_("in uso"), default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("position", "name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of who reads."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


class ImportBatch(Dated):
    """One import of reports, which can be undone as a whole."""

    source = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    read_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    # [line, reason] of refused rows, without their words: those are in the file of who imports.
    refusals = models.JSONField(default=list, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class ReportRows(Rows):
    def visible_to(self, by: Actor) -> ReportRows:
        """Reports that `by` may see: of own areas or without a place, or in own charge; police ones by capability."""
        if not by.can(Capability.SEE_REPORTS):
            return self.none()
        rows = self
        if not by.can(Capability.SEE_POLICE_CASES):
            rows = rows.filter(legal_basis=LegalBasis.ADMINISTRATIVE)
        if by.everywhere:
            return rows
        reach = Q(area_id__in=by.area_ids) | Q(area_id__isnull=True)
        if by.user_id is not None:
            reach |= Q(owner_id=by.user_id)
        return rows.filter(reach)

    def public(self) -> ReportRows:
        """Reports that anyone may see on the public map: of a public kind, placed, and looked at by staff."""
        return self.filter(is_published=True, lat__isnull=False)

    def in_lines(self) -> ReportRows:
        """With what a line of a list shows of kind, area and owner."""
        return self.joining(
            category=("code", "name", "name_en"), area=("code", "name"), owner=("name", "is_active")
        )

    def open(self) -> ReportRows:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> ReportRows:
        return self.filter(state__in=ENDED_STATES)

    def in_triage(self) -> ReportRows:
        return self.filter(state__in=TRIAGE_STATES)

    def unassigned(self) -> ReportRows:
        return self.filter(state=ReportState.RECEIVED, owner_id__isnull=True)

    def owned_by(self, by: Actor) -> ReportRows:
        return self.in_triage().filter(owner_id=by.user_id)

    def due(self) -> ReportRows:
        """To be acted on today."""
        return self.in_triage().filter(due_on=clock.today())

    def late(self) -> ReportRows:
        """Past their date. Who is waited for has a reminder date, and comes up here when it has passed."""
        return self.in_triage().filter(due_on__lt=clock.today())

    def waiting(self) -> ReportRows:
        return self.filter(state=ReportState.WAITING)

    def forgotten(self) -> ReportRows:
        """Open reports that nobody who still comes in has in charge, or that have no next date."""
        is_left = Q(owner_id__isnull=True) | Q(owner__is_active=False)
        return self.in_triage().filter(is_left | Q(due_on__isnull=True))

    def in_area(self, area_id: int) -> ReportRows:
        return self.filter(area_id=area_id)

    def newest_first(self) -> ReportRows:
        return self.order_by("-received_at", "-id")

    def most_urgent_first(self) -> ReportRows:
        return self.order_by(F("due_on").asc(nulls_last=True), "id")


class Report(Versioned, Staged, Located):
    """What someone pointed out: what, where, since when, how often, who suffers, and how to reach them."""

    moves = REPORT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    channel = models.CharField(_("canale"), max_length=10, choices=Channel.choices)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("tipo"))
    title = models.CharField(_("titolo"), max_length=140)
    description = models.TextField(_("dettagli"), blank=True)
    since_words = models.CharField(_("da quando"), max_length=140, blank=True)
    frequency = models.CharField(_("quanto spesso"), max_length=10, choices=Frequency.choices, blank=True)
    who_suffers = models.CharField(_("chi ne soffre"), max_length=300, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis.choices, default=LegalBasis.ADMINISTRATIVE
    )
    at_risk = models.BooleanField(_("qualcuno è in pericolo o molto fragile"), default=False)

    reporter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    on_behalf_of = models.CharField(_("per conto di"), max_length=140, blank=True)
    wants_contact = models.BooleanField(_("vuole essere contattato"), default=True)
    contact_way = models.CharField(max_length=10, choices=ContactWay.choices, blank=True)
    privacy_read_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.RECEIVED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("da fare entro"), null=True, blank=True)
    days_left = models.SmallIntegerField(
        null=True, blank=True
    )  # working days left when the clock was stopped
    first_contact_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("risposta"), blank=True)
    set_aside_reason = models.CharField(max_length=300, blank=True)
    redirected_to = models.ForeignKey(
        PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    me_too_count = models.PositiveIntegerField(default=0)
    is_published = models.BooleanField(default=False)

    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    idempotency_key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    objects = ReportRows.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReportState.MERGED) | Q(merged_into__isnull=False),
                name="merged_report_says_into_which",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.REDIRECTED) | Q(redirected_to__isnull=False),
                name="redirected_report_says_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.SET_ASIDE) | ~Q(set_aside_reason=""),
                name="set_aside_report_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.TAKEN) | Q(owner__isnull=False),
                name="taken_report_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="report_once_per_source_id"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="report_newest"),
            models.Index(fields=["state", "due_on", "id"], name="report_triage"),
            models.Index(fields=["owner", "state"], name="report_owner"),
            models.Index(fields=["area", "-received_at", "-id"], name="report_area"),
            models.Index(fields=["category", "-received_at", "-id"], name="report_category"),
            models.Index(fields=["state", "-received_at", "-id"], name="report_state"),
            models.Index(fields=["channel", "-received_at", "-id"], name="report_channel"),
            models.Index(fields=["lat", "lon"], name="report_point"),
            models.Index(fields=["address"], name="report_address"),
            models.Index(
                fields=["lat", "lon"], condition=Q(state__in=sorted(OPEN_STATES)), name="report_open_point"
            ),
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=sorted(TRIAGE_STATES)), name="report_due"
            ),
            models.Index(
                fields=["-received_at", "-id"], condition=Q(is_published=True), name="report_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_anonymous(self) -> bool:
        return self.reporter_id is None


class ReportMove(Move):
    row = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="state_moves")


Report.move_model = ReportMove


class MeToo(Dated):
    """Someone whom an open report concerns too: counted, and told, instead of a duplicate."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="me_toos")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True)
    idempotency_key = models.CharField(max_length=64, null=True, blank=True, unique=True)


class Message(Dated):
    """A message between the reporter and the unit."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    from_resident = models.BooleanField()
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    text = models.TextField()
    sent_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("sent_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "once"], condition=~Q(once=""), name="message_sent_once"
            )
        ]
        indexes = [models.Index(fields=["from_resident", "read_at"], name="message_unread")]

    @property
    def by_first_name(self) -> str:
        """How the resident is told who wrote."""
        return self.by_name.split(" ")[0]


class Episode(Dated):
    """One time that it happened again, as the reporter's diary tells."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="episodes")
    happened_at = models.DateTimeField()
    text = models.TextField()
    by_ref = models.CharField(max_length=60)
    once = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("happened_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "once"], condition=~Q(once=""), name="episode_added_once"
            )
        ]


class Draft(Dated):
    """A report begun at the portal and not sent yet. Kept encrypted, found by the digest of a cookie's token, dropped after some days."""

    token_digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)


class Rating(models.Model):
    """What someone thought of the form: no key to a report, and only the day, so that nobody can be told from it."""

    stars = models.PositiveSmallIntegerField()
    liked = models.CharField(max_length=40, choices=RatingAnswer.choices, blank=True)
    words = models.CharField(max_length=200, blank=True)
    rated_on = models.DateField()

    class Meta:
        ordering = ("-rated_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_from_one_to_five")
        ]


class WordCounts(models.Model):
    """How common each hashed n-gram is in the reports' words, as one row; see `vicinia_analytics.ngrams`.

    A sum over many reports: no row, text or person can be found by it, and what fewer than five reports hold is left out.
    """

    stamp = models.CharField(max_length=40)
    documents = models.PositiveIntegerField()
    counts = models.BinaryField()
    counted_at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_row_of_word_counts")]
