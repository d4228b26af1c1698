"""Users, teams, keys, the texts of documents and the access log."""

from django.urls import path

from vicinia.interfaces.administration.views import access_log, keys, teams, texts, users

urlpatterns = [
    path("utenti", users.users, name="users"),
    path("utenti/invita", users.invite_user, name="invite_user"),
    path("utenti/<int:pk>", users.user, name="user"),
    path("utenti/<int:pk>/invita", users.invite_again, name="invite_again"),
    path("utenti/<int:pk>/chiudi", users.deactivate_user, name="deactivate_user"),
    path("utenti/<int:pk>/riapri", users.activate_user, name="activate_user"),
    path("utenti/<int:pk>/secondo-fattore", users.reset_second_factor, name="reset_second_factor"),
    path("gruppi", teams.teams, name="teams"),
    path("gruppi/nuovo", teams.new_team, name="new_team"),
    path("gruppi/<int:pk>", teams.team, name="team"),
    path("chiavi", keys.keys, name="keys"),
    path("chiavi/nuova", keys.new_key, name="new_key"),
    path("chiavi/<int:pk>/revoca", keys.revoke_key, name="revoke_key"),
    path("testi", texts.texts, name="texts"),
    path("testi/<str:key>/<str:language>", texts.text, name="text"),
    path("testi/<str:key>/<str:language>/anteprima", texts.text_paper, name="text_paper"),
    path("testi/<str:key>/<str:language>/scarta", texts.drop_draft, name="text_drop"),
    path("testi/<str:key>/<str:language>/togli", texts.withdraw_text, name="text_withdraw"),
    path("testi/<str:key>/<str:language>/scarica", texts.download_text, name="text_download"),
    path("testi/<str:key>/<str:language>/versioni/<int:number>", texts.text_version, name="text_version"),
    path(
        "testi/<str:key>/<str:language>/versioni/<int:number>/rimetti",
        texts.restore_text,
        name="text_restore",
    ),
    path("registro-accessi", access_log.access_log, name="access_log"),
    path("registro-accessi.csv", access_log.access_log_csv, name="access_log_csv"),
]
