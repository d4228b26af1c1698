"""Addresses of risk."""

from django.urls import path

from vicinia.domain.risk import views

urlpatterns = [
    path("casi/<str:reference>/rischio", views.on_case, name="risk_on_case"),
    path("casi/<str:reference>/rischio/valuta", views.assess, name="risk_assess"),
    path("questionario-rischio", views.questionnaires, name="risk_questionnaires"),
    path("questionario-rischio/esempio.json", views.example, name="risk_example"),
]
