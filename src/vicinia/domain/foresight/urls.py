"""Addresses of early warning."""

from django.urls import path

from vicinia.domain.foresight.views import alerts, watching

ALERT = "allerte/<str:reference>"

urlpatterns = [
    path("allerte", alerts.alerts, name="alerts"),
    path("allerte/ricerche", watching.runs, name="alert_runs"),
    path("allerte/ricerche/adesso", watching.run_now, name="alert_run_now"),
    path("allerte/ricerche/<int:pk>", watching.running, name="alert_run"),
    path("allerte/ricerche/<int:pk>/riprova", watching.run_again, name="alert_run_again"),
    path("allerte/tipi", watching.groups, name="alert_groups"),
    path("allerte/tipi/nuovo", watching.new_group, name="alert_group_new"),
    path("allerte/tipi/proponi", watching.propose_groups, name="alert_groups_propose"),
    path("allerte/tipi/<int:pk>", watching.group, name="alert_group"),
    path("allerte/impostazioni", watching.settings, name="alert_settings"),
    path("allerte/qualita", watching.quality, name="alert_quality"),
    path("allerte/luoghi-che-si-ripetono", watching.repeats, name="repeat_places"),
    path("allerte/zone-silenziose", watching.silent, name="silent_areas"),
    path(ALERT, alerts.alert, name="alert"),
    path(f"{ALERT}/archivia", alerts.dismiss, name="alert_dismiss"),
    path(f"{ALERT}/tieni-d-occhio", alerts.watch, name="alert_watch"),
    path(f"{ALERT}/apri-caso", alerts.open_case, name="alert_open_case"),
    path(f"{ALERT}/collega", alerts.link_case, name="alert_link_case"),
    path(f"{ALERT}/rimetti", alerts.take_back, name="alert_take_back"),
    path(f"{ALERT}/ricalcola", alerts.recompute, name="alert_recompute"),
    path("casi/<str:reference>/allerte", alerts.on_case, name="alerts_on_case"),
]
