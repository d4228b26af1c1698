"""What callers send, checked for shape; and the shapes of answers, for the description of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.casework.states import (
    CommitmentBy,
    CommitmentState,
    ContactDirection,
    ContactHow,
    InterventionState,
    Outcome,
    Stage,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.states import Channel, Frequency, LegalBasis, ReportState
from vicinia.domain.network import queries as network
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactWay
from vicinia.foundation.kernel import clock, languages

LATEST_YEAR = 2100


def state_shape(name: str, choices: Sequence[tuple[str, Any]]) -> drf.Serializer:
    """A state with its name."""
    found: drf.Serializer = inline_serializer(
        name, {"code": drf.ChoiceField(choices=choices), "name": drf.CharField()}
    )
    return found


class Text(drf.CharField):
    """Words; empty unless required."""

    def __init__(self, most: int, *, required: bool = False, **options: Any) -> None:
        if not required:
            options |= {"default": "", "allow_blank": True}
        super().__init__(max_length=most, required=required, **options)


class Version(drf.Serializer):
    """The version that was read before this act; without it nothing was."""

    seen_version = drf.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class NewReportInput(drf.Serializer):
    """A report, as at the portal."""

    kind = drf.SlugField(max_length=60)
    title = Text(140)
    description = Text(5000)
    address = Text(200)
    lat = drf.FloatField(required=False, min_value=-90, max_value=90)
    lon = drf.FloatField(required=False, min_value=-180, max_value=180)
    place_words = Text(300)
    since_words = Text(140)
    frequency = drf.ChoiceField(choices=Frequency.choices, required=False, default="")
    who_suffers = Text(300)
    happened_at = drf.DateTimeField(required=False)
    at_risk = drf.BooleanField(default=False)
    on_behalf_of = Text(140)
    name = Text(120)
    phone = Text(40)
    email = Text(254)
    contact_way = drf.ChoiceField(choices=ContactWay.choices, required=False, default="")
    language = drf.ChoiceField(choices=[code for code, _name in languages.RESIDENT_LANGUAGES], default="it")
    privacy_read = drf.BooleanField(help_text="The privacy notice of the portal was shown and read.")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """The same as the portal asks for: a known kind, a place or words for it, the notice read, a whole contact."""
        faults: dict[str, str] = {}
        values["category"] = listening.category_coded(values["kind"])
        if values["category"] is None:
            faults["kind"] = _("Questo tipo di problema non c'è.")
        has_point = values.get("lat") is not None and values.get("lon") is not None
        if not (has_point or values["address"] or values["place_words"]):
            faults["address"] = _("Scrivi dove succede: un indirizzo, un punto o anche solo parole.")
        if not values["privacy_read"]:
            faults["privacy_read"] = _("Per andare avanti, conferma di aver letto l'informativa.")
        if (happened := values.get("happened_at")) and happened > clock.now():
            faults["happened_at"] = _("Questo giorno deve ancora venire.")
        if faults:
            raise drf.ValidationError(faults)
        values["reporter"] = _reporter(values)
        return values


def _reporter(values: dict[str, Any]) -> PersonDetails | None:
    """Who reports; None for who leaves no contacts. Raises with the sentences by field."""
    given = {name: values[name] for name in ("name", "phone", "email")}
    if not any(given.values()):
        return None
    if not given["name"]:
        raise drf.ValidationError({"name": _("Scrivi il tuo nome, così sappiamo chi cercare.")})
    if not (given["phone"] or given["email"]):
        raise drf.ValidationError({"phone": _("Lascia un telefono o un'e-mail: uno basta.")})
    return PersonDetails(language=values["language"], contact_way=values["contact_way"], **given)


class AnswerInput(Version):
    words = Text(5000, required=True)


class OpenCaseInput(Version):
    """A case on a report; what is not said comes from the report."""

    title = Text(140)
    summary = Text(5000)
    legal_basis = drf.ChoiceField(choices=LegalBasis.choices, required=False)


class LinkInput(Version):
    report = Text(16, required=True)
    why = Text(200)


class ContactInput(Version):
    how = drf.ChoiceField(choices=ContactHow.choices, default=ContactHow.PHONE)
    direction = drf.ChoiceField(choices=ContactDirection.choices, default=ContactDirection.OUT)
    reached = drf.BooleanField(default=True)
    report = Text(
        16, help_text="Where several people reported: of whom. Otherwise who is to be called first."
    )
    with_whom = Text(140, help_text="If not the reporter: without names.")
    summary = Text(5000)
    agreed = Text(5000)
    minutes = drf.IntegerField(required=False, min_value=1, max_value=600)
    next_contact_on = drf.DateField(required=False)

    def validate_next_contact_on(self, value: Any) -> Any:
        return _coming_day(value)


class CommitmentInput(Version):
    what = Text(300, required=True)
    due_on = drf.DateField()
    by_whom = drf.ChoiceField(choices=CommitmentBy.choices, default=CommitmentBy.UNIT)
    who = Text(140)
    body = drf.SlugField(max_length=60, required=False, help_text="Code of a body of the network.")
    told_to_reporter = drf.BooleanField(default=True)

    def validate_due_on(self, value: Any) -> Any:
        return _coming_day(value)

    def validate_body(self, value: str) -> Any:
        """The body of this code."""
        found = network.bodies().filter(code=value).first()
        if found is None:
            raise drf.ValidationError(_("Questo ente non c'è."))
        return found


def _coming_day(value: Any) -> Any:
    if value < clock.today() or value.year > LATEST_YEAR:
        raise drf.ValidationError(_("Serve un giorno da oggi in poi."))
    return value


class CloseInput(Version):
    outcome = drf.ChoiceField(choices=Outcome.choices)
    note = Text(5000, required=True)
    consultation = Text(5000)
    explanation = Text(5000)


# Answers ---------------------------------------------------------------------------------------------------------


def _named(name: str) -> drf.Serializer:
    return inline_serializer(name, {"code": drf.CharField(), "name": drf.CharField()})


class PlaceShape(drf.Serializer):
    lat = drf.FloatField(allow_null=True)
    lon = drf.FloatField(allow_null=True)
    address = drf.CharField()
    place_words = drf.CharField()
    area = inline_serializer("Area", {"code": drf.CharField(), "name": drf.CharField()}, allow_null=True)


class CategoryShape(drf.Serializer):
    code = drf.CharField()
    name = drf.CharField()
    name_en = drf.CharField()
    national_code = drf.CharField()
    group = inline_serializer(
        "Group",
        {"code": drf.CharField(), "name": drf.CharField(), "name_en": drf.CharField()},
        allow_null=True,
    )


class CategoryList(drf.Serializer):
    results = CategoryShape(many=True)


class ReportShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    title = drf.CharField()
    state = state_shape("ReportStateShape", ReportState.choices)
    kind = _named("Kind")
    channel = drf.ChoiceField(choices=Channel.choices)
    legal_basis = drf.ChoiceField(choices=LegalBasis.choices)
    received_at = drf.DateTimeField()
    due_on = drf.DateField(allow_null=True)
    ended_at = drf.DateTimeField(allow_null=True)
    owner = drf.CharField(allow_null=True)
    at_risk = drf.BooleanField()
    is_anonymous = drf.BooleanField()
    place = PlaceShape()


class FullReportShape(ReportShape):
    description = drf.CharField()
    since_words = drf.CharField()
    frequency = drf.CharField()
    who_suffers = drf.CharField()
    wants_contact = drf.BooleanField()
    first_contact_at = drf.DateTimeField(allow_null=True)
    answer = drf.CharField()
    me_too_count = drf.IntegerField()
    is_published = drf.BooleanField()
    case = drf.CharField(allow_null=True)


class PageShape(drf.Serializer):
    """Which page of how many."""

    count = drf.IntegerField(help_text="Counted up to 2,000.")
    page = drf.IntegerField()
    pages = drf.IntegerField()


class ReportPage(PageShape):
    results = ReportShape(many=True)


class ReceivedShape(drf.Serializer):
    reference = drf.CharField()
    received_at = drf.DateTimeField()
    due_on = drf.DateField(allow_null=True)
    follow_url = drf.CharField(
        help_text="The private link of who reported: it is shown once and kept nowhere."
    )


class CaseShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    title = drf.CharField()
    kind = drf.CharField()
    category = _named("CaseCategory")
    legal_basis = drf.ChoiceField(choices=LegalBasis.choices)
    stage = state_shape("StageShape", Stage.choices)
    outcome = inline_serializer(
        "OutcomeShape",
        {"code": drf.ChoiceField(choices=Outcome.choices), "name": drf.CharField()},
        allow_null=True,
    )
    owner = drf.CharField(allow_null=True)
    opened_at = drf.DateTimeField()
    closed_at = drf.DateTimeField(allow_null=True)
    next_contact_on = drf.DateField(allow_null=True)
    place = PlaceShape()


class BuildingShape(drf.Serializer):
    code = drf.CharField()
    version = drf.IntegerField()
    name = drf.CharField()
    manager = drf.CharField()
    built_year = drf.IntegerField(allow_null=True)
    place = PlaceShape()


class BuildingPage(PageShape):
    results = BuildingShape(many=True)


class DwellingShape(drf.Serializer):
    code = drf.CharField()
    door = drf.CharField()
    floor = drf.IntegerField(allow_null=True)
    square_metres = drf.IntegerField(allow_null=True)
    rooms = drf.IntegerField(allow_null=True)
    is_accessible = drf.BooleanField(allow_null=True)


class StairShape(drf.Serializer):
    name = drf.CharField()
    address = drf.CharField()
    floors = drf.IntegerField(allow_null=True)
    has_lift = drf.BooleanField(allow_null=True, help_text="Null while nobody has looked.")
    is_step_free = drf.BooleanField(allow_null=True, help_text="Null while nobody has looked.")
    dwellings = DwellingShape(many=True)


class BuildingInFullShape(BuildingShape):
    stairs = StairShape(many=True)


class CasePage(PageShape):
    results = CaseShape(many=True)


class ContactShape(drf.Serializer):
    at = drf.DateTimeField()
    by = drf.CharField()
    how = drf.ChoiceField(choices=ContactHow.choices)
    direction = drf.ChoiceField(choices=ContactDirection.choices)
    reached = drf.BooleanField()
    summary = drf.CharField()
    agreed = drf.CharField()
    next_contact_on = drf.DateField(allow_null=True)


class CommitmentShape(drf.Serializer):
    by_whom = drf.ChoiceField(choices=CommitmentBy.choices)
    who = drf.CharField()
    what = drf.CharField()
    due_on = drf.DateField()
    state = state_shape("CommitmentStateShape", CommitmentState.choices)


class InterventionShape(drf.Serializer):
    kind = drf.CharField()
    way = drf.CharField()
    what = drf.CharField()
    cause = drf.CharField()
    planned_on = drf.DateField()
    done_on = drf.DateField(allow_null=True)
    state = state_shape("InterventionStateShape", InterventionState.choices)
    result = drf.CharField()


class FullCaseShape(CaseShape):
    summary = drf.CharField()
    outcome_note = drf.CharField()
    reports = ReportShape(many=True)
    contacts = ContactShape(many=True)
    commitments = CommitmentShape(many=True)
    interventions = InterventionShape(many=True)
    people = inline_serializer("PersonInCase", {"role": drf.CharField(), "label": drf.CharField()}, many=True)
    timeline = inline_serializer(
        "TimelineShape",
        {
            "at": drf.DateTimeField(),
            "event": drf.CharField(),
            "by": drf.CharField(),
            "sentence": drf.CharField(),
            "note": drf.CharField(),
        },
        many=True,
    )


class ProblemShape(drf.Serializer):
    type = drf.CharField()
    title = drf.CharField()
    status = drf.IntegerField()
    detail = drf.CharField()
    hint = drf.CharField(required=False)
    errors = drf.JSONField(required=False, help_text="Sentences by field.")  # type: ignore[assignment]  # a field, not the property
    current = drf.JSONField(required=False, help_text="In a conflict: the row as it is now.")
    yours = drf.JSONField(required=False, help_text="In a conflict: what was sent.")


class MapShape(drf.Serializer):
    type = drf.CharField()
    features = drf.ListField(child=drf.JSONField())
