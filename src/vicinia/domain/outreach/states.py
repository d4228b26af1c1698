"""Where a notice, an event, a sign-up, a subscription and a line of the plan stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class NoticeKind(models.TextChoices):
    """What a text is for: a notice to who lives somewhere, or an issue of the newsletter."""

    NOTICE = "notice", _("avviso")
    NEWSLETTER = "newsletter", _("newsletter")


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    APPROVED = "approved", _("approvato")
    PUBLISHED = "published", _("pubblicato")
    WITHDRAWN = "withdrawn", _("ritirato")


N = NoticeState
NOTICE_MOVES = Moves(
    "Notice",
    NoticeState,
    {
        N.DRAFT: {N.APPROVED, N.WITHDRAWN},
        # A correction takes the approval away.
        N.APPROVED: {N.DRAFT, N.PUBLISHED, N.WITHDRAWN},
        N.PUBLISHED: {N.WITHDRAWN},
        N.WITHDRAWN: set(),
    },
)
OPEN_NOTICES = (N.DRAFT, N.APPROVED)


class Way(models.TextChoices):
    """By which a notice goes out. It always has its page; paper is printed and carried by hand."""

    WEB = "web", _("pagina web")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    POSTER = "poster", _("manifesto nelle bacheche")
    LEAFLET = "leaflet", _("volantino")
    DOORS = "doors", _("porta a porta")


SENT_WAYS = (Way.EMAIL, Way.SMS)
PAPER_WAYS = (Way.POSTER, Way.LEAFLET, Way.DOORS)


class PlanChannel(models.TextChoices):
    """The channels of a line of the plan: the ways of notices, and those outside the program."""

    WEB = "web", _("pagina web")
    EMAIL = "email", _("e-mail e newsletter")
    SMS = "sms", _("SMS")
    POSTER = "poster", _("manifesto")
    LEAFLET = "leaflet", _("volantino")
    DOORS = "doors", _("porta a porta")
    EVENT = "event", _("evento o assemblea")
    DESK = "desk", _("sportello")
    PRESS = "press", _("giornali e radio")
    SOCIAL = "social", _("social del Comune")
    OTHER = "other", _("altro")


class LineState(models.TextChoices):
    PLANNED = "planned", _("da fare")
    DONE = "done", _("fatta")
    DROPPED = "dropped", _("lasciata cadere")


LINE_MOVES = Moves(
    "PlanLine",
    LineState,
    {
        LineState.PLANNED: {LineState.DONE, LineState.DROPPED},
        LineState.DONE: set(),
        LineState.DROPPED: {LineState.PLANNED},
    },
)


class EventState(models.TextChoices):
    REQUESTED = "requested", _("richiesto")
    PROMOTED = "promoted", _("annunciato")
    HELD = "held", _("svolto")
    COUNTED = "counted", _("presenze contate")
    REPORTED = "reported", _("concluso")
    CANCELLED = "cancelled", _("annullato")


E = EventState
EVENT_MOVES = Moves(
    "Event",
    EventState,
    {
        E.REQUESTED: {E.PROMOTED, E.CANCELLED},
        E.PROMOTED: {E.HELD, E.CANCELLED},
        E.HELD: {E.COUNTED},
        E.COUNTED: {E.REPORTED},
        E.REPORTED: set(),
        E.CANCELLED: set(),
    },
)
OPEN_EVENTS = (E.REQUESTED, E.PROMOTED, E.HELD, E.COUNTED)


class SignUpState(models.TextChoices):
    WAITING = "waiting", _("in lista d'attesa")
    CONFIRMED = "confirmed", _("posto confermato")
    WITHDRAWN = "withdrawn", _("ritirata")


SIGN_UP_MOVES = Moves(
    "SignUp",
    SignUpState,
    {
        SignUpState.WAITING: {SignUpState.CONFIRMED, SignUpState.WITHDRAWN},
        SignUpState.CONFIRMED: {SignUpState.WITHDRAWN},
        SignUpState.WITHDRAWN: set(),
    },
)


class Contact(models.TextChoices):
    """How who signs up is told what changes."""

    EMAIL = "email", _("per e-mail")
    PHONE = "phone", _("per telefono")
    NONE = "none", _("guardo io la pagina della mia iscrizione")


class Told(models.TextChoices):
    """What who signed up is told of."""

    CONFIRMED = "confirmed", _("il posto è confermato")
    WAITING = "waiting", _("per ora in lista d'attesa")
    PROMOTED = "promoted", _("si è liberato il posto")
    MOVED = "moved", _("sono cambiati giorno, ore o luogo")
    CANCELLED = "cancelled", _("l'evento è annullato")


class SubscriptionWay(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")


class SubscriptionSource(models.TextChoices):
    WEB = "web", _("dal sito")
    DESK = "desk", _("allo sportello, con un modulo firmato")


class SubscriptionState(models.TextChoices):
    ASKED = "asked", _("da confermare")
    ACTIVE = "active", _("attiva")
    ENDED = "ended", _("cessata")


U = SubscriptionState
SUBSCRIPTION_MOVES = Moves(
    "Subscription",
    SubscriptionState,
    {U.ASKED: {U.ACTIVE, U.ENDED}, U.ACTIVE: {U.ENDED}, U.ENDED: set()},
)


class EndedBecause(models.TextChoices):
    """Why a subscription ended: nothing is kept of whose it was."""

    LEFT = "left", _("se n'è andata la persona")
    DESK = "desk", _("chiesto allo sportello")
    NEVER_CONFIRMED = "never_confirmed", _("mai confermata")
    ERASED = "erased", _("persona cancellata")
