"""How far a body of tenants, its yearly account, a booking and a pact have come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves

# Bodies of tenants ------------------------------------------------------------------------------------------------


class BodyKind(models.TextChoices):
    COMMITTEE = "committee", _("comitato inquilini")
    SELF_MANAGEMENT = "self_management", _("autogestione")


class BodyOrigin(models.TextChoices):
    ASSIGNEES = "assignees", _("gli assegnatari, con le firme")
    MANAGER = "manager", _("il gestore delle case")


class Service(models.TextChoices):
    """What a self-managed body looks after."""

    CLEANING = "cleaning", _("pulizie")
    GREEN = "green", _("verde")
    COMMON_AREAS = "common_areas", _("spazi comuni")
    SMALL_REPAIRS = "small_repairs", _("piccole riparazioni")
    HEATING = "heating", _("riscaldamento")
    OTHER = "other", _("altro")


class BodyState(models.TextChoices):
    PROPOSED = "proposed", _("richiesta")
    VERIFIED = "verified", _("firme verificate")
    CONSTITUTED = "constituted", _("costituita")
    ACTIVE = "active", _("attiva")
    SUSPENDED = "suspended", _("sospesa")
    CEASED = "ceased", _("cessata")
    REVOKED = "revoked", _("revocata")


B = BodyState
BODIES_AT_WORK = (B.ACTIVE, B.SUSPENDED)
BODIES_OVER = (B.CEASED, B.REVOKED)
# What everybody may read of: before the assembly has said yes there is nothing to tell.
SHOWN_BODIES = (B.CONSTITUTED, B.ACTIVE, B.SUSPENDED, B.CEASED, B.REVOKED)

BODY_MOVES = Moves(
    "TenantsBody",
    BodyState,
    {
        B.PROPOSED: {B.VERIFIED, B.CEASED},
        B.VERIFIED: {B.CONSTITUTED, B.CEASED},
        B.CONSTITUTED: {B.ACTIVE, B.CEASED},
        B.ACTIVE: {B.SUSPENDED, B.CEASED, B.REVOKED},
        B.SUSPENDED: {B.ACTIVE, B.CEASED, B.REVOKED},
        # What is over is constituted anew, as another body.
        B.CEASED: set(),
        B.REVOKED: set(),
    },
)


class SignatureKind(models.TextChoices):
    REQUEST = "request", _("chiede la costituzione")
    ACCEPTANCE = "acceptance", _("aderisce")


class SignatureState(models.TextChoices):
    UNCHECKED = "unchecked", _("da verificare")
    VALID = "valid", _("valida")
    REJECTED = "rejected", _("non valida")


class MandateRole(models.TextChoices):
    REPRESENTATIVE = "representative", _("rappresentante")
    PRESIDENT = "president", _("presidente")
    TREASURER = "treasurer", _("tesoriere")
    MEMBER = "member", _("componente del comitato")
    AUDITOR = "auditor", _("revisore")


class AccountState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    SUBMITTED = "submitted", _("da approvare")
    APPROVED = "approved", _("approvato")


ACCOUNT_MOVES = Moves(
    "TenantsAccount",
    AccountState,
    {
        AccountState.DRAFT: {AccountState.SUBMITTED},
        AccountState.SUBMITTED: {AccountState.DRAFT, AccountState.APPROVED},
        # An approved account is what the tenants voted for: it never changes.
        AccountState.APPROVED: set(),
    },
)


class LineKind(models.TextChoices):
    INCOME = "income", _("entrata")
    EXPENSE = "expense", _("uscita")


# Shared spaces ----------------------------------------------------------------------------------------------------


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("lunedì")
    TUESDAY = 1, _("martedì")
    WEDNESDAY = 2, _("mercoledì")
    THURSDAY = 3, _("giovedì")
    FRIDAY = 4, _("venerdì")
    SATURDAY = 5, _("sabato")
    SUNDAY = 6, _("domenica")


class BookingState(models.TextChoices):
    ASKED = "asked", _("da confermare")
    CONFIRMED = "confirmed", _("confermata")
    REFUSED = "refused", _("non concessa")
    CANCELLED = "cancelled", _("disdetta")


K = BookingState
# What keeps a space taken.
HOLDING = (K.ASKED, K.CONFIRMED)
BOOKING_MOVES = Moves(
    "Booking",
    BookingState,
    {
        K.ASKED: {K.CONFIRMED, K.REFUSED, K.CANCELLED},
        K.CONFIRMED: {K.CANCELLED},
        # The hours may be somebody else's by now: who wants them again books again.
        K.REFUSED: set(),
        K.CANCELLED: set(),
    },
)


class Channel(models.TextChoices):
    PORTAL = "portal", _("dal portale")
    DESK = "desk", _("allo sportello")
    PAPER = "paper", _("su carta")
    PHONE = "phone", _("al telefono")


# Pacts ------------------------------------------------------------------------------------------------------------


class PactLevel(models.TextChoices):
    OCCASIONAL = "occasional", _("cura occasionale")
    CONTINUOUS = "continuous", _("cura continuativa")
    SHARED = "shared", _("gestione condivisa")
    REGENERATION = "regeneration", _("rigenerazione")


class PactOrigin(models.TextChoices):
    RESIDENTS = "residents", _("gli abitanti")
    CALL = "call", _("un avviso del Comune")


class PactState(models.TextChoices):
    PROPOSED = "proposed", _("da leggere")
    PUBLISHED = "published", _("pubblicato")
    ASSESSED = "assessed", _("valutato")
    CODESIGNED = "codesigned", _("co-progettato")
    SIGNED = "signed", _("firmato")
    ACTIVE = "active", _("attivo")
    REPORTED = "reported", _("rendicontato")
    CLOSED = "closed", _("concluso")
    REFUSED = "refused", _("non accolto")
    WITHDRAWN = "withdrawn", _("ritirato")


T = PactState
# A pact still bends until it is signed.
OPEN_PACTS = (T.PROPOSED, T.PUBLISHED, T.ASSESSED, T.CODESIGNED)
PACTS_AT_WORK = (T.ACTIVE, T.REPORTED)
SHOWN_PACTS = (T.PUBLISHED, T.ASSESSED, T.CODESIGNED, T.SIGNED, T.ACTIVE, T.REPORTED, T.CLOSED)
PACT_MOVES = Moves(
    "Pact",
    PactState,
    {
        T.PROPOSED: {T.PUBLISHED, T.REFUSED, T.WITHDRAWN},
        T.PUBLISHED: {T.ASSESSED, T.REFUSED, T.WITHDRAWN},
        T.ASSESSED: {T.CODESIGNED, T.WITHDRAWN},
        T.CODESIGNED: {T.SIGNED, T.WITHDRAWN},
        T.SIGNED: {T.ACTIVE, T.CLOSED},
        T.ACTIVE: {T.REPORTED, T.CLOSED},
        # After its report a pact goes on, renewed or for another year, or ends.
        T.REPORTED: {T.ACTIVE, T.CLOSED},
        # Whoever wants to go on proposes a new one.
        T.CLOSED: set(),
        T.REFUSED: set(),
        T.WITHDRAWN: set(),
    },
)


class PromiseSide(models.TextChoices):
    RESIDENTS = "residents", _("gli abitanti")
    TOWN = "town", _("il Comune")


class PromiseState(models.TextChoices):
    PROMISED = "promised", _("in corso")
    KEPT = "kept", _("mantenuto")
    PARTLY = "partly", _("mantenuto in parte")
    BROKEN = "broken", _("non mantenuto")
