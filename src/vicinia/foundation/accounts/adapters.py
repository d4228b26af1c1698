"""How allauth behaves here: no sign-up, our words, our addresses, secrets encrypted."""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts import second_factor
from vicinia.foundation.accounts.addresses import client_address
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock, fields
from vicinia.foundation.look import navigation

logger = logging.getLogger("vicinia.accounts")

# What is told by e-mail when someone's way in changes: the subject and the first sentence.
NOTICES = {
    "account/email/password_changed": _("La tua password è stata cambiata"),
    "account/email/password_reset": _("La tua password è stata cambiata"),
    "account/email/password_set": _("La tua password è stata scelta"),
    "mfa/email/totp_activated": _("Hai aggiunto un generatore di codici"),
    "mfa/email/totp_deactivated": _("Il generatore di codici è stato tolto"),
    "mfa/email/webauthn_added": _("Hai aggiunto una chiave di accesso"),
    "mfa/email/webauthn_removed": _("Una chiave di accesso è stata tolta"),
    "mfa/email/recovery_codes_generated": _("I codici di riserva sono stati rifatti"),
}

# What the next page says. What is not here is not said.
MESSAGES = {
    "account/messages/password_changed.txt": _("Fatto. La password è cambiata."),
    "account/messages/password_set.txt": _("Fatto. La password è scelta."),
    "mfa/messages/totp_activated.txt": _("Fatto. Da adesso per entrare ti serve anche il codice dell'app."),
    "mfa/messages/totp_deactivated.txt": _("Fatto. Il generatore di codici non serve più."),
    "mfa/messages/webauthn_added.txt": _("Fatto. La chiave di accesso è pronta."),
    "mfa/messages/webauthn_removed.txt": _("Fatto. La chiave di accesso non vale più."),
    "mfa/messages/recovery_codes_generated.txt": _("Fatto. I codici di prima non valgono più."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in of staff and partners: they are invited, they never sign up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("L'indirizzo o la password non sono giusti."),
        "enter_current_password": _("Scrivi la password che usi adesso."),
        "incorrect_password": _("La password non è giusta."),
        "invalid_login": _("L'indirizzo o la password non sono giusti."),
        "invalid_password_reset": _("Il collegamento non vale più. Chiedine un altro."),
        "rate_limited": _("Hai provato troppe volte. Aspetta qualche minuto."),
        "too_many_login_attempts": _("Hai provato troppe volte. Aspetta qualche minuto."),
        "password_mismatch": _("Le due password non sono uguali."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first everyday page of the person's own bar: not everybody's day begins with reports."""
        # The phone's bar holds what is used every day; the rest, such as the territory, is opened now and then.
        first = next((entry for entry in navigation.desk.entries(request) if entry.on_phone), None)
        return first.url if first else reverse("my_account")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a trace for whoever watches the logs; neither the password nor the address typed."""
        super().authentication_failed(request, **credentials)
        logger.warning("sign-in refused from %s", client_address(request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Changing factors asks for the password again, unless the sign-in itself is minutes old."""
        required = super().is_reauthentication_required(app=app, **kwargs)
        return bool(required) and not self._signed_in_just_now()

    def _signed_in_just_now(self) -> bool:
        records = get_authentication_records(self.request, self.request.user)
        limit = clock.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return any(record["at"] > limit for record in records)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say what changed in our words; that one has signed in is plain to see and is not said."""
        template = kwargs.pop("message_template", None) or (args[0] if args else None)
        if template in MESSAGES:
            super().add_message(request, level, message=str(MESSAGES[template]))
        elif kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send after answering: how long a page takes must not tell whether an address is known."""
        user = context.get("user")
        with translation.override(user.language if isinstance(user, User) else settings.LANGUAGE_CODE):
            words = {"town_name": settings.TOWN_NAME, "email": email, **context}
            subject = render_to_string(f"{template_prefix}_subject.txt", words).strip()
            body = render_to_string(f"{template_prefix}_message.txt", words)
        Thread(target=_send, args=(EmailMessage(subject, body, to=[email]),), name="sign-in-mail").start()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the user that their way in changed."""
        notice = NOTICES.get(template_prefix)
        if notice:
            at = clock.now()
            self.send_mail("accounts/email/notice", user.email, {"user": user, "notice": notice, "at": at})


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:
        # Nobody waits for the answer any more; the person asks again, and the log says why nothing came.
        logger.exception("a sign-in message could not be sent")


class MFAAdapter(DefaultMFAAdapter):
    """Second factors, with their secrets encrypted by the keys of encrypted fields."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "È l'unico secondo fattore che hai, e ti serve. Aggiungine prima un altro."
        ),
        "cannot_generate_recovery_codes": _("I codici di riserva servono a chi ha già un secondo fattore."),
        "incorrect_code": _("Il codice non è giusto. Scrivi quello che vedi adesso."),
    }

    def get_totp_issuer(self) -> str:
        return f"Vicinia {settings.TOWN_NAME}"

    def encrypt(self, text: str) -> str:
        return fields.cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return fields.cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of who must have one."""
        user = authenticator.user
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_other or not second_factor.is_required(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Chiave %(number)s") % {"number": count + 1})
