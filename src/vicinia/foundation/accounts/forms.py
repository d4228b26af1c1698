"""Forms of sign-in: allauth's, with our labels; and of one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account_forms
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.models import User

# Longer than a code can be valid with one step of tolerance on either side.
CODE_REMEMBERED_SECONDS = 120
CODE_WIDGET_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


class _Labelled(forms.Form):
    """Our words on somebody else's fields; a label above the field is enough, a placeholder is not one."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            if name in self.fields:
                self.fields[name].label = label
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


_NEW_PASSWORD = {"password1": _("Nuova password"), "password2": _("Nuova password, di nuovo")}


class LoginForm(_Labelled, account_forms.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields.pop("remember", None)


class ResetPasswordForm(_Labelled, account_forms.ResetPasswordForm):
    labels = {"email": _("La tua e-mail")}


class ResetPasswordKeyForm(_Labelled, account_forms.ResetPasswordKeyForm):
    labels = _NEW_PASSWORD


class ChangePasswordForm(_Labelled, account_forms.ChangePasswordForm):
    labels = {"oldpassword": _("Password di adesso"), **_NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(_Labelled, account_forms.SetPasswordForm):
    labels = _NEW_PASSWORD


class ReauthenticateForm(_Labelled, account_forms.ReauthenticateForm):
    labels = {"password": _("La tua password")}


class InvitationForm(account_forms.PasswordVerificationMixin, forms.Form):
    """The first password, typed twice."""

    password1 = SetPasswordField(label=_("Password"))
    password2 = PasswordField(label=_("Password, di nuovo"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # allauth's field checks the password against the user's own name and address.
        setattr(self.fields["password1"], "user", user)  # noqa: B010  the field's class has no such attribute
        self.fields["password1"].help_text = _("Almeno 12 caratteri. Va bene una frase facile da ricordare.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class _CodeOnce(_Labelled):
    """A code is good once: allauth forgets a used code after 30 seconds, while it may be valid for 90."""

    labels = {"code": _("Codice")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_WIDGET_ATTRS)

    def clean_code(self) -> str:
        """Refuse a code that this user has given before."""
        typed = "".join(self.cleaned_data["code"].split())
        key = f"accounts.code-used:{self.user.pk}:{typed}"  # type: ignore[attr-defined]  # set by allauth's form
        if cache.get(key):
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]  # allauth's form, mixed in below
        cache.set(key, "y", timeout=CODE_REMEMBERED_SECONDS)
        return code


class AuthenticateForm(_CodeOnce, factor_forms.AuthenticateForm):
    pass


class ReauthenticateCodeForm(_CodeOnce, factor_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(_CodeOnce, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Il codice che vedi nell'app")}


class AddPasskeyForm(_Labelled, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Come vuoi chiamarla"), "passwordless": _("Usala anche per entrare senza password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = _(
            "Il telefono o la chiave ti chiederà l'impronta, il volto o un PIN."
        )


class EditPasskeyForm(_Labelled, webauthn_forms.EditWebAuthnForm):
    labels = {"name": _("Come vuoi chiamarla")}


if TYPE_CHECKING:
    UserForm = forms.ModelForm[User]
else:  # Django's forms are generic for the type checker only
    UserForm = forms.ModelForm


class MyAccountForm(UserForm):
    """What everybody may change of themselves."""

    class Meta:
        model = User
        fields = ("name", "phone", "language")
        widgets = {"language": forms.Select(choices=settings.LANGUAGES)}
