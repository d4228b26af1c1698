"""Who opens what: role by role, row by row, for every address of the desk, of territory, people, listening, casework, network and presence.

A new address without an expectation fails. What could leak is made first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from tests.cast import Cast
from tests.permissions import mobility_world as mobility
from vicinia.domain.agreements import urls as agreements_urls
from vicinia.domain.assemblies import urls as assemblies_urls
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import urls as casework_urls
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Outcome, OutcomeVerdict
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.commons import urls as commons_urls
from vicinia.domain.elections import urls as elections_urls
from vicinia.domain.foresight import urls as foresight_urls
from vicinia.domain.foresight.tests.factories import alert_in, group
from vicinia.domain.helpdesk import urls as helpdesk_urls
from vicinia.domain.letters import urls as letters_urls
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import urls as listening_urls
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import body, kind, police_kind, report_in
from vicinia.domain.meetings import urls as meetings_urls
from vicinia.domain.mobility import urls as mobility_urls
from vicinia.domain.network import urls as network_urls
from vicinia.domain.outreach import urls as outreach_urls
from vicinia.domain.participation import urls as participation_urls
from vicinia.domain.people import urls as people_urls
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import urls as presence_urls
from vicinia.domain.programme import urls as programme_urls
from vicinia.domain.reviews import urls as reviews_urls
from vicinia.domain.territory import urls as territory_urls
from vicinia.domain.territory.tests.factories import BuildingFactory
from vicinia.domain.worksites import urls as worksites_urls
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.desk import urls as desk_urls

pytestmark = pytest.mark.django_db
ROWS = ("own", "other", "police", "unplaced", "closed")
SEES = {
    "own": {"anna", "carla", "lucia"},
    "other": {"bruno", "carla"},
    "police": {"anna", "carla"},
    "unplaced": {"anna", "bruno", "carla", "lucia"},
    "closed": {"anna", "carla", "lucia"},
}
EVERYBODY = ("anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada")
OPEN_ROWS = {"own", "other", "police", "unplaced"}
C = Capability

# name: (capability, method, what the address is about)
PAGES: dict[str, tuple[tuple[Capability, ...], str, str]] = {
    **dict.fromkeys(("inbox", "forgotten", "map", "map_points"), ((C.SEE_REPORTS,), "get", "")),
    **dict.fromkeys(
        ("new_report", "new_report_similar", "kind_suggestions"), ((C.ENTER_REPORTS,), "get", "")
    ),
    "people_suggestions": ((C.REVEAL_PEOPLE,), "get", ""),
    "decide_together": ((C.TRIAGE_REPORTS,), "post", ""),
    **dict.fromkeys(
        ("cases", "forgotten_cases", "reviews", "case_letters", "behaviour_agreements"),
        ((C.SEE_CASES,), "get", ""),
    ),
    **dict.fromkeys(("categories", "new_category"), ((C.MANAGE_SETTINGS,), "get", "")),
    "category": ((C.MANAGE_SETTINGS,), "get", "category"),
    "bodies": ((C.WORK_CASES, C.ASSIGN, C.MANAGE_SETTINGS), "get", ""),
    "new_body": ((C.ASSIGN, C.MANAGE_SETTINGS), "get", ""),
    "body": ((C.WORK_CASES, C.ASSIGN, C.MANAGE_SETTINGS), "get", "body"),
    **dict.fromkeys(
        ("body_correct", "new_body_person", "new_agreement"), ((C.ASSIGN, C.MANAGE_SETTINGS), "get", "body")
    ),
    **dict.fromkeys(
        ("territory", "territory_streets", "territory_places", "territory_quality", "name_place"),
        ((C.EDIT_TERRITORY,), "get", ""),
    ),
    **dict.fromkeys(
        ("buildings", "buildings_export"), ((C.SEE_CASES, C.EDIT_BUILDINGS, C.EDIT_TERRITORY), "get", "")
    ),
    "building": ((C.SEE_CASES, C.EDIT_BUILDINGS, C.EDIT_TERRITORY), "get", "building"),
    **dict.fromkeys(("add_building", "import_houses"), ((C.EDIT_BUILDINGS,), "get", "")),
    **dict.fromkeys(
        ("change_building", "retire_building", "restore_building", "add_stair"),
        ((C.EDIT_BUILDINGS,), "get", "building"),
    ),
    "households": ((C.REVEAL_PEOPLE,), "get", ""),
    "households_of_building": ((C.REVEAL_PEOPLE,), "get", "building"),
    "imports": ((C.IMPORT_REPORTS,), "get", ""),
    **dict.fromkeys(
        ("alerts", "alert_runs", "alert_quality", "repeat_places", "silent_areas"),
        ((C.SEE_ALERTS,), "get", ""),
    ),
    **dict.fromkeys(("alert_groups", "alert_group_new", "alert_settings"), ((C.SET_ALERTS,), "get", "")),
    "alert_groups_propose": ((C.SET_ALERTS,), "post", ""),
    **dict.fromkeys(("meetings", "meeting_new"), ((C.WORK_CASES,), "get", "")),
    "team": ((C.ASSIGN,), "get", ""),
    **dict.fromkeys(("proposals", "sheets_for_me"), ((C.TAKE_CHARGE,), "get", "")),
    "proposals_accept": ((C.TAKE_CHARGE,), "post", ""),
    **dict.fromkeys(
        (
            "rounds",
            "round_new",
            "observations",
            "key_contacts",
            "key_contact_new",
            "coverage",
            "coverage_points",
        ),
        ((C.KEEP_PRESENCE,), "get", ""),
    ),
    **dict.fromkeys(
        ("outreach", "notices", "events", "outreach_plan", "outreach_month"), ((C.SEE_OUTREACH,), "get", "")
    ),
    **dict.fromkeys(
        (
            *("notice_new", "event_new", "plan_line_new"),
            *("subscribers", "subscribe_at_desk", "unsubscribe_at_desk"),
        ),
        ((C.KEEP_OUTREACH,), "get", ""),
    ),
}
PAGES |= {
    **dict.fromkeys(
        ("helpdesk", "help_in_laboratory", "help_files", "help_counts", "help_counts_csv", "help_points"),
        ((C.SEE_HELPDESK,), "get", ""),
    ),
    **dict.fromkeys(
        ("help_contacts", "help_contact_new", "help_file_new", "help_point_new"),
        ((C.RUN_HELPDESK,), "get", ""),
    ),
    **dict.fromkeys(
        (
            *("assemblies", "processes", "ideas", "participation_in_laboratory"),
            *("polls", "draws", "votes_in_laboratory"),
        ),
        ((C.SEE_PARTICIPATION,), "get", ""),
    ),
    **dict.fromkeys(("worksites", "disruptions", "worksites_in_laboratory"), ((C.SEE_WORKSITES,), "get", "")),
    **dict.fromkeys(("worksite_new", "site_complaints"), ((C.KEEP_WORKSITES,), "get", "")),
    **dict.fromkeys(
        ("assembly_new", "process_new", "idea_new", "poll_new", "draw_new"),
        ((C.RUN_PARTICIPATION,), "get", ""),
    ),
    **dict.fromkeys(
        ("tenants_bodies", "spaces", "pacts", "commons_in_laboratory"), ((C.SEE_PARTICIPATION,), "get", "")
    ),
    **dict.fromkeys(
        ("tenants_body_new", "commons_rule", "space_new", "pact_new"), ((C.RUN_PARTICIPATION,), "get", "")
    ),
    "resolutions": ((C.SEE_PARTICIPATION, C.WORK_CASES), "get", ""),
    **dict.fromkeys(
        ("programmes", "programmes_in_laboratory", "programme_activities", "funder_reports"),
        ((C.SEE_PROGRAMME,), "get", ""),
    ),
    **dict.fromkeys(("programme_new", "programme_activity_new"), ((C.KEEP_PROGRAMME,), "get", "")),
    "programmes_progress": ((C.SEE_PROGRESS,), "get", ""),
    "call_rules": ((C.ASSIGN, C.MANAGE_SETTINGS), "get", ""),
    **dict.fromkeys(("relocations", "mobility_in_laboratory"), ((C.SEE_MOBILITY,), "get", "")),
    **dict.fromkeys(
        (
            *("relocation_new", "adequacy_tables", "rehousing_all_offers", "rehousing_removals"),
            *("rehousing_all_expenses", "rehousing_expenses_csv", "rehousing_rights"),
        ),
        ((C.RUN_MOBILITY,), "get", ""),
    ),
    "adequacy_table_new": ((C.ASSIGN,), "get", ""),
    "adequacy_tables_take_in": ((C.ASSIGN,), "post", ""),
}
REPORT_PAGES: dict[str, tuple[Capability, str]] = {
    "report": (C.SEE_REPORTS, "get"),
    "report_read": (C.SEE_REPORTS, "post"),
    "report_take": (C.TAKE_CHARGE, "post"),
    **dict.fromkeys(("report_undo", "report_resume", "report_publish"), (C.TRIAGE_REPORTS, "post")),
    "report_correct": (C.TRIAGE_REPORTS, "get"),
    **{
        f"report_{name}": (C.TRIAGE_REPORTS, "get")
        for name in ("rispondi", "chiedi", "scrivi", "passa", "metti-da-parte", "unisci", "rimetti")
    },
    "report_merge_suggestions": (C.TRIAGE_REPORTS, "get"),
    "report_case_suggestions": (C.WORK_CASES, "get"),
    "case_on_report": (C.SEE_CASES, "get"),
    **dict.fromkeys(("report_open_case", "report_link_case", "report_contact"), (C.WORK_CASES, "get")),
    "call_report": (C.REVEAL_PEOPLE, "get"),
    "reviews_on_report": (C.SEE_REPORTS, "get"),
    "review_from_report": (C.TRIAGE_REPORTS, "get"),
}
CASE_PAGES: dict[str, tuple[Capability, str]] = {
    **dict.fromkeys(("case", "case_dossier"), (C.SEE_CASES, "get")),
    "case_handover": (C.WORK_CASES, "get"),
    **dict.fromkeys(("letters_on_case", "plan_on_case"), (C.SEE_CASES, "get")),
    **dict.fromkeys(("letter_choose", "case_plan", "case_plan_write"), (C.WORK_CASES, "get")),
    "case_plan_paper": (C.WORK_CASES, "get"),
    "reviews_on_case": (C.SEE_CASES, "get"),
    "review_from_case": (C.TRIAGE_REPORTS, "get"),
    "call_case": (C.REVEAL_PEOPLE, "get"),
    "presence_on_case": (C.SEE_CASES, "get"),
    "alerts_on_case": (C.SEE_ALERTS, "get"),
    "behaviour_agreements_on_case": (C.SEE_CASES, "get"),
    "behaviour_agreement_new": (C.WORK_CASES, "get"),
    **dict.fromkeys(("meetings_on_case", "meeting_put_on"), (C.WORK_CASES, "get")),
    "case_take": (C.TAKE_CHARGE, "post"),
    "case_report_suggestions": (C.WORK_CASES, "get"),
    **dict.fromkeys(
        ("case_correct", "case_attach", "case_contact", "case_reopen", "case_came_back", "case_link_near"),
        (C.WORK_CASES, "get"),
    ),
    **{
        f"case_{name}": (C.WORK_CASES, "get")
        for name in ("impegno", "intervento", "da-fare", "collega", "persona", "proponi", "chiudi")
    },
}
ALERT_PAGES: dict[str, tuple[Capability, str]] = {
    "alert": (C.SEE_ALERTS, "get"),
    "alert_recompute": (C.SEE_ALERTS, "post"),
    **{
        f"alert_{name}": (C.DECIDE_ALERTS, "get")
        for name in ("dismiss", "watch", "open_case", "link_case", "take_back")
    },
}
# Addresses of one row in a case: who has no such row gets 404, as who may not see the case.
INNER: dict[str, tuple[Capability, str, Callable[[Case], Any]]] = {
    "commitment_end": (C.WORK_CASES, "get", lambda case: case.commitments.first()),
    "intervention_done": (C.WORK_CASES, "get", lambda case: case.interventions.first()),
    "intervention_cancel": (C.WORK_CASES, "get", lambda case: case.interventions.first()),
    "task_done": (C.WORK_CASES, "post", lambda case: case.tasks.first()),
    "task_drop": (C.WORK_CASES, "get", lambda case: case.tasks.first()),
    "watch_point": (C.WORK_CASES, "get", lambda case: case.watch_points.first()),
    "contest_answer": (C.WORK_CASES, "get", lambda case: case.outcome_replies.first()),
    "case_person_remove": (C.WORK_CASES, "get", lambda case: case.case_people.first()),
}
# Tested by name elsewhere: a stage, a file, a person's page, an import, a proposal each need more than a number.
ELSEWHERE = {
    **dict.fromkeys(
        ("alert_run", "alert_run_now", "alert_run_again", "alert_group"),
        "test_alerts_are_hidden_with_their_area",
    ),
    "day": "test_the_day_is_a_page_for_who_has_one",
    "search": "desk/tests/test_search.py",
    **dict.fromkeys(("hand_over", "sheets_of_user"), "casework/tests/test_team.py"),
    "case_keep_closed": "casework/tests/test_approval.py",
    **dict.fromkeys(
        ("case_closing", "closing_approve", "closing_return", "closing_withdraw", "closing_read"),
        "casework/tests/test_approval.py",
    ),
    "case_stage": "casework/tests/test_views.py",
    "case_unlink": "casework/tests/test_views.py",
    "proposal_accept": "casework/tests/test_views.py",
    "proposal_decline": "casework/tests/test_views.py",
    "proposal_withdraw": "casework/tests/test_views.py",
    "report_file": "test_a_file_is_as_hidden_as_its_row",
    "case_file": "test_a_file_is_as_hidden_as_its_row",
    "cases_of_person": "people",
    "cases_of_user": "administration/tests/test_in_charge.py",
    "reports_of_user": "administration/tests/test_in_charge.py",
    "reports_of_person": "people",
    "body_person": "network/tests/test_people_and_agreements.py",
    "agreement_end": "network/tests/test_people_and_agreements.py",
    **dict.fromkeys(
        (
            *("round", "round_change", "round_stops", "round_stop_move", "round_tick", "round_start"),
            *("round_observe", "round_finish", "round_cancel", "round_paper"),
            *(
                "observation_settle",
                "observation_file",
                "observation_photo_remove",
                "key_contacts_of_person",
                "key_contact",
                "key_contact_change",
            ),
            *("key_contact_rhythm", "key_contact_retire", "key_contact_resume", "key_contact_talk"),
        ),
        "presence/tests/test_views.py",
    ),
    **dict.fromkeys(
        (
            "letter",
            *(f"letter_{name}" for name in ("new", "change", "issue", "drop", "paper", "deliver", "mail")),
            *(f"letter_{name}" for name in ("call_back", "protocol", "answered", "give_up")),
            "case_plan_person_paper",
        ),
        "letters/tests/test_pages.py",
    ),
    **dict.fromkeys(("base_map", "address_suggestions", "here"), "for everybody"),
    **dict.fromkeys(("change_place", "retire_place", "restore_place"), "territory/tests/test_views.py"),
    **dict.fromkeys(
        (
            *("stair", "change_stair", "retire_stair", "restore_stair", "add_dwellings"),
            *("change_dwelling", "retire_dwelling", "restore_dwelling"),
        ),
        "territory/tests/test_building_pages.py",
    ),
    **dict.fromkeys(
        (
            "person",
            *(f"person_{name}" for name in ("reveal", "correct", "merge", "undo_merge", "copy", "erase")),
        ),
        "people/tests/test_views.py",
    ),
    **dict.fromkeys(
        (
            *("household", "household_reveal", "household_state", "household_leave", "household_add"),
            *("household_relate", "household_remove", "household_settle", "households_at_door"),
        ),
        "people/tests/test_household_pages.py",
    ),
    "import_upload": "listening/tests of imports",
    "import_undo": "listening/tests of imports",
    "import_refused": "listening/tests of imports",
    **dict.fromkeys(
        (
            "review",
            *(
                f"review_{name}"
                for name in ("acknowledge", "chair", "settle", "meeting", "decide", "withdraw", "recommend")
            ),
            *(f"review_{name}" for name in ("unrecommend", "accept", "refuse", "letter")),
        ),
        "reviews/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            "meeting",
            *(f"meeting_{name}" for name in ("change", "cancel", "calendar", "guests", "uninvite", "send")),
            *(f"meeting_{name}" for name in ("agenda", "item_change", "item_move", "hold", "minutes")),
            *(f"meeting_{name}" for name in ("attendance", "close", "note", "item_write", "action_new")),
            *(f"meeting_{name}" for name in ("action_drop", "action_done", "paper", "extract")),
            "meeting_extract_paper",
        ),
        "meetings/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            "behaviour_agreement",
            *(
                f"behaviour_agreement_{name}"
                for name in ("paper", "names", "invite_again", "answer", "refuse")
            ),
            *(
                f"behaviour_agreement_{name}"
                for name in ("withdraw", "days", "age", "guardian", "party_drop")
            ),
            *(f"behaviour_agreement_{name}" for name in ("body", "term_new", "term", "term_drop", "sign")),
            *(f"behaviour_agreement_{name}" for name in ("sign_again", "revise", "draft_drop", "review")),
            *(f"behaviour_agreement_{name}" for name in ("breach", "respond", "complete")),
        ),
        "agreements/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("notice", "notice_audience", "notice_text", "notice_text_drop", "notice_read_again"),
            *("notice_approve", "notice_publish", "notice_withdraw", "notice_papers", "notice_poster"),
            *("notice_leaflet", "notice_doors", "notice_deliver", "delivery_drop", "delivery_photo"),
            *(f"event_{name}" for name in ("change", "announce", "cancel", "hold", "count", "report")),
            *(f"event_{name}" for name in ("report_paper", "notice", "door", "sheet")),
            *("event", "sign_ups", "sign_up_new", "sign_up_withdraw", "sign_up_called"),
            *("outreach_plan_paper", "plan_line", "plan_line_done", "plan_line_drop", "plan_line_resume"),
        ),
        "outreach/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("assembly", "resolution", "resolution_new", "resolution_take_back", "call_rule"),
            *(
                f"assembly_{name}"
                for name in ("change", "point_new", "point", "point_move", "seats", "seat_drop")
            ),
            *(
                f"assembly_{name}"
                for name in ("call", "cancel", "marks", "open", "no_quorum", "minutes", "version")
            ),
            *(
                f"assembly_{name}"
                for name in ("minutes_write", "minutes_step", "amendments", "amendment_new")
            ),
            *(f"assembly_{name}" for name in ("amendment", "draft_link", "validate", "call_paper", "sheet")),
            "assembly_minutes_paper",
        ),
        "assemblies/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("help_contact", "help_contact_correct", "help_contact_strike", "help_agenda", "help_queue"),
            *("appointment_new", "appointment", "ticket_take", "ticket_next", "ticket_turn", "help_file"),
            *(f"appointment_{name}" for name in ("move", "cancel", "mark", "called", "slip")),
            *(f"help_file_{name}" for name in ("change", "note", "step", "hand", "report", "case")),
            *("help_file_attachment", "help_point", "help_point_change", "help_hours_new", "help_hours_drop"),
            *("help_day_set", "help_day_drop", "help_of_person"),
        ),
        "helpdesk/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("process", "phase_new", "phase", "phase_drop", "milestone_new", "milestone", "idea"),
            *(f"process_{name}" for name in ("change", "open", "end", "assembly_new", "of_assembly")),
            *(f"idea_{name}" for name in ("correct", "publish", "take_up", "answer", "merge", "withdraw")),
            *(f"idea_{name}" for name in ("support", "link", "photo", "result")),
        ),
        "participation/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("poll", "draw", *(f"draw_{name}" for name in ("change", "fill", "publish", "pull", "cancel"))),
            *(f"poll_{name}" for name in ("change", "option_new", "option_drop", "call", "annul", "roll")),
            *(f"poll_{name}" for name in ("list", "admit", "strike", "mark", "code", "codes", "close")),
            *(
                f"poll_{name}"
                for name in ("paper", "count", "ballot_paper", "register_paper", "report_paper")
            ),
        ),
        "elections/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            "worksite",
            *(f"worksite_{name}" for name in ("change", "enter", "survey_paper", "survey_answer")),
            *("lot", "lot_new", "lot_change", "lot_enter", "lot_board", "lot_slip"),
            *("site_phase_new", "site_phase", "site_phase_slip", "site_phase_drop"),
            "intervention_in_lot",
            *(f"intervention_in_lot_{name}" for name in ("new", "slip", "drop")),
            *("disruption", "disruption_new", "disruption_change", "disruption_notice"),
            *("disruption_confirm", "disruption_cancel", "site_complaint", "site_complaint_new"),
            *(f"site_complaint_{name}" for name in ("answer", "finish", "close", "reopen", "write")),
            *(f"site_complaint_{name}" for name in ("confirm", "urgent", "case", "link", "photo")),
            *("site_walk", "site_walk_new", "site_walk_change", "site_walk_hold", "site_walk_cancel"),
            *("site_walk_point_new", "site_walk_point", "site_walk_paper", "site_walk_photo"),
        ),
        "worksites/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("tenants_body", "signature_check", "mandate_new", "mandate_end"),
            *(f"tenants_body_{name}" for name in ("change", "sign", "verify", "meet", "constitute")),
            *(f"tenants_body_{name}" for name in ("activate", "resume", "step")),
            *("representatives_paper", "convention_paper", "tenants_account", "tenants_account_new"),
            *(f"tenants_account_{name}" for name in ("describe", "submit", "return", "approve", "paper")),
            *("account_line_new", "account_line_drop", "space", "space_change", "space_hours_new"),
            *("space_hours_drop", "space_close", "space_reopen", "space_book", "booking"),
            *("booking_decide", "booking_cancel", "booking_link", "pact", "pact_write"),
            *("pact_party_new", "pact_party_drop", "pact_promise_new", "pact_promise_drop"),
            *("pact_go_on", "pact_step", "pact_report", "pact_paper"),
        ),
        "commons/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (
            *("programme", "programme_change", "programme_enter", "programme_progress", "programme_convene"),
            *("axis_new", "axis", "convention_new", "convention_file", "member_new", "member_end"),
            *("programme_of_assembly", "sheet_new", "sheet_milestone_new", "sheet_milestone"),
            *("sheet_milestone_reach", "budget_line_new", "budget_line", "cost_new", "cost", "cost_receipt"),
            *("cost_void", "cost_file", "indicator_new", "indicator", "indicator_drop", "programme_activity"),
            *(f"action_sheet{name}" for name in ("", "_change", "_enter", "_paper")),
            *(f"programme_activity_{name}" for name in ("change", "link", "void")),
            *(f"funder_report_{name}" for name in ("new", "write", "note", "check", "reopen", "freeze")),
            *(f"funder_report_{name}" for name in ("send", "integrate", "approve", "figure")),
            *("funder_report", "funder_query_new", "funder_query", "edition_file"),
        ),
        "programme/tests/test_pages.py",
    ),
    **dict.fromkeys(
        (*mobility.SEE_PAGES, *mobility.RUN_PAGES, *mobility.ASSIGN_PAGES, *mobility.OWN_PAGES),
        "test_mobility_matrix.py",
    ),
}


@dataclass(frozen=True)
class Town:
    """A report and a case of each sort."""

    reports: dict[str, Report]
    cases: dict[str, Case]


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]


@pytest.fixture
def town(cast: Cast) -> Town:
    where = {"own": cast.crocetta, "other": cast.stazione, "police": cast.crocetta, "closed": cast.crocetta}
    reports, cases = {}, {}
    for row in ROWS:
        kinds = {"category": police_kind()} if row == "police" else {}
        made = [
            report_in(
                where.get(row),
                title=f"Titolo{name}{row}",
                reporter=None if row == "closed" else _maria(),
                **kinds,
            )
            for name in ("Rep", "Caso")
        ]
        reports[row], cases[row] = made[0], _case(cast, made[1])
    listening.answer(by=cast.actor(cast.carla), report=reports["closed"], words="Fatto.")
    _close(cast, cases["closed"])
    body(), kind(), BuildingFactory(code="corte", area=cast.crocetta)
    return Town({row: Report.objects.get(pk=reports[row].pk) for row in ROWS}, cases)


def _maria() -> PersonDetails:
    return PersonDetails(name="Maria Bassi", phone="059 123456", email="maria@posta.example")


def _case(cast: Cast, report: Report) -> Case:
    carla = cast.actor(cast.carla)
    case = case_of(carla, report)
    if report.title.endswith("own"):  # one that nobody has in charge
        Case.objects.filter(pk=case.pk).update(owner=None)
    return case


def _close(cast: Cast, case: Case) -> None:
    carla = cast.actor(cast.carla)
    closed = close_case(carla, case, outcome=Outcome.SOLVED, note="Fatto.")
    report = Report.objects.get(case_link__case=closed)
    resident = Actor.resident(report.reference)
    casework.reply_outcome(by=resident, report=report, verdict=OutcomeVerdict.CONTESTED, words="No.")


def fill(cast: Cast, case: Case) -> None:
    """One of everything in an open case."""
    by, today = cast.actor(cast.carla), clock.today()
    Case.objects.filter(pk=case.pk).update(owner=cast.carla)
    casework.add_commitment(by=by, case=case, new=casework.NewCommitment(what="x", due_on=today))
    new = casework.NewIntervention(kind="presence", what="x", planned_on=today)
    casework.plan_intervention(by=by, case=case, new=new)
    casework.add_task(by=by, case=case, what="x", due_on=today)


def ask(client: Client, method: str, name: str, *args: Any) -> int:
    """The status of one request; whatever it wrote is undone."""
    with transaction.atomic():
        status = getattr(client, method)(reverse(name, args=args)).status_code
        transaction.set_rollback(True)
    return int(status)


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def everybody(cast: Cast) -> Iterator[tuple[str, User, Client]]:
    """The whole cast, each signed in."""
    for who in EVERYBODY:
        user: User = getattr(cast, who)
        yield who, user, of(user)


def can(user: User, *capabilities: Capability) -> bool:
    return any(capability in ROLE_CAPABILITIES[user.role] for capability in capabilities)


def names() -> Iterator[str]:
    subjects = (
        *(listening_urls, casework_urls, network_urls, reviews_urls, presence_urls, meetings_urls),
        *(
            letters_urls,
            agreements_urls,
            foresight_urls,
            outreach_urls,
            helpdesk_urls,
            assemblies_urls,
            participation_urls,
            programme_urls,
        ),
        worksites_urls,
        mobility_urls,
        elections_urls,
        *(territory_urls, people_urls),
        *(territory_urls, people_urls, commons_urls),
    )
    for module in (desk_urls, *subjects):
        yield from (str(pattern.name) for pattern in module.urlpatterns if isinstance(pattern, URLPattern))


def test_every_address_has_an_expectation() -> None:
    expected = {*PAGES, *REPORT_PAGES, *CASE_PAGES, *ALERT_PAGES, *INNER, *ELSEWHERE}
    assert set(names()) == expected


def test_pages_without_a_row_are_for_who_has_the_capability(cast: Cast, town: Town) -> None:
    for who, user, client in everybody(cast):
        about = {"category": ["rumore"], "body": ["casa"], "building": ["corte"], "": []}
        for name, (capabilities, method, what) in PAGES.items():
            status = ask(client, method, name, *about[what])
            expected = (200, 303) if can(user, *capabilities) else (403,)
            assert status in expected, f"{who} {name}: {status}"


def test_pages_of_a_report_are_hidden_with_it(cast: Cast, town: Town) -> None:
    for who, user, client in everybody(cast):
        for name, (capability, method) in REPORT_PAGES.items():
            for row, report in town.reports.items():
                status = ask(client, method, name, report.reference)
                check(
                    f"{who} {name} {row}", status, can(user, capability), who in SEES[row], name == "report"
                )


def test_pages_of_a_case_are_hidden_with_it(cast: Cast, town: Town) -> None:
    for who, user, client in everybody(cast):
        for name, (capability, method) in CASE_PAGES.items():
            if name in ("case_dossier", "case_handover", "case_plan_paper") and who not in (
                "anna",
                "lucia",
                "vera",
            ):
                continue  # a PDF takes its time: three are enough
            for row, case in town.cases.items():
                status = ask(client, method, name, case.reference)
                check(f"{who} {name} {row}", status, can(user, capability), who in SEES[row], name == "case")


def test_alerts_are_hidden_with_their_area(cast: Cast) -> None:
    alert = alert_in(cast.crocetta)
    about: dict[str, tuple[Capability, str, list[Any]]] = {
        "alert_run": (C.SEE_ALERTS, "get", [alert.run_id]),
        "alert_run_now": (C.DECIDE_ALERTS, "post", []),
        "alert_run_again": (C.DECIDE_ALERTS, "post", [alert.run_id]),
        "alert_group": (C.SET_ALERTS, "get", [group().pk]),
    }
    for who, user, client in everybody(cast):
        for name, (capability, method) in ALERT_PAGES.items():
            status = ask(client, method, name, alert.reference)
            check(f"{who} {name}", status, can(user, capability), who in ("anna", "carla"), name == "alert")
        for name, (capability, method, args) in about.items():
            status = ask(client, method, name, *args)
            check(f"{who} {name}", status, can(user, capability), True, False)


def test_rows_inside_a_case_are_hidden_with_it(cast: Cast, town: Town) -> None:
    for row in ROWS[:-1]:
        fill(cast, town.cases[row])
    for who, user, client in everybody(cast):
        for name, (capability, method, inner) in INNER.items():
            for row, case in town.cases.items():
                found = inner(case)
                status = ask(client, method, name, case.reference, found.pk if found else 99)
                seen = who in SEES[row] and found is not None
                check(f"{who} {name} {row}", status, can(user, capability), seen, False)


def check(what: str, status: int, is_able: bool, sees: bool, must_open: bool) -> None:
    """403 for who lacks the capability, 404 for who may not see the row; else the rule of the moment answers."""
    if not is_able:
        assert status == 403, f"{what}: {status}"
    elif not sees:
        assert status == 404, f"{what}: {status}"
    else:
        assert status in ((200,) if must_open else (200, 303, 403, 409)), f"{what}: {status}"


def test_a_visitor_is_led_to_sign_in_everywhere(client: Client, town: Town) -> None:
    report, case = town.reports["own"].reference, town.cases["own"].reference
    asked = [
        (name, method, {"category": "rumore", "body": "casa", "building": "corte"}.get(what))
        for name, (_c, method, what) in PAGES.items()
    ]
    asked += [(name, method, report) for name, (_c, method) in REPORT_PAGES.items()]
    asked += [(name, method, case) for name, (_c, method) in CASE_PAGES.items()]
    for name, method, about in asked:
        response = getattr(client, method)(reverse(name, args=[about] if about else []))
        assert (response.status_code, response["Location"][:8]) == (302, "/accesso"), name


LISTS = [
    ("inbox", {"vista": "tutte"}),
    ("inbox", {"vista": "da-assegnare"}),
    ("cases", {"vista": "aperti"}),
    ("cases", {"vista": "chiusi"}),
    ("forgotten", {}),
    ("forgotten_cases", {}),
    ("reviews", {}),
    ("behaviour_agreements", {"vista": "proposti"}),
    ("map", {}),
    ("map_points", {}),
    ("day", {}),
    ("search", {"q": "Titolo"}),
    ("new_report_similar", {"kind_code": "rumore", "lat": "44.805", "lon": "10.605"}),
]


def test_no_list_map_search_or_count_tells_of_what_is_hidden(cast: Cast, town: Town) -> None:
    Report.objects.filter(title__startswith="TitoloRep").update(due_on=None)
    for who, _user, client in everybody(cast):
        hidden = [row for row in ROWS if who not in SEES[row]]
        secret = {f"TitoloRep{row}" for row in hidden} | {f"TitoloCaso{row}" for row in hidden}
        secret |= {town.reports[row].reference for row in hidden}
        for name, query in LISTS:
            text = client.get(reverse(name), query).content.decode()
            assert not [word for word in secret if word in text], (who, name, query)


def test_who_may_see_finds_it_in_the_register(cast: Cast, town: Town) -> None:
    for who in ("anna", "bruno", "carla", "lucia"):
        client = of(getattr(cast, who))
        text = client.get(reverse("inbox"), {"vista": "tutte"}).content.decode()
        assert {row for row in ROWS if f"TitoloRep{row}" in text} == {row for row in ROWS if who in SEES[row]}
        listed = client.get(reverse("cases"), {"vista": "aperti"}).content.decode()
        seen = {row for row in OPEN_ROWS if f"TitoloCaso{row}" in listed}
        assert seen == {row for row in OPEN_ROWS if who in SEES[row]}


def test_the_day_is_a_page_for_who_has_one(cast: Cast) -> None:
    for who, goes_to in (
        ("vera", "statistics"),
        ("ada", "users"),
        ("dario", "access_log"),
        ("marco", "mediations"),
    ):
        assert of(getattr(cast, who)).get(reverse("day"))["Location"] == reverse(goes_to)
    for worker in (cast.anna, cast.bruno, cast.carla, cast.lucia):
        assert of(worker).get(reverse("day")).status_code == 200
    assert of(cast.paolo).get(reverse("day"))["Location"] == reverse("partner_referrals")


def test_a_file_is_as_hidden_as_its_row(cast: Cast, town: Town) -> None:
    for row, name in ((town.reports["police"], "report_file"), (town.cases["police"], "case_file")):
        kept = attachments.attach(by=cast.actor(cast.carla), about=row, file=upload(phone_photo()))
        other = town.reports["own"] if name == "report_file" else town.cases["own"]
        expected = {
            "anna": 200,
            "bruno": 404,
            "carla": 200,
            "lucia": 404,
            "vera": 403,
            "ada": 403,
            "paolo": 403,
        }
        for who, status in expected.items():
            client = of(getattr(cast, who))
            assert client.get(reverse(name, args=[row.reference, kept.name])).status_code == status, who
            assert client.get(reverse(name, args=[other.reference, kept.name])).status_code in (403, 404), who
