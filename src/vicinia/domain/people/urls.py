"""Addresses of people's and of households' pages."""

from django.urls import path

from vicinia.domain.people.views import households, persons

urlpatterns = [
    path("persone/<str:reference>", persons.person, name="person"),
    path("persone/<str:reference>/mostra", persons.reveal, name="person_reveal"),
    path("persone/<str:reference>/correggi", persons.correct, name="person_correct"),
    path("persone/<str:reference>/unisci", persons.merge, name="person_merge"),
    path("persone/<str:reference>/separa", persons.undo_merge, name="person_undo_merge"),
    path("persone/<str:reference>/copia", persons.copy, name="person_copy"),
    path("persone/<str:reference>/cancella", persons.erase, name="person_erase"),
    path("nuclei", households.households, name="households"),
    path("nuclei/<int:number>", households.household, name="household"),
    path("nuclei/<int:number>/mostra", households.reveal, name="household_reveal"),
    path("nuclei/<int:number>/correggi", households.state, name="household_state"),
    path("nuclei/<int:number>/esce", households.leave, name="household_leave"),
    path("nuclei/<int:number>/persona", households.add_member, name="household_add"),
    path("nuclei/<int:number>/componenti/<int:pk>", households.relate, name="household_relate"),
    path("nuclei/<int:number>/componenti/<int:pk>/togli", households.remove, name="household_remove"),
    path("edifici/<str:code>/nuclei", households.of_building, name="households_of_building"),
    path("alloggi/<int:pk>/nuclei", households.at_door, name="households_at_door"),
    path("alloggi/<int:pk>/nuovo-nucleo", households.settle, name="household_settle"),
]
