"""Who may do what with a report, and when. Facts are passed in; nothing is read or written here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.listening.drafts import Sent
from vicinia.domain.listening.models import Category, Draft, ImportBatch, Report
from vicinia.domain.listening.states import TRIAGE_STATES, LegalBasis, ReportState
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

MOST_FILES = 8


def _is_able(by: Actor, capability: Capability, sentence: str) -> Verdict:
    return YES if by.can(capability) else forbid(sentence)


def _within_reach(by: Actor, report: Report) -> Verdict:
    if by.covers(report.area_id) or (by.user_id is not None and report.owner_id == by.user_id):
        return YES
    return forbid(_("Questa segnalazione è di una zona che non segui."))


def may_enter(by: Actor) -> Verdict:
    """Staff and keys enter reports for others; at the portal everyone may."""
    if by.kind is ActorKind.RESIDENT:
        return YES
    return _is_able(by, Capability.ENTER_REPORTS, _("Il tuo ruolo non inserisce segnalazioni."))


def may_use_category(category: Category) -> Verdict:
    """Only kinds in use, not their groups, are chosen."""
    if not category.is_active:
        return no(_("Questo tipo di problema non si usa più: scegline un altro."))
    if category.parent_id is None:
        return no(_("Scegli un tipo di problema preciso dentro il gruppo."))
    return YES


def may_triage(by: Actor, report: Report) -> Verdict:
    """Triage is for who may, in own areas, while the report is not yet in a case and not ended."""
    if not report.is_open:
        return no(_("La segnalazione è già chiusa."), _("Per tornarci sopra, annulla l'ultima decisione."))
    if report.state == ReportState.LINKED:
        return no(_("La segnalazione è già in un caso."), _("Per trattarla da sola, toglila prima dal caso."))
    return all_of(
        _is_able(by, Capability.TRIAGE_REPORTS, _("Il tuo ruolo non smista le segnalazioni.")),
        _within_reach(by, report),
    )


def may_redirect(by: Actor, report: Report, body: PartnerBody) -> Verdict:
    """To the body that is competent, which gets what is reported; of the police regime, only to offices of the municipality."""
    if report.legal_basis == LegalBasis.POLICE and not body.is_internal:
        outside = no(
            _("Una segnalazione di pubblica sicurezza non si passa a enti esterni al Comune."),
            _("Scegli un ufficio del Comune."),
        )
        return all_of(may_triage(by, report), outside)
    return may_triage(by, report)


def may_take(by: Actor, report: Report) -> Verdict:
    """One person takes a report; the second is told who has it."""
    if by.user_id is None:
        return forbid(_("Una segnalazione la segue una persona, non un programma."))
    if report.owner_id is not None and report.owner_id != by.user_id:
        return no(_("La segue già %(name)s.") % {"name": report.owner})
    if report.owner_id == by.user_id and report.state == ReportState.TAKEN:
        return no(_("La segui già tu."))
    return all_of(
        _is_able(by, Capability.TAKE_CHARGE, _("Il tuo ruolo non prende in carico segnalazioni.")),
        may_triage(by, report),
    )


def may_hand_back(by: Actor, report: Report) -> Verdict:
    """Who follows a report, or who assigns, may put it back among those to be taken; anyone, if its owner has left."""
    if report.owner_id is None:
        return no(_("Nessuno segue ancora questa segnalazione."))
    is_followed = report.owner is not None and report.owner.is_active
    if is_followed and report.owner_id != by.user_id and not by.can(Capability.ASSIGN):
        return forbid(
            _("La segue %(name)s: può rimetterla solo chi la segue o il coordinatore.")
            % {"name": report.owner}
        )
    return may_triage(by, report)


def may_ask_reporter(by: Actor, report: Report) -> Verdict:
    """A question stops the clock, so there must be someone who can answer it."""
    if report.is_anonymous:
        return no(_("Chi ha segnalato è rimasto anonimo: non c'è nessuno a cui chiedere."))
    if not report.wants_contact:
        return no(_("Chi ha segnalato ha chiesto di non essere contattato."))
    if report.state == ReportState.WAITING:
        return no(_("Aspettiamo già una risposta."))
    return may_triage(by, report)


def may_write(by: Actor, report: Report) -> Verdict:
    """Writing to the reporter, in or out of a case."""
    if report.is_anonymous or not report.wants_contact:
        return no(_("Chi ha segnalato è anonimo o ha chiesto di non essere contattato."))
    return all_of(
        _is_able(by, Capability.TRIAGE_REPORTS, _("Il tuo ruolo non scrive a chi segnala.")),
        _within_reach(by, report),
    )


def may_merge(by: Actor, report: Report, into: Report) -> Verdict:
    """Two reports of the same thing, of the same regime, not in a circle, and the one that stays is still followed."""
    if report.pk == into.pk:
        return no(_("Una segnalazione non si unisce a sé stessa."))
    if into.state == ReportState.MERGED:
        return no(_("Anche %(other)s è unita a un'altra: scegli quella.") % {"other": into.reference})
    if not into.is_open:
        return no(
            _("La segnalazione %(other)s è già chiusa.") % {"other": into.reference},
            _("Riaprila annullando la sua ultima decisione, oppure rispondi a questa da sola."),
        )
    if report.legal_basis != into.legal_basis:
        return no(_("Le due segnalazioni hanno basi giuridiche diverse: i loro dati non si mescolano."))
    return may_triage(by, report)


def may_undo(by: Actor, report: Report, previous: str | None) -> Verdict:
    """The last decision can be taken back by who may triage."""
    if report.is_open and report.state not in (ReportState.TAKEN, ReportState.WAITING):
        return no(_("Non c'è niente da annullare."))
    if previous is None or previous not in TRIAGE_STATES:
        return no(_("L'ultima decisione non si può annullare da qui."))
    return all_of(
        _is_able(by, Capability.TRIAGE_REPORTS, _("Il tuo ruolo non smista le segnalazioni.")),
        _within_reach(by, report),
    )


def may_correct(by: Actor, report: Report) -> Verdict:
    """Kind, place and words may be put right by who triages."""
    return all_of(
        _is_able(by, Capability.TRIAGE_REPORTS, _("Il tuo ruolo non corregge le segnalazioni.")),
        _within_reach(by, report),
    )


def may_change_regime(by: Actor, report: Report, legal_basis: str) -> Verdict:
    """A report and its case are of one regime; nobody moves a report to where they could not see it."""
    if report.state == ReportState.LINKED:
        return no(
            _("La segnalazione è in un caso: hanno la stessa base giuridica."),
            _("Cambia la base giuridica del caso, o toglila prima dal caso."),
        )
    if legal_basis == LegalBasis.POLICE:
        return _is_able(
            by, Capability.SEE_POLICE_CASES, _("Il tuo ruolo non tratta segnalazioni di pubblica sicurezza.")
        )
    return YES


def may_publish(by: Actor, report: Report) -> Verdict:
    """Only urban-decay kinds, placed and looked at, ever reach the public map."""
    if not report.category.is_public:
        return no(_("Le segnalazioni di questo tipo non sono mai pubbliche."))
    if not report.has_point:
        return no(_("Prima indica il punto sulla mappa."))
    if report.legal_basis == LegalBasis.POLICE:
        return no(_("Le segnalazioni di polizia non sono mai pubbliche."))
    return may_correct(by, report)


def may_add_to(by: Actor, report: Report) -> Verdict:
    """What is open can be added to by the person who reported it; after its end a message opens the talk again."""
    if report.state == ReportState.MERGED:
        return no(_("La segnalazione è unita a un'altra."))
    return may_change_link(by, report)


def may_say_me_too(report: Report) -> Verdict:
    """An open report can concern others too."""
    return YES if report.is_open else no(_("Quella segnalazione è già chiusa: inviane una nuova."))


def may_keep_files(adding: int, *, kept: int) -> Verdict:
    """A report carries a handful of photos."""
    if kept + adding > MOST_FILES:
        return no(_("Puoi allegare al massimo %(most)s foto o documenti.") % {"most": MOST_FILES})
    return YES


def may_send(draft: Draft | None) -> Verdict:
    """What was dropped after its days can't be sent any more."""
    if draft is None:
        return no(
            _("Questa richiesta non è più salvata."), _("Ricomincia da capo: ci vogliono pochi minuti.")
        )
    return YES


