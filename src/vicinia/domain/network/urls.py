"""Addresses of the bodies of the network."""

from django.urls import path

from vicinia.domain.network import views

BODY = "enti/<slug:code>"

urlpatterns = [
    path("enti", views.bodies, name="bodies"),
    path("enti/nuovo", views.new_body, name="new_body"),
    path(BODY, views.body, name="body"),
    path(f"{BODY}/correggi", views.correct_body, name="body_correct"),
    path(f"{BODY}/persone/nuova", views.new_person, name="new_body_person"),
    path(f"{BODY}/persone/<int:pk>", views.person, name="body_person"),
    path(f"{BODY}/accordi/nuovo", views.new_agreement, name="new_agreement"),
    path(f"{BODY}/accordi/<int:pk>/concludi", views.end_agreement, name="agreement_end"),
]
