"""The ways a message leaves. A channel delivers or raises `Failed`; letters leave by hand, from /consegne."""

from __future__ import annotations

import logging
import smtplib
import sys
from collections.abc import Callable
from email.utils import parseaddr
from hashlib import sha256
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
    mail = EmailMultiAlternatives(
        message.subject,
        message.body,
        to=[message.to],
        connection=connection,
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": _message_id(message),
            "Content-Language": message.language,
        },
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


def to_console(message: OutboxMessage) -> None:
    """Print the message: for trying things out."""
    sys.stdout.write(f"{message.to}\n{message.subject}\n\n{message.body}\n")


DELIVER: dict[str, Callable[[OutboxMessage], None]] = {
    Channel.EMAIL: by_email,
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
