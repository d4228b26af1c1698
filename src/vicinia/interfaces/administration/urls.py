"""Users, teams, keys and the access log."""

from django.urls import path

from vicinia.interfaces.administration.views import access_log, keys, teams, users

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
    path("registro-accessi", access_log.access_log, name="access_log"),
    path("registro-accessi.csv", access_log.access_log_csv, name="access_log_csv"),
]
