"""Every address of the town. Subjects bring their own urls.py; one file a subject."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from vicinia.config.views import healthz

# In the order in which an address is looked for: first the one with a prefix of its own, then what is asked for most.
SUBJECTS = [
    "vicinia.interfaces.api",
    "vicinia.interfaces.desk",
    "vicinia.domain.listening",
    "vicinia.domain.casework",
    "vicinia.domain.outreach",
    "vicinia.domain.problems",
    "vicinia.domain.referrals",
    "vicinia.domain.letters",
    "vicinia.domain.risk",
    "vicinia.domain.outcomes",
    "vicinia.domain.enforcement",
    "vicinia.domain.reviews",
    "vicinia.domain.presence",
    "vicinia.domain.helpdesk",
    "vicinia.domain.mediation",
    "vicinia.domain.agreements",
    "vicinia.domain.meetings",
    "vicinia.domain.assemblies",
    "vicinia.domain.worksites",
    "vicinia.domain.participation",
    "vicinia.domain.commons",
    "vicinia.domain.mobility",
    "vicinia.domain.programme",
    "vicinia.domain.elections",
    "vicinia.domain.foresight",
    "vicinia.interfaces.partner",
    "vicinia.interfaces.portal",
    "vicinia.foundation.accounts",
    "vicinia.foundation.look",
    "vicinia.foundation.attachments",
    "vicinia.foundation.notifications",
    "vicinia.foundation.journal",
    "vicinia.domain.territory",
    "vicinia.domain.people",
    "vicinia.domain.network",
    "vicinia.interfaces.statistics",
    "vicinia.interfaces.administration",
]

urlpatterns: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
urlpatterns += [path("", include(f"{subject}.urls")) for subject in SUBJECTS if find_spec(f"{subject}.urls")]
