"""Addresses of the deliveries page."""

from django.urls import path

from vicinia.foundation.notifications import views

urlpatterns = [
    path("consegne", views.deliveries, name="deliveries"),
    path("consegne/lettere.pdf", views.letters, name="letters"),
    path("consegne/lettere/spedite", views.letters_posted, name="letters_posted"),
    path("consegne/<int:number>/riprova", views.retry, name="delivery_retry"),
    path("consegne/<int:number>/lascia", views.drop, name="delivery_drop"),
]
