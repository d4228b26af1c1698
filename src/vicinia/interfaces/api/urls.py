"""Addresses for other programs."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from vicinia.interfaces.api.problems import nothing_here
from vicinia.interfaces.api.views import (
    alerts,
    buildings,
    cases,
    elections,
    helpdesk,
    outreach,
    participation,
    presence,
    reports,
)

V1 = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path("categories", reports.categories, name="api_categories"),
    path("map", reports.map_points, name="api_map"),
    path("reports", reports.Reports.as_view(), name="api_reports"),
    path("reports/<str:reference>", reports.report, name="api_report"),
    path("reports/<str:reference>/take", reports.take),
    path("reports/<str:reference>/answer", reports.give_answer),
    path("reports/<str:reference>/case", cases.open_case),
    path("cases", cases.cases, name="api_cases"),
    path("cases/<str:reference>", cases.case, name="api_case"),
    path("cases/<str:reference>/take", cases.take),
    path("cases/<str:reference>/reports", cases.link),
    path("cases/<str:reference>/contacts", cases.contact),
    path("cases/<str:reference>/commitments", cases.commit),
    path("cases/<str:reference>/close", cases.close),
    path("notices", outreach.notices, name="api_notices"),
    path("notices/<str:reference>", outreach.notice, name="api_notice"),
    path("events", outreach.events, name="api_events"),
    path("events/<str:reference>", outreach.event, name="api_event"),
    path("processes", participation.processes, name="api_processes"),
    path("assemblies", participation.assemblies, name="api_assemblies"),
    path("assemblies/<str:reference>", participation.assembly, name="api_assembly"),
    path("decisions", participation.decisions, name="api_decisions"),
    path("proposals", participation.proposals, name="api_proposals"),
    path("proposals/<str:reference>", participation.proposal, name="api_proposal"),
    path("votes", elections.votes, name="api_votes"),
    path("votes/<str:reference>", elections.vote, name="api_vote"),
    path("draws", elections.draws, name="api_draws"),
    path("draws/<str:reference>", elections.draw, name="api_draw"),
    path("help-points", helpdesk.points, name="api_help_points"),
    path("help-points/<str:code>", helpdesk.point, name="api_help_point"),
    path("help-counts", helpdesk.counts, name="api_help_counts"),
    path("buildings", buildings.buildings, name="api_buildings"),
    path("buildings/<str:code>", buildings.building, name="api_building"),
    path("alerts", alerts.alerts, name="api_alerts"),
    path("alerts/<str:reference>", alerts.alert, name="api_alert"),
    path("rounds/<str:reference>", presence.round_, name="api_round"),
    path("rounds/<str:reference>/start", presence.start),
    path("rounds/<str:reference>/stops/<int:pk>/seen", presence.tick),
    path("rounds/<str:reference>/observations", presence.observe, name="api_observations"),
    path("rounds/<str:reference>/finish", presence.finish),
    path("key-contacts/<str:reference>/talks", presence.talk, name="api_talks"),
    re_path(r"^.*$", nothing_here),
]

urlpatterns = [
    path("api/v1/", include(V1)),
    path("open311/v2/", include("vicinia.interfaces.api.open311.urls")),
]
