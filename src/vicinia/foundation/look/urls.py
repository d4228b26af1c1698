"""The language switch and the catalogue of components."""

from django.urls import path
from django.views.i18n import set_language

from vicinia.foundation.look import views

app_name = "look"
urlpatterns = [
    path("lingua", set_language, name="language"),
    path("catalogo", views.catalogue, {"which": "desk"}, name="catalogue"),
    path("catalogo/portale", views.catalogue, {"which": "portal"}, name="catalogue-portal"),
    path("catalogo/suggerimenti", views.suggestions, name="catalogue-suggestions"),
    path("catalogo/punti", views.points, name="catalogue-points"),
    path("catalogo/fondo", views.base_map, name="catalogue-base-map"),
    path("catalogo/rifiuta", views.refuse, name="catalogue-refuse"),
]
