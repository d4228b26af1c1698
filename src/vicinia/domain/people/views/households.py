"""Households: stair by stair and door by door, in numbers and languages; who they are is shown for a purpose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vicinia.domain.people import actions, queries, rules
from vicinia.domain.people.forms import (
    NEWCOMER,
    HouseholdsFilter,
    LeaveForm,
    MemberForm,
    PurposeForm,
    RelationForm,
    SettleForm,
    StatedForm,
)
from vicinia.domain.people.models import Household
from vicinia.domain.people.templatetags.people import language_name
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.actions import about_ref
from vicinia.foundation.journal.queries import timeline
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.look.acting import Shown, once_more, one_form, versioned_form
from vicinia.foundation.look.components import Tab

HISTORY_LINES = 30


@needs(Capability.REVEAL_PEOPLE)
def households(request: HttpRequest) -> HttpResponse:
    """The households of own areas, also those that have no dwelling any more."""
    filters = HouseholdsFilter(request.GET)
    page = page_of(request, queries.households(request.actor, **filters.asked))
    drawn = queries.portraits(page)
    context = {"page": page, "filters": filters, "lines": [(row, drawn[row.pk]) for row in page]}
    return render(request, "people/households.html", context)


@needs(Capability.REVEAL_PEOPLE)
def of_building(request: HttpRequest, code: str) -> HttpResponse:
    """The doors of a building, one stair at a time; on the building's own page only how many they are."""
    by = request.actor
    building = territory.building_named(by, code)
    stairs = territory.stairs_of([building])
    chosen = next((stair for stair in stairs if str(stair.pk) == request.GET.get("scala")), None)
    chosen = chosen or next(iter(stairs), None)
    address = reverse("households_of_building", args=[code])
    context = {
        "building": building,
        "count": queries.count_of_building(by, building),
        "stair": chosen,
        "lines": queries.doors_of_stair(by, chosen) if chosen else [],
        "may_settle": rules.may_keep_households(by, building.area_id),
        "stairs": [
            Tab(_("Scala %(name)s") % {"name": stair.name}, f"{address}?scala={stair.pk}", stair == chosen)
            for stair in stairs
        ],
    }
    page, part = "people/households_of_building.html", "people/households_count.html"
    return page_or_part(request, page, part, context)


@needs(Capability.REVEAL_PEOPLE)
def at_door(request: HttpRequest, pk: int) -> HttpResponse:
    """Who lives behind a door, and who lived there before: as numbers."""
    by = request.actor
    dwelling = territory.dwelling_of(by, pk)
    context = {
        "dwelling": dwelling,
        "stays": queries.households_at(by, dwelling),
        "may_settle": rules.may_live_in(by, queries.housing_facts(dwelling), None, today=clock.today()),
    }
    return render(request, "people/households_at_door.html", context)


