"""Staff users, teams, API keys and the private links of people without an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability, Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.models import Dated, Rows

# How often one may mistype a one-time code: five guesses among a million.
MOST_TRIES = 5


class Team(Dated):
    """People who work together on some areas of the town. Areas are kept by id: accounts stand below territory."""

    name = models.CharField(_("nome"), max_length=120, unique=True)
    area_ids = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser, Dated):
    """A member of staff or of a partner body, with one role."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("nome e cognome"), max_length=120)
    role = models.CharField(_("ruolo"), max_length=20, choices=Role.choices)
    phone = models.CharField(_("telefono d'ufficio"), max_length=40, blank=True)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    teams = models.ManyToManyField(Team, related_name="members", blank=True, verbose_name=_("gruppi"))
    is_active = models.BooleanField(_("attivo"), default=True)
    # Counted up to end every session of the user: it is part of what a session's hash covers.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """How residents are told of the operator: the first of the names."""
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in self.name.split()[:2]).upper()

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin, for configuration only, lets the user in."""
        return self.is_active and Capability.MANAGE_SETTINGS in ROLE_CAPABILITIES[self.role]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def get_session_auth_hash(self) -> str:
        """What a session must match: it changes with the password and with `session_round`."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under earlier secret keys."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | None) -> str:
        salt = "vicinia.accounts.session"
        value = f"{self.password}:{self.session_round}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def as_actor(self) -> Actor:
        """The actor that this user is, with the areas of the teams. One query."""
        capabilities = ROLE_CAPABILITIES[self.role] if self.is_active else frozenset[Capability]()
        areas = (area for team in self.teams.all() for area in team.area_ids)
        return Actor(
            kind=ActorKind.PARTNER if self.role == Role.PARTNER else ActorKind.STAFF,
            ref=f"user:{self.pk}",
            name=self.name,
            capabilities=frozenset(capabilities),
            area_ids=frozenset(areas),
            everywhere=Capability.EVERYWHERE in capabilities,
            user_id=self.pk,
        )


class LinkPurpose(models.TextChoices):
    """The one thing that a private link is good for."""

    FOLLOW = "follow", _("seguire una segnalazione")
    STAFF_INVITE = "staff_invite", _("entrare la prima volta")
    REFERRAL = "referral", _("rispondere a una richiesta")
    SIGN_UP = "sign_up", _("vedere la propria iscrizione a un evento")
    APPOINTMENT = "appointment", _("vedere il proprio appuntamento allo sportello")
    SUBSCRIBE = "subscribe", _("confermare che si vuole la newsletter")
    BOOKING = "booking", _("vedere la propria prenotazione di uno spazio")
    MINUTES = "minutes", _("leggere e correggere la bozza di un verbale")
    IDEA = "idea", _("seguire una proposta")
    COMPLAINT = "complaint", _("seguire una segnalazione su un cantiere")
    REHOUSING = "rehousing", _("vedere dove si abita durante i lavori")


class PrivateLinkRows(Rows):
    def live(self) -> PrivateLinkRows:
        """Links that still open."""
        unexpired = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=clock.now())
        return self.filter(unexpired, revoked_at__isnull=True)


class PrivateLink(Dated):
    """A link given to one person for one purpose. Only a digest of its token is kept."""

    purpose = models.CharField(max_length=20, choices=LinkPurpose.choices)
    about = models.CharField(max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PrivateLinkRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "about"])]


class OneTimeCode(Dated):
    """Six digits that prove once, together with a private link, that one reads the mail of an address. Only a digest is kept."""

    link = models.ForeignKey(PrivateLink, on_delete=models.CASCADE, related_name="codes")
    code_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tries__lte=MOST_TRIES), name="code_is_tried_a_few_times"
            )
        ]


class ApiKey(Dated):
    """A key of another program. Only a digest is kept; the key itself is shown once."""

    name = models.CharField(_("nome"), max_length=120)
    key_digest = models.CharField(max_length=64, unique=True)
    capabilities = models.JSONField(default=list)
    area_ids = models.JSONField(default=list, blank=True)
    everywhere = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
