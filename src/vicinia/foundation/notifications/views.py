"""/consegne: what has not arrived, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from vicinia.foundation.accounts.guards import actor_of, needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import Composed, compose
from vicinia.foundation.documents.queries import Text, text_of
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look.acting import once_more
from vicinia.foundation.look.components import Tab
from vicinia.foundation.notifications import actions, queries, rules
from vicinia.foundation.notifications.documents import POSTED
from vicinia.foundation.notifications.forms import DropForm, PostedForm
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import WAITING_STATES, MessageState


@dataclass(frozen=True, slots=True)
class View:
    """One tab: its name in the address, its label, what it counts, the states it shows, its sentence when empty."""

    name: str
    label: Sentence
    count: str
    states: tuple[str, ...]
    empty: Sentence


VIEWS = (
    View(
        "non-consegnati",
        gettext_lazy("Non consegnati"),
        "dead",
        (MessageState.DEAD,),
        gettext_lazy("Qui compaiono i messaggi che non sono arrivati, con il motivo."),
    ),
    View(
        "da-stampare",
        gettext_lazy("Lettere da stampare"),
        "to_print",
        (MessageState.TO_PRINT,),
        gettext_lazy("Qui compaiono le lettere per chi non ha un'e-mail."),
    ),
    View(
        "in-attesa",
        gettext_lazy("In attesa"),
        "waiting",
        (*WAITING_STATES, MessageState.SENDING),
        gettext_lazy("Qui compaiono i messaggi che stanno per partire."),
    ),
    View(
        "finiti",
        gettext_lazy("Finiti"),
        "",
        (MessageState.SENT, MessageState.DROPPED),
        gettext_lazy("Qui compaiono i messaggi consegnati: che cosa, quando, a chi in parte."),
    ),
)


@needs(Capability.SEE_DELIVERIES)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Messages by what they wait for; first those that did not arrive."""
    by = actor_of(request)
    chosen = next((view for view in VIEWS if view.name == request.GET.get("vista")), VIEWS[0])
    counts = queries.counts(by)
    tabs = [
        Tab(
            label=view.label,
            url=f"{reverse('deliveries')}?vista={view.name}",
            active=view is chosen,
            count=getattr(counts, view.count) if view.count else None,
        )
        for view in VIEWS
    ]
    page = page_of(request, queries.messages(by).filter(state__in=chosen.states))
    context = {"tabs": tabs, "view": chosen, "page": page, "may_print": rules.may_print_letters(by)}
    return render(request, "notifications/deliveries.html", context)


@needs(Capability.SEE_DELIVERIES)
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Send a dead message again."""
    by = actor_of(request)
    actions.retry(by=by, message=queries.messages(by).one(pk=number))
    messages.success(request, _("Il messaggio riparte tra poco."))
    return go_to(request, reverse("deliveries"))


@needs(Capability.SEE_DELIVERIES)
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Give up a message, after asking why."""
    by = actor_of(request)
    message = queries.messages(by).one(pk=number)
    form = DropForm(request.POST or None)
    if form.is_valid():
        actions.drop(by=by, message=message, reason=form.cleaned_data["reason"])
        messages.success(request, _("Il messaggio non sarà mandato."))
        return go_to(request, reverse("deliveries"))
    return once_more(
        request,
        title=_("Lasciare cadere il messaggio?"),
        sentence=_("Il messaggio a %(to)s sarà cancellato e la persona non lo riceverà.")
        % {"to": message.to_masked},
        form=form,
        label=_("Lascia cadere"),
        back=reverse("deliveries"),
    )


@needs(Capability.SEE_DELIVERIES)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters to print, one a page, as PDF."""
    to_print = actions.take_letters(by=actor_of(request))
    texts = {letter.language: text_of(POSTED, letter.language) for letter in to_print}
    pages = [(letter, _composed(letter, texts[letter.language])) for letter in to_print]
    content = pdf.render("notifications/letters.html", {"letters": pages})
    headers = {
        "Content-Disposition": 'attachment; filename="lettere.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _composed(letter: OutboxMessage, text: Text) -> Composed:
    values = {"subject": letter.subject, "message": letter.body, "number": str(letter.pk)}
    return compose(POSTED, letter.language, lambda: values, text=text)


@needs(Capability.SEE_DELIVERIES)
@require_POST
def letters_posted(request: HttpRequest) -> HttpResponse:
    """Keep that the ticked letters were posted; those that came in meanwhile stay."""
    by = actor_of(request)
    to_print = {letter.pk: letter for letter in queries.letters(by)}
    form = PostedForm(request.POST, numbers=list(to_print))
    if form.is_valid():
        for number in form.cleaned_data["letters"]:
            actions.post_letter(by=by, message=to_print[number])
        count = len(form.cleaned_data["letters"])
        done = ngettext("%(count)s lettera spedita.", "%(count)s lettere spedite.", count)
        messages.success(request, done % {"count": count})
    else:
        messages.error(request, _("Scegli almeno una lettera fra quelle ancora da stampare."))
    return go_to(request, f"{reverse('deliveries')}?vista=da-stampare")
