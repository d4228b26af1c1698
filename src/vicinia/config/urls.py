"""Every address of the town. Subjects bring their own urls.py; one file a subject."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from vicinia.config.views import healthz

SUBJECTS = [
    "vicinia.foundation.accounts",
    "vicinia.foundation.look",
    "vicinia.foundation.attachments",
    "vicinia.foundation.notifications",
    "vicinia.foundation.journal",
    "vicinia.domain.territory",
    "vicinia.domain.people",
    "vicinia.domain.network",
    "vicinia.domain.listening",
    "vicinia.domain.casework",
    "vicinia.interfaces.portal",
    "vicinia.interfaces.desk",
    "vicinia.interfaces.statistics",
    "vicinia.interfaces.api",
    "vicinia.interfaces.administration",
]

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
urlpatterns += [path("", include(f"{subject}.urls")) for subject in SUBJECTS if find_spec(f"{subject}.urls")]
