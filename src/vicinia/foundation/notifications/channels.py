"""The ways a message leaves. A channel delivers or raises `Failed`; letters leave by hand, from /consegne."""

from __future__ import annotations

import json
import logging
import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from email.utils import parseaddr
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Channel, Failure

logger = logging.getLogger(__name__)


class Failed(Exception):
    """A message was not delivered."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def _message_id(message: OutboxMessage) -> str:
    """The same for every try, so that a mailbox can tell a message that reached it twice."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{sha256(message.key.encode()).hexdigest()[:32]}@{domain or urlsplit(settings.PUBLIC_URL).hostname}>"


def as_email(message: OutboxMessage, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The message as an e-mail that tells robots not to answer."""
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": _message_id(message),
        "Content-Language": message.language,
    }
    if message.unsubscribe_link:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        message.subject,
        message.body,
        to=[message.to],
        connection=connection,
        headers=headers,
    )
    if message.body_html:
        mail.attach_alternative(message.body_html, "text/html")
    return mail


def _failure_of(error: OSError | ValueError) -> Failure:
    """What an error of the mail library means. `smtplib`'s errors are OSErrors too, so the order counts."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure.NOT_TRUSTED
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return Failure.BAD_ADDRESS if codes and min(codes) >= 500 else Failure.LATER
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return Failure.UNREACHABLE
    if isinstance(error, smtplib.SMTPResponseException):
        return Failure.REFUSED if error.smtp_code >= 500 else Failure.LATER
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return Failure.BAD_ADDRESS
    return Failure.UNREACHABLE


def by_email(message: OutboxMessage) -> None:
    """Hand the message to the mail server."""
    try:
        as_email(message).send()
    except (OSError, ValueError) as error:
        raise Failed(_failure_of(error)) from error


class _Unmoved(urllib.request.HTTPRedirectHandler):
    """Our key and the number go to the address of the settings and to no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _failure_of_gateway(status: int) -> Failure:
    if status in (401, 403):
        return Failure.NOT_TRUSTED
    if status in (404, 410, 422):
        return Failure.BAD_ADDRESS
    return Failure.LATER if status == 429 or status >= 500 else Failure.REFUSED


def by_sms(message: OutboxMessage) -> None:
    """Hand the message to the town's gateway: one JSON object by POST, with its key as bearer.

    `id` is the same for every try, so that a gateway which knows it sends once.
    """
    if not settings.SMS_URL:
        raise Failed(Failure.UNREACHABLE)
    told = {
        "id": sha256(message.key.encode()).hexdigest()[:32],
        "to": message.to,
        "text": message.body.strip(),
    }
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
    request = urllib.request.Request(  # noqa: S310  the scheme is checked with the settings
        settings.SMS_URL, json.dumps(told).encode(), headers, method="POST"
    )
    try:
        with urllib.request.build_opener(_Unmoved).open(request, timeout=settings.EMAIL_TIMEOUT):
            pass
    except urllib.error.HTTPError as error:
        raise Failed(_failure_of_gateway(error.code)) from error
    except OSError as error:
        raise Failed(Failure.UNREACHABLE) from error


def to_console(message: OutboxMessage) -> None:
    """Print the message: for trying things out."""
    sys.stdout.write(f"{message.to}\n{message.subject}\n\n{message.body}\n")


DELIVER: dict[str, Callable[[OutboxMessage], None]] = {
    Channel.EMAIL: by_email,
    Channel.SMS: by_sms,
    Channel.CONSOLE: to_console,
}


def deliver(message: OutboxMessage) -> None:
    """Deliver a message through its channel, or raise `Failed`."""
    try:
        DELIVER[message.channel](message)
    except Failed:
        raise
    except Exception as error:  # whatever a channel does wrong must not stop the other messages
        logger.error("Message %s was not delivered: %s", message.pk, type(error).__name__)
        raise Failed(Failure.UNFORESEEN) from error