@needs(Capability.REVEAL_PEOPLE)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A household comes to live behind a door."""
    by = request.actor
    dwelling = territory.dwelling_of(by, pk)
    rules.may_keep_households(by, dwelling.building.area_id).require()
    form = SettleForm(request.POST or None)

    def do(values: dict[str, Any]) -> Household:
        if not values["number"]:
            return actions.make_household(by=by, dwelling=dwelling, since=values["since"], stated=form.stated)
        known = queries.household_numbered(by, values["number"])
        return actions.move_in(by=by, household=known, dwelling=dwelling, since=values["since"])

    try:
        return one_form(
            request,
            title=_("Chi abita qui"),
            about=dwelling.where,
            form=form,
            do=do,
            done=_("Salvato."),
            back=_door(dwelling.building.code, dwelling.stair_id),
        )
    except NotVisible:
        form.add_error("number", _("Non troviamo un nucleo con questo numero."))
        context = {
            "title": _("Chi abita qui"),
            "about": dwelling.where,
            "form": form,
            "lead": "",
            "label": "",
        }
        context["back"] = _door(dwelling.building.code, dwelling.stair_id)
        return render(request, "look/act.html", context, status=422)


def _door(code: str, stair: int) -> str:
    return f"{reverse('households_of_building', args=[code])}?scala={stair}"


def _page(request: HttpRequest, row: Household, **more: Any) -> dict[str, Any]:
    by = request.actor
    return {
        "household": row,
        "portrait": queries.portraits([row])[row.pk],
        "members": queries.members_of(row),
        "stays": queries.stays_of(row),
        "shown": None,
        "form": PurposeForm(),
        "may_keep": rules.may_keep_households(by, row.area_id),
        "may_leave": rules.may_move_out(by, row, None, today=clock.today()),
        "panels": panels_at("household", by),
        "chronology": timeline([about_ref(row)], limit=HISTORY_LINES),
        **more,
    }


@needs(Capability.REVEAL_PEOPLE)
@never_cache
def household(request: HttpRequest, number: int) -> HttpResponse:
    """One household: its door, its languages, its members in initials, where it lived before."""
    row = queries.household_numbered(request.actor, number)
    return render(request, "people/household.html", _page(request, row))


@needs(Capability.REVEAL_PEOPLE)
@never_cache
@require_POST
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """Show who the members are, for the purpose given; the access log keeps it for each."""
    by = request.actor
    row = queries.household_numbered(by, number)
    form = PurposeForm(request.POST)
    is_clear = form.is_valid()
    shown = queries.reveal_members(by, row, form.reason) if is_clear else None
    context = _page(request, row, form=form, shown=shown)
    status = 200 if is_clear else 422
    return page_or_part(request, "people/household.html", "people/household_members.html", context, status)


@needs(Capability.REVEAL_PEOPLE)
def state(request: HttpRequest, number: int) -> HttpResponse:
    """Put right what is told of a household."""
    by = request.actor
    row = queries.household_numbered(by, number)
    form = StatedForm(request.POST or None, initial=StatedForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Lingue e numero di persone"),
        about=row,
        form=form,
        do=lambda values: actions.state_household(
            by=by, household=row, stated=form.stated, seen_version=values["seen_version"]
        ),
        now=lambda: _stated(row),
        done=_("Salvato."),
        back=reverse("household", args=[number]),
    )


def _stated(row: Household) -> Shown:
    spoken = ", ".join(language_name(code) for code in row.stated_languages)
    return [(_("Lingue che parla"), spoken), (_("Quante persone"), row.stated_size)]


@needs(Capability.REVEAL_PEOPLE)
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """A household leaves its dwelling."""
    by = request.actor
    row = queries.household_numbered(by, number)
    rules.may_move_out(by, row, None, today=clock.today()).require()
    return versioned_form(
        request,
        row=row,
        title=_("Ha lasciato l'alloggio"),
        about=row,
        lead=_("L'alloggio torna libero. Il nucleo resta, con gli alloggi di prima."),
        form=LeaveForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.move_out(by=by, household=row, **values),
        now=lambda: [(_("Alloggio"), row.dwelling.where if row.dwelling else "")],
        done=_("Salvato: l'alloggio è libero."),
        back=reverse("household", args=[number]),
    )


@needs(Capability.REVEAL_PEOPLE)
@never_cache
def add_member(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody lives here: if we know such a name already, it is asked first whether it is the same person."""
    by = request.actor
    row = queries.household_numbered(by, number)
    rules.may_keep_households(by, row.area_id).require()
    form = MemberForm(request.POST or None, initial={"language": "it"})
    if request.method == "POST":
        hits = queries.find(by, request.POST.get("name", ""))
        form.offer(hits)
        if form.is_valid() and hits and not form.cleaned_data["known"]:
            form.add_error("known", _("Conosciamo già qualcuno con un nome così: è la stessa persona?"))
    return one_form(
        request,
        title=_("Chi abita in questo nucleo"),
        about=row,
        form=form,
        do=lambda values: _add(request, row, form, values),
        done=_("Persona aggiunta."),
        back=reverse("household", args=[number]),
    )


def _add(request: HttpRequest, row: Household, form: MemberForm, values: dict[str, Any]) -> None:
    by, relation, known = request.actor, values["relation"], values["known"]
    if known in ("", NEWCOMER):
        assert form.person is not None  # a valid form has made it
        actions.add_newcomer(by=by, household=row, details=form.person, relation=relation)
    else:
        actions.add_member(by=by, household=row, person=queries.person_of(by, known), relation=relation)


@needs(Capability.REVEAL_PEOPLE)
def relate(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Say what a member is to the others."""
    by = request.actor
    row = queries.household_numbered(by, number)
    member = queries.member_of(row, pk)
    return one_form(
        request,
        title=_("Chi è nel nucleo"),
        about=row,
        form=RelationForm(request.POST or None, initial={"relation": member.relation}),
        do=lambda values: actions.relate_member(by=by, member=member, relation=values["relation"]),
        done=_("Salvato."),
        back=reverse("household", args=[number]),
    )


@needs(Capability.REVEAL_PEOPLE)
def remove(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Somebody no longer lives here, asked once more."""
    row = queries.household_numbered(request.actor, number)
    member = queries.member_of(row, pk)
    if request.method == "POST":
        actions.remove_member(by=request.actor, member=member)
        messages.success(request, _("Tolta dal nucleo."))
        return go_to(request, reverse("household", args=[number]))
    return once_more(
        request,
        title=_("Togliere %(who)s dal nucleo?") % {"who": member.person.masked},
        sentence=_("La sua scheda resta. Non risulta più tra chi abita qui."),
        label=_("Togli"),
        back=reverse("household", args=[number]),
        is_danger=False,
    )