def may_rate(sent: Sent | None) -> Verdict:
    """Once, after sending."""
    if sent is None:
        return no(_("Prima invia la segnalazione, poi dicci com'è andata."))
    return no(_("Hai già dato il tuo parere. Grazie.")) if sent.is_rated else YES


def may_change_link(by: Actor, report: Report) -> Verdict:
    """Only who holds a private link closes the links of that report."""
    if by.kind is not ActorKind.RESIDENT or by.ref != f"resident:{report.reference}":
        return forbid(_("Questo collegamento è di un'altra segnalazione."))
    return YES


def may_leave_details(by: Actor, report: Report) -> Verdict:
    """Who stayed anonymous may change their mind; who left contacts changes them by writing to us."""
    if not report.is_anonymous:
        return no(
            _("Abbiamo già i tuoi contatti."),
            _("Se sono cambiati, scrivilo nella pagina della segnalazione."),
        )
    return may_add_to(by, report)


def may_import(by: Actor) -> Verdict:
    return _is_able(by, Capability.IMPORT_REPORTS, _("Il tuo ruolo non importa segnalazioni."))


def may_undo_import(by: Actor, batch: ImportBatch, worked_on: int) -> Verdict:
    """A batch can be undone until someone has worked on one of its reports."""
    if batch.undone_at is not None:
        return no(_("Questa importazione è già stata annullata."))
    if worked_on:
        return no(
            _("%(count)s segnalazioni di questa importazione sono già state lavorate.") % {"count": worked_on}
        )
    return may_import(by)


def is_showable(report: Report) -> bool:
    """Whether a report is of the sort that the public map shows."""
    return report.category.is_public and report.has_point and report.legal_basis == LegalBasis.ADMINISTRATIVE


def may_keep_categories(by: Actor, *, is_public: bool, legal_basis: str) -> Verdict:
    """The administrator keeps the kinds of problem; one of the police regime is never public."""
    if is_public and legal_basis == LegalBasis.POLICE:
        return no(_("Un tipo di problema di polizia non è mai pubblico."))
    return _is_able(by, Capability.MANAGE_SETTINGS, _("Il tuo ruolo non gestisce i tipi di problema."))
