"""Addresses for other programs."""

from django.urls import include, path

urlpatterns = [
    path("open311/v2/", include("vicinia.interfaces.api.open311.urls")),
]
