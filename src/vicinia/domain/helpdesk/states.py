"""What people come to the help desk for, how, and where what they ask stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class Kind(models.TextChoices):
    """What somebody came for. The five kinds that the programme counts."""

    INFORMATION = "information", _("informazione")
    ORIENTATION = "orientation", _("orientamento")
    ACCOMPANIMENT = "accompaniment", _("accompagnamento")
    REPORT = "report", _("segnalazione di un problema")
    MEDIATION = "mediation", _("richiesta di mediazione")


class Topic(models.TextChoices):
    """What it is about, the same everywhere so that years and towns can be compared."""

    HOUSING = "housing", _("casa e alloggio")
    RENT = "rent", _("affitto e spese")
    REPAIRS = "repairs", _("guasti e manutenzione")
    WORKS = "works", _("cantiere e lavori")
    MOVES = "moves", _("trasferimenti")
    NEIGHBOURS = "neighbours", _("vicini e convivenza")
    PAPERS = "papers", _("documenti e pratiche")
    SUPPORT = "support", _("aiuti economici")
    WORK = "work", _("lavoro e corsi")
    SCHOOL = "school", _("scuola e bambini")
    HEALTH = "health", _("salute e assistenza")
    DIGITAL = "digital", _("servizi digitali")
    QUARTER = "quarter", _("vita del quartiere")
    OTHER = "other", _("altro")


class Channel(models.TextChoices):
    """How a contact with the help desk came about."""

    DESK = "desk", _("allo sportello")
    PHONE = "phone", _("per telefono")
    MESSAGE = "message", _("per messaggio o e-mail")
    STREET = "street", _("in strada o in cortile")
    HOME = "home", _("a casa")


class Takes(models.TextChoices):
    """Who may come in these hours."""

    BOTH = "both", _("con o senza appuntamento")
    WALK_IN = "walk_in", _("senza appuntamento")
    APPOINTMENT = "appointment", _("solo con appuntamento")


class Reach(models.TextChoices):
    """How who made an appointment can be told of a change."""

    EMAIL = "email", _("per e-mail")
    PHONE = "phone", _("per telefono")
    NONE = "none", _("non serve")


class BookedFrom(models.TextChoices):
    """Who wrote an appointment down."""

    PORTAL = "portal", _("dal portale")
    DESK = "desk", _("allo sportello")
    PHONE = "phone", _("per telefono")


class Told(models.TextChoices):
    """What who made an appointment is told."""

    BOOKED = "booked", _("L'appuntamento è preso")
    MOVED = "moved", _("L'appuntamento è spostato")
    CANCELLED = "cancelled", _("L'appuntamento è annullato")
    REMINDER = "reminder", _("Ti ricordiamo l'appuntamento")


class AppointmentState(models.TextChoices):
    BOOKED = "booked", _("prenotato")
    HERE = "here", _("è arrivato")
    DONE = "done", _("fatto")
    MISSED = "missed", _("non è venuto")
    CANCELLED = "cancelled", _("annullato")


A = AppointmentState
# An appointment that holds its place at the desk: nobody else can have it.
HOLDING = (A.BOOKED, A.HERE, A.DONE)
TO_COME = (A.BOOKED, A.HERE)
APPOINTMENT_MOVES = Moves(
    "Appointment",
    AppointmentState,
    {
        A.BOOKED: {A.HERE, A.DONE, A.MISSED, A.CANCELLED},
        A.HERE: {A.DONE, A.BOOKED},
        A.MISSED: {A.DONE},
        A.DONE: set(),
        A.CANCELLED: set(),
    },
)


class TicketState(models.TextChoices):
    WAITING = "waiting", _("aspetta")
    CALLED = "called", _("chiamato")
    SERVED = "served", _("servito")
    LEFT = "left", _("è andato via")


T = TicketState
TICKET_MOVES = Moves(
    "Ticket",
    TicketState,
    {
        T.WAITING: {T.CALLED, T.LEFT},
        T.CALLED: {T.SERVED, T.WAITING, T.LEFT},
        T.LEFT: {T.WAITING},
        T.SERVED: set(),
    },
)


class FileState(models.TextChoices):
    OPEN = "open", _("aperta")
    WAITING = "waiting", _("aspetta altri")
    ANSWERED = "answered", _("risposta data")
    CLOSED = "closed", _("chiusa")


F = FileState
OPEN_FILES = (F.OPEN, F.WAITING, F.ANSWERED)
FILE_MOVES = Moves(
    "HelpFile",
    FileState,
    {
        F.OPEN: {F.WAITING, F.ANSWERED, F.CLOSED},
        F.WAITING: {F.OPEN, F.ANSWERED, F.CLOSED},
        F.ANSWERED: {F.OPEN, F.WAITING, F.CLOSED},
        F.CLOSED: {F.OPEN},
    },
)


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("lunedì")
    TUESDAY = 1, _("martedì")
    WEDNESDAY = 2, _("mercoledì")
    THURSDAY = 3, _("giovedì")
    FRIDAY = 4, _("venerdì")
    SATURDAY = 5, _("sabato")
    SUNDAY = 6, _("domenica")
