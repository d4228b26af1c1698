"""Addresses of rounds, key contacts and coverage."""

from django.urls import path

from vicinia.domain.presence.views import contacts, rounds, seen, stops

ROUND = "giri/<str:reference>"
CONTACT = "testimoni/<str:reference>"

urlpatterns = [
    path("giri", rounds.rounds, name="rounds"),
    path("giri/nuovo", rounds.new, name="round_new"),
    path(ROUND, rounds.round_page, name="round"),
    path(f"{ROUND}/cambia", rounds.change, name="round_change"),
    path(f"{ROUND}/tappe", stops.stops, name="round_stops"),
    path(f"{ROUND}/tappe/<int:pk>/sposta", stops.move, name="round_stop_move"),
    path(f"{ROUND}/tappe/<int:pk>/vista", rounds.tick, name="round_tick"),
    path(f"{ROUND}/comincia", rounds.start, name="round_start"),
    path(f"{ROUND}/rileva", rounds.observe, name="round_observe"),
    path(f"{ROUND}/concludi", rounds.finish, name="round_finish"),
    path(f"{ROUND}/annulla", rounds.cancel, name="round_cancel"),
    path(f"{ROUND}/foglio.pdf", rounds.paper, name="round_paper"),
    path("rilevazioni", seen.observations, name="observations"),
    path("rilevazioni/<uuid:uuid>/decidi", seen.settle, name="observation_settle"),
    path("rilevazioni/<uuid:uuid>/foto/<str:name>", rounds.file, name="observation_file"),
    path("rilevazioni/<uuid:uuid>/foto/<str:name>/togli", seen.remove_photo, name="observation_photo_remove"),
    path("testimoni", contacts.key_contacts, name="key_contacts"),
    path("testimoni/nuovo", contacts.new, name="key_contact_new"),
    path(CONTACT, contacts.key_contact, name="key_contact"),
    path(f"{CONTACT}/correggi", contacts.change, name="key_contact_change"),
    path(f"{CONTACT}/ritmo", contacts.rhythm, name="key_contact_rhythm"),
    path(f"{CONTACT}/togli", contacts.retire, name="key_contact_retire"),
    path(f"{CONTACT}/riprendi", contacts.resume, name="key_contact_resume"),
    path(f"{CONTACT}/sentito", contacts.talk, name="key_contact_talk"),
    path("copertura", seen.coverage, name="coverage"),
    path("copertura/punti", seen.coverage_points, name="coverage_points"),
    path("persone/<str:reference>/testimone", seen.of_person, name="key_contacts_of_person"),
    path("casi/<str:reference>/presidio", seen.on_case, name="presence_on_case"),
]
