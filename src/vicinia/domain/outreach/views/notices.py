"""Notices at the desk: the list, one notice, its words, its way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import actions, documents, queries, rules
from vicinia.domain.outreach.forms import (
    AudienceForm,
    NoticeForm,
    ReaderForm,
    TextForm,
    WaysForm,
)
from vicinia.domain.outreach.forms.notices import LANGUAGES
from vicinia.domain.outreach.models import Notice
from vicinia.domain.outreach.states import PAPER_WAYS, NoticeKind, Way
from vicinia.domain.outreach.views.home import tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import Shown, one_form, refused_at, versioned_form
from vicinia.foundation.look.components import Tab
from vicinia.foundation.look.forms import VersionedReasonForm
from vicinia.foundation.notifications.rules import may_leave
from vicinia.foundation.notifications.states import Channel


@needs(Capability.SEE_OUTREACH)
def notices(request: HttpRequest) -> HttpResponse:
    """Those to publish, those that are out, those that are over. 50 rows a page."""
    by = request.actor
    visible = queries.notices(by)
    current = visible.current()
    views = {
        "da-pubblicare": (_("Da pubblicare"), visible.open().order_by("-id")),
        "pubblicati": (_("Pubblicati"), current.newest_first()),
        "passati": (
            _("Passati e ritirati"),
            visible.exclude(pk__in=visible.open().order_by().values("pk"))
            .exclude(pk__in=current.order_by().values("pk"))
            .order_by("-id"),
        ),
    }
    chosen = request.GET.get("vista", "")
    chosen = chosen if chosen in views else "da-pubblicare"
    address = reverse("notices")
    page = page_of(request, queries.in_lines(views[chosen][1]))
    context = {
        "tabs": tabs(by, "notices"),
        "views": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "page": page,
        "reach": queries.reach_of_each([row.pk for row in page]),
        "may_keep": by.can(Capability.KEEP_OUTREACH),
    }
    return page_or_part(request, "outreach/notices.html", "outreach/notice_rows.html", context)


@needs(Capability.KEEP_OUTREACH)
def new(request: HttpRequest) -> HttpResponse:
    """Write a notice down, in Italian first."""
    by = request.actor
    form = NoticeForm(request.POST or None, by=by, initial={"kind": NoticeKind.NOTICE})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        made: list[Notice] = []
        refused = refused_at(form, lambda: made.append(actions.prepare_notice(by=by, new=form.notice())))
        if not refused:
            messages.success(request, _("Avviso preparato. Ora aggiungi le altre lingue e fallo approvare."))
            return go_to(request, to_notice(made[0]))
        status = refused.verdict.status
    context = {
        "title": _("Nuovo avviso"),
        "about": "",
        "lead": "",
        "form": form,
        "back": reverse("notices"),
        "label": _("Salva la bozza"),
    }
    return render(request, "look/act.html", context, status=status)


def to_notice(row: Notice) -> str:
    """The address of a notice's page at the desk."""
    return reverse("notice", args=[row.reference])


@needs(Capability.SEE_OUTREACH)
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """One notice: its words, for whom, how far it went, what comes next."""
    by = request.actor
    row = queries.notice_named(by, reference)
    names = dict(RESIDENT_LANGUAGES)
    missing = [(code, names[code]) for code, _label in LANGUAGES if code not in row.by_language]
    publications = queries.ways_of(row)
    sending = rules.Sending(frozenset(Way) - {Way.SMS}, frozenset(one.way for one in publications))
    context = {
        "notice": row,
        "texts": [(names[code], text) for code, text in row.by_language.items()],
        "unread": [names[code] for code in queries.unread_languages(row)],
        "missing": missing,
        "words": documents.words_of(row.first_text),
        "audience": queries.audience_names(row),
        "publications": publications,
        "reach": queries.reach_of(row),
        "deliveries": queries.deliveries_of(by, row)[:50],
        "may_correct": rules.may_correct(by, row),
        "may_add_language": rules.may_write(by, row, is_there=False),
        "may_read_again": rules.may_read_again(by, row, is_read=False),
        "may_approve": rules.may_approve(by, row),
        "may_publish": rules.may_publish(by, row, sending),
        "may_withdraw": rules.may_withdraw_notice(by, row, "x"),
        "may_print": rules.may_print(by, row),
        "may_keep": by.can(Capability.KEEP_OUTREACH),
    }
    return render(request, "outreach/notice.html", context)


@needs(Capability.KEEP_OUTREACH)
def audience(request: HttpRequest, reference: str) -> HttpResponse:
    """For whom it is, and until when."""
    by = request.actor
    row = queries.notice_named(by, reference)
    rules.may_correct(by, row).require()
    form = AudienceForm(request.POST or None, by=by, initial=AudienceForm.values_of(row))

    def do(values: dict[str, Any]) -> Notice:
        return actions.correct_notice(
            by=by,
            notice=row,
            audience=form.audience(),
            until=values["until"],
            seen_version=values["seen_version"],
        )

    return versioned_form(
        request,
        row=row,
        title=_("Per chi è"),
        about=row,
        form=form,
        do=do,
        now=lambda: _now(row),
        done=_("Salvato."),
        back=to_notice(row),
    )


