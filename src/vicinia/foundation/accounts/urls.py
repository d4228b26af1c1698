"""Coming in, one's own account, and the second factor: allauth's views under our own addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from vicinia.foundation.accounts import views

urlpatterns = [
    path("accesso", account.login, name="account_login"),
    path("accesso/esci", account.logout, name="account_logout"),
    path("accesso/chiuso", account.account_inactive, name="account_inactive"),
    path("accesso/conferma", account.reauthenticate, name="account_reauthenticate"),
    path("accesso/invito/<str:token>", views.accept_invitation, name="accept_invitation"),
    # Password
    path("accesso/password", account.password_change, name="account_change_password"),
    path("accesso/password/scegli", account.password_set, name="account_set_password"),
    path("accesso/password/dimenticata", account.password_reset, name="account_reset_password"),
    path("accesso/password/inviata", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accesso/password/nuova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accesso/password/fatto",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Second factor
    path("accesso/codice", factor.authenticate, name="mfa_authenticate"),
    path("accesso/conferma/codice", factor.reauthenticate, name="mfa_reauthenticate"),
    path("accesso/conferma/chiave", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("accesso/chiave", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("accesso/secondo-fattore", factor.index, name="mfa_index"),
    path("accesso/secondo-fattore/app", totp.activate_totp, name="mfa_activate_totp"),
    path("accesso/secondo-fattore/app/togli", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("accesso/secondo-fattore/chiavi", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("accesso/secondo-fattore/chiavi/nuova", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("accesso/secondo-fattore/chiavi/<int:pk>/togli", views.remove_passkey, name="mfa_remove_webauthn"),
    path("accesso/secondo-fattore/chiavi/<int:pk>", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("accesso/secondo-fattore/riserva", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accesso/secondo-fattore/riserva/rifai",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accesso/secondo-fattore/riserva/scarica",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # One's own account
    path("io", views.my_account, name="my_account"),
    path("io/esci-ovunque", views.sign_out_everywhere, name="sign_out_everywhere"),
]
