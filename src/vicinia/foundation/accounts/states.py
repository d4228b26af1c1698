"""Roles and what each may do. The matrix in docs/generated/permissions.md is drawn from `ROLE_CAPABILITIES`."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who someone is in the municipality."""

    OPERATOR = "operator", _("Operatore di prossimità")
    COORDINATOR = "coordinator", _("Coordinatore")
    LABORATORY = "laboratory", _("Operatore del laboratorio")
    MEDIATOR = "mediator", _("Mediatore")
    PARTNER = "partner", _("Ente della rete")
    COUNCIL = "council", _("Amministratore comunale")
    DPO = "dpo", _("Responsabile della protezione dei dati")
    ADMINISTRATOR = "administrator", _("Amministratore del sistema")


class Capability(StrEnum):
    """One thing that a role may do; which rows and at which moment is decided elsewhere."""

    SEE_REPORTS = "see_reports"
    ENTER_REPORTS = "enter_reports"
    TRIAGE_REPORTS = "triage_reports"
    IMPORT_REPORTS = "import_reports"
    SEE_CASES = "see_cases"
    SEE_POLICE_CASES = "see_police_cases"
    WORK_CASES = "work_cases"
    TAKE_CHARGE = "take_charge"
    ASSIGN = "assign"
    EVERYWHERE = "everywhere"
    KEEP_PRESENCE = "keep_presence"
    REVEAL_PEOPLE = "reveal_people"
    MANAGE_PEOPLE = "manage_people"
    SEE_STATISTICS = "see_statistics"
    SEE_SMALL_COUNTS = "see_small_counts"
    EDIT_TERRITORY = "edit_territory"
    EDIT_BUILDINGS = "edit_buildings"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_USERS = "manage_users"
    SEE_ACCESS_LOG = "see_access_log"
    SEE_DELIVERIES = "see_deliveries"
    ANSWER_REFERRALS = "answer_referrals"
    CHAIR_REVIEWS = "chair_reviews"
    MEDIATE = "mediate"
    SEE_OUTREACH = "see_outreach"
    KEEP_OUTREACH = "keep_outreach"
    SEE_HELPDESK = "see_helpdesk"
    RUN_HELPDESK = "run_helpdesk"
    SEE_PARTICIPATION = "see_participation"
    RUN_PARTICIPATION = "run_participation"
    SEE_WORKSITES = "see_worksites"
    KEEP_WORKSITES = "keep_worksites"
    ANSWER_COMPLAINTS = "answer_complaints"
    SEE_MOBILITY = "see_mobility"
    RUN_MOBILITY = "run_mobility"
    SEE_PROGRAMME = "see_programme"
    KEEP_PROGRAMME = "keep_programme"
    SIGN_PROGRAMME = "sign_programme"
    SEE_PROGRESS = "see_progress"
    SEE_ALERTS = "see_alerts"
    DECIDE_ALERTS = "decide_alerts"
    SET_ALERTS = "set_alerts"


CAPABILITY_NAMES = {
    Capability.SEE_REPORTS: _("vedere le segnalazioni"),
    Capability.ENTER_REPORTS: _("inserire segnalazioni"),
    Capability.TRIAGE_REPORTS: _("smistare le segnalazioni"),
    Capability.IMPORT_REPORTS: _("importare segnalazioni"),
    Capability.SEE_CASES: _("vedere i casi amministrativi e sociali"),
    Capability.SEE_POLICE_CASES: _("vedere i casi di polizia"),
    Capability.WORK_CASES: _("lavorare sui casi"),
    Capability.TAKE_CHARGE: _("prendere in carico"),
    Capability.ASSIGN: _("assegnare ad altri"),
    Capability.EVERYWHERE: _("tutte le zone"),
    Capability.KEEP_PRESENCE: _("fare giri e sentire i testimoni privilegiati"),
    Capability.REVEAL_PEOPLE: _("vedere i dati delle persone, con un motivo"),
    Capability.MANAGE_PEOPLE: _("unire, esportare e cancellare persone"),
    Capability.SEE_STATISTICS: _("vedere le statistiche"),
    Capability.SEE_SMALL_COUNTS: _("vedere anche i numeri piccoli"),
    Capability.EDIT_TERRITORY: _("correggere zone, strade e luoghi"),
    Capability.EDIT_BUILDINGS: _("tenere in ordine edifici, scale e alloggi"),
    Capability.MANAGE_SETTINGS: _("gestire impostazioni e categorie"),
    Capability.MANAGE_USERS: _("gestire utenti e gruppi"),
    Capability.SEE_ACCESS_LOG: _("vedere il registro degli accessi"),
    Capability.SEE_DELIVERIES: _("vedere i messaggi non consegnati"),
    Capability.ANSWER_REFERRALS: _("rispondere agli invii diretti al proprio ente"),
    Capability.CHAIR_REVIEWS: _("presiedere riesami"),
    Capability.MEDIATE: _("mediare i conflitti che gli sono affidati"),
    Capability.SEE_OUTREACH: _("vedere avvisi, eventi e piano della comunicazione"),
    Capability.KEEP_OUTREACH: _("preparare e pubblicare avvisi, eventi e newsletter"),
    Capability.SEE_HELPDESK: _("vedere orari, coda e conteggi dello sportello"),
    Capability.RUN_HELPDESK: _("tenere lo sportello: appuntamenti, contatti e pratiche"),
    Capability.SEE_PARTICIPATION: _("vedere processi, assemblee, decisioni e proposte"),
    Capability.RUN_PARTICIPATION: _("curare processi, assemblee, decisioni e proposte"),
    Capability.SEE_WORKSITES: _("vedere cantieri, lotti, disagi e sopralluoghi"),
    Capability.KEEP_WORKSITES: _("seguire i cantieri e le segnalazioni di chi ci abita vicino"),
    Capability.ANSWER_COMPLAINTS: _("rispondere alle segnalazioni sui lotti del proprio ente"),
    Capability.SEE_MOBILITY: _("vedere il piano della mobilità, per alloggi"),
    Capability.RUN_MOBILITY: _("fare il piano della mobilità e accompagnare i nuclei"),
    Capability.SEE_PROGRAMME: _("vedere programmi, schede azione, attività, spese e rendiconti"),
    Capability.KEEP_PROGRAMME: _("tenere schede azione, attività e spese e preparare rendiconti"),
    Capability.SIGN_PROGRAMME: _("controllare, congelare e inviare rendiconti"),
    Capability.SEE_PROGRESS: _("vedere a che punto sono i programmi"),
    Capability.SEE_ALERTS: _("vedere le allerte"),
    Capability.DECIDE_ALERTS: _("decidere sulle allerte e chiederne la ricerca"),
    Capability.SET_ALERTS: _("decidere come si cercano le allerte"),
}