def _now(row: Notice) -> Shown:
    return [
        (_("Per chi è"), ", ".join(queries.audience_names(row)) or _("tutta la città")),
        (_("Vale fino al"), row.until or ""),
        (_("A che punto è"), row.get_state_display()),
    ]


def _language_named(language: str) -> Sentence:
    name = dict(LANGUAGES).get(language)
    if name is None:
        raise NotVisible
    return name


@needs(Capability.KEEP_OUTREACH)
def text(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """Write it in one language; the Italian stands above the translation."""
    by = request.actor
    row = queries.notice_named(by, reference)
    name = _language_named(language)
    written = row.by_language.get(language)
    rules.may_write(by, row, is_there=written is not None).require()
    form = TextForm(request.POST or None, language=language, initial=TextForm.values_of(row, written))
    ours = row.first_text
    lead = "" if language == ours.language else f"{ours.subject}\n\n{ours.body}\n\n{ours.easy}".strip()

    def do(values: dict[str, Any]) -> Notice:
        seen = values["seen_version"]
        return actions.write_text(by=by, notice=row, text=form.text(), seen_version=seen)

    def now() -> Shown:
        there = queries.notice_named(by, reference).by_language.get(language)
        return [(_("Titolo"), there.subject), (_("Testo"), there.body)] if there else [(_("Testo"), "")]

    return versioned_form(
        request,
        row=row,
        title=_("Testo in %(language)s") % {"language": name},
        about=row,
        lead=lead,
        form=form,
        do=do,
        now=now,
        done=_("Testo salvato."),
        back=to_notice(row),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def drop_text(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """Take one language out."""
    row = queries.notice_named(request.actor, reference)
    actions.drop_text(by=request.actor, notice=row, language=queries.text_in(row, language).language)
    messages.success(request, _("Testo tolto."))
    return go_to(request, to_notice(row))


@needs(Capability.KEEP_OUTREACH)
def read_again(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """Somebody who speaks the language has read it."""
    by = request.actor
    row = queries.notice_named(by, reference)
    found = queries.text_in(row, language)
    rules.may_read_again(by, row, is_read=found.is_read_again).require()
    form = ReaderForm(request.POST or None)
    return one_form(
        request,
        title=_("Testo riletto in %(language)s") % {"language": _language_named(language)},
        about=row,
        lead=f"{found.subject}\n\n{found.body}",
        form=form,
        do=lambda values: actions.mark_read_again(by=by, notice=row, language=language, **values),
        done=_("Segnato come riletto."),
        back=to_notice(row),
        label=_("È riletto"),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """It may go out as it stands on the page that was read."""
    row = queries.notice_named(request.actor, reference)
    seen = request.POST.get("seen_version", "")
    actions.approve_notice(by=request.actor, notice=row, seen_version=int(seen) if seen.isdigit() else None)
    messages.success(request, _("Avviso approvato: ora si può pubblicare."))
    return go_to(request, to_notice(row))


@needs(Capability.KEEP_OUTREACH)
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose by which ways it goes out, seeing how many each would reach."""
    by = request.actor
    row = queries.notice_named(by, reference)
    gone = frozenset(one.way for one in queries.ways_of(row))
    rules.may_publish(by, row, rules.Sending(frozenset(Way) - {Way.SMS}, gone)).require()
    sms = may_leave(Channel.SMS)
    ways = [
        way for way in Way if way not in gone and way is not Way.WEB and (way is not Way.SMS or sms.allowed)
    ]
    initial = {"seen_version": row.version}
    form = WaysForm(request.POST or None, ways=ways, hints=_hints(row, ways), initial=initial)
    lead = "" if sms.allowed else f"{sms.sentence} {sms.hint}"
    return versioned_form(
        request,
        row=row,
        title=_("Pubblica l'avviso"),
        about=row,
        lead=lead,
        form=form,
        do=lambda values: actions.publish_notice(by=by, notice=row, **values),
        now=lambda: _now(row),
        done=_("Avviso pubblicato."),
        back=to_notice(row),
        label=_("Pubblica"),
    )


def _hints(row: Notice, ways: Sequence[Way]) -> dict[str, Sentence]:
    """How many each way would reach."""
    hints: dict[str, Sentence] = {}
    for way in ways:
        if way in PAPER_WAYS:
            hints[way] = _("Poi lo stampi e segni le consegne.")
        else:
            count = queries.could_reach(row, way)
            hints[way] = ngettext("Arriva a %(n)s persona.", "Arriva a %(n)s persone.", count) % {"n": count}
    return hints


@needs(Capability.KEEP_OUTREACH)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it off the page, or give it up."""
    by = request.actor
    row = queries.notice_named(by, reference)
    rules.may_withdraw_notice(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Ritira l'avviso"),
        about=row,
        lead=_("La pagina non si apre più e ciò che è ancora da spedire non parte. Il motivo resta tra noi."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.withdraw_notice(by=by, notice=row, **values),
        now=lambda: _now(row),
        done=_("Avviso ritirato."),
        back=to_notice(row),
        label=_("Ritira l'avviso"),
    )
