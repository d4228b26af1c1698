"""Addresses of the bodies of the network."""

from django.urls import path

from vicinia.domain.network import views

urlpatterns = [
    path("enti", views.bodies, name="bodies"),
    path("enti/nuovo", views.new_body, name="new_body"),
    path("enti/<slug:code>", views.body, name="body"),
]
