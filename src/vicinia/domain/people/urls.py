"""Addresses of people's pages."""

from django.urls import path

from vicinia.domain.people import views

urlpatterns = [
    path("persone/<str:reference>", views.person, name="person"),
    path("persone/<str:reference>/mostra", views.reveal, name="person_reveal"),
    path("persone/<str:reference>/correggi", views.correct, name="person_correct"),
    path("persone/<str:reference>/unisci", views.merge, name="person_merge"),
    path("persone/<str:reference>/separa", views.undo_merge, name="person_undo_merge"),
    path("persone/<str:reference>/copia", views.copy, name="person_copy"),
    path("persone/<str:reference>/cancella", views.erase, name="person_erase"),
]
