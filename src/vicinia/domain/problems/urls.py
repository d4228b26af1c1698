"""Addresses of SARA sheets."""

from django.urls import path

from vicinia.domain.problems import views

SHEET = "casi/<str:reference>/scheda-sara"

urlpatterns = [
    path(SHEET, views.sheet, name="sheet"),
    path(f"{SHEET}/riquadro", views.on_case, name="sheet_on_case"),
    path(f"{SHEET}/comincia", views.begin, name="sheet_begin"),
    path(f"{SHEET}/stampa.pdf", views.paper, name="sheet_paper"),
    path(f"{SHEET}/causa", views.cause, name="sheet_cause"),
    path(f"{SHEET}/cause/<int:pk>/togli", views.drop_cause, name="sheet_cause_drop"),
    path(f"{SHEET}/misura", views.measure, name="sheet_measure"),
    path(f"{SHEET}/<str:code>/scrivi", views.part, name="sheet_part"),
]