_CASEWORK = frozenset(
    {
        Capability.SEE_REPORTS,
        Capability.ENTER_REPORTS,
        Capability.TRIAGE_REPORTS,
        Capability.SEE_CASES,
        Capability.WORK_CASES,
        Capability.TAKE_CHARGE,
        Capability.KEEP_PRESENCE,
        Capability.REVEAL_PEOPLE,
        Capability.SEE_OUTREACH,
        Capability.SEE_HELPDESK,
        Capability.SEE_PARTICIPATION,
        Capability.SEE_WORKSITES,
        Capability.SEE_MOBILITY,
    }
)

ROLE_CAPABILITIES: dict[str, frozenset[Capability]] = {
    Role.OPERATOR: _CASEWORK | {Capability.SEE_POLICE_CASES, Capability.SEE_ALERTS},
    Role.COORDINATOR: _CASEWORK
    | {
        Capability.SEE_POLICE_CASES,
        Capability.EVERYWHERE,
        Capability.ASSIGN,
        Capability.IMPORT_REPORTS,
        Capability.MANAGE_PEOPLE,
        Capability.SEE_STATISTICS,
        Capability.SEE_SMALL_COUNTS,
        Capability.EDIT_TERRITORY,
        Capability.EDIT_BUILDINGS,
        Capability.SEE_DELIVERIES,
        Capability.CHAIR_REVIEWS,
        Capability.RUN_HELPDESK,
        Capability.RUN_PARTICIPATION,
        Capability.RUN_MOBILITY,
        Capability.SEE_PROGRAMME,
        Capability.KEEP_PROGRAMME,
        Capability.SIGN_PROGRAMME,
        Capability.SEE_PROGRESS,
        Capability.KEEP_OUTREACH,
        Capability.KEEP_WORKSITES,
        Capability.SEE_ALERTS,
        Capability.DECIDE_ALERTS,
        Capability.SET_ALERTS,
    },
    Role.LABORATORY: _CASEWORK
    | {
        Capability.CHAIR_REVIEWS,
        Capability.EDIT_BUILDINGS,
        Capability.KEEP_OUTREACH,
        Capability.RUN_HELPDESK,
        Capability.KEEP_WORKSITES,
        Capability.RUN_PARTICIPATION,
        Capability.RUN_MOBILITY,
        Capability.SEE_PROGRAMME,
        Capability.KEEP_PROGRAMME,
        Capability.SEE_PROGRESS,
    },
    # A mediator sees no case and no report: only the own mediations, which nobody else reads.
    Role.MEDIATOR: frozenset({Capability.MEDIATE}),
    Role.PARTNER: frozenset({Capability.ANSWER_REFERRALS, Capability.ANSWER_COMPLAINTS}),
    Role.COUNCIL: frozenset({Capability.SEE_STATISTICS, Capability.SEE_PROGRESS}),
    Role.DPO: frozenset({Capability.SEE_ACCESS_LOG}),
    Role.ADMINISTRATOR: frozenset(
        {
            Capability.MANAGE_SETTINGS,
            Capability.MANAGE_USERS,
            Capability.EDIT_TERRITORY,
            Capability.EDIT_BUILDINGS,
            Capability.SEE_DELIVERIES,
            Capability.IMPORT_REPORTS,
        }
    ),
}

# What an API key may be given: never the content of cases, people or users, which need a person who answers for it.
KEY_SCOPES = (
    Capability.SEE_REPORTS,
    Capability.ENTER_REPORTS,
    Capability.IMPORT_REPORTS,
    Capability.SEE_STATISTICS,
    Capability.SEE_ALERTS,
    Capability.EDIT_TERRITORY,
    Capability.EDIT_BUILDINGS,
    Capability.SEE_OUTREACH,
    Capability.SEE_HELPDESK,
    Capability.SEE_PARTICIPATION,
    Capability.SEE_MOBILITY,
    Capability.SEE_PROGRESS,
)

# Roles that sign in with a second factor when the town requires it: everybody, partners and councillors too.
SECOND_FACTOR_ROLES = frozenset(Role.values)
