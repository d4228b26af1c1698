"""Addresses of measuring an outcome."""

from django.urls import path

from vicinia.domain.outcomes import views

CASE = "casi/<str:reference>"

urlpatterns = [
    path(f"{CASE}/ha-funzionato", views.outcome, name="outcome"),
    path(f"{CASE}/ha-funzionato/riquadro", views.on_case, name="outcome_on_case"),
    path(f"{CASE}/ha-funzionato/scegli", views.choose, name="outcome_choose"),
    path(f"{CASE}/opinione/<str:report_reference>", views.opinion, name="opinion"),
    path("statistiche/opinioni", views.opinions, name="opinions"),
    path(f"{CASE}/ha-funzionato.pdf", views.outcome_pdf, name="outcome_pdf"),
]
