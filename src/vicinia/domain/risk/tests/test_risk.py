"""Answers make a band, a band makes a rhythm, and what happens afterwards makes it due again."""

import copy
import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, Matter
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.people.models import Person
from vicinia.domain.risk import actions, jobs, models, queries, rules
from vicinia.domain.risk.default import DEFAULT, default_questions
from vicinia.domain.risk.states import BadQuestionnaire, read_questions
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
CODES = [question.code for question in default_questions().questions]


def answered(place):
    """The same place in every question: 0 the least, 2 the most."""
    return dict.fromkeys(CODES, place)


@pytest.mark.parametrize(
    ("place", "score", "band", "rhythm", "days"),
    [(0, 0, "standard", 10, 20), (1, 11, "medium", 5, 10), (2, 30, "high", 2, 5)],
)
def test_a_band_sets_rhythm_and_review(anna, case, place, score, band, rhythm, days):
    row = actions.assess(by=anna, case=case, answers=answered(place))
    assert (row.score, row.most, row.band, row.computed_band) == (score, 30, band, band)
    assert row.review_on == clock.today() + dt.timedelta(days=days)
    assert Case.objects.get(pk=case.pk).rhythm_days == rhythm
    matter = Matter.objects.get(key=f"risk:{case.pk}")
    assert (matter.due_on, matter.blocks) == (row.review_on, "")


@pytest.mark.parametrize(
    ("score", "band"), [(0, "standard"), (8, "standard"), (9, "medium"), (17, "medium"), (18, "high")]
)
def test_a_band_begins_at_its_points(score, band):
    assert rules.band_of(default_questions(), score).band == band


def test_another_band_takes_a_reason_and_both_are_kept(anna, case):
    with pytest.raises(Refused, match="perché scegli"):
        actions.assess(by=anna, case=case, answers=answered(0), band="high")
    with pytest.raises(Refused, match="Scegli una fascia"):
        actions.assess(by=anna, case=case, answers=answered(0), band="enorme")
    row = actions.assess(
        by=anna, case=case, answers=answered(0), band="high", override_reason="è stata minacciata"
    )
    assert (row.computed_band, row.band, row.override_reason) == ("standard", "high", "è stata minacciata")
    same = actions.assess(by=anna, case=case, answers=answered(0), band="standard", override_reason="niente")
    assert same.override_reason == ""


def test_every_question_is_answered_and_words_are_kept(anna, case):
    for wrong in ({}, answered(0) | {"fear": 7}, answered(0) | {"fear": -1}):
        with pytest.raises(Refused, match="Manca una risposta"):
            actions.assess(by=anna, case=case, answers=wrong)
    row = actions.assess(by=anna, case=case, answers=answered(2), note="dorme dalla figlia")
    assert row.answers[5] == {
        "codice": "fear",
        "domanda": {"it": "Ha paura?", "en": "Are they afraid?"},
        "risposta": {"it": "Sì", "en": "Yes"},
        "punti": 3,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM risk_assessment")
        assert "figlia" not in cursor.fetchone()[0]


def test_a_new_report_or_episode_makes_it_due_again(cast, anna, case):
    actions.assess(by=anna, case=case, answers=answered(0))
    assert (jobs.ask_again(), queries.is_out_of_date(case)) == (0, False)
    casework.link_report(by=anna, case=case, report=report_in(cast.crocetta))
    assert queries.is_out_of_date(case)
    assert jobs.ask_again() == 1
    matter = Matter.objects.get(key=f"risk:{case.pk}")
    assert (matter.due_on, "rifalla" in matter.sentence) == (clock.today(), True)
    Matter.objects.update(raised_on=clock.today())
    assert jobs.ask_again() == 0, "asked once, it rises on its day"
    assert Matter.objects.get().raised_on == clock.today()
    actions.assess(by=anna, case=case, answers=answered(1))
    assert jobs.ask_again() == 0
    report = Report.objects.filter(case_link__case=case).first()
    resident = Actor.resident(report.reference)
    listening.add_episode(by=resident, report=report, happened_at=clock.now(), text="Ancora")
    assert jobs.ask_again() == 1


def test_only_who_works_the_case_assesses_it(cast, case):
    for who in ("bruno", "vera", "marco"):
        with pytest.raises(Refused):
            actions.assess(by=cast.actor(getattr(cast, who)), case=case, answers=answered(0))


def test_nothing_of_it_has_a_key_to_a_person_or_speaks_of_offending():
    for table in (models.Assessment, models.Questionnaire):
        assert Person not in {field.related_model for field in table._meta.get_fields() if field.is_relation}
    words = json.dumps(DEFAULT, ensure_ascii=False).lower()
    assert not any(word in words for word in ("reato", "pericolos", "autore", "offend", "colpevol"))


def test_a_new_version_holds_from_the_next_assessment(cast, anna, case):
    before = actions.assess(by=anna, case=case, answers=answered(2))
    content = copy.deepcopy(DEFAULT) | {"titolo": "Seconda"}
    content["domande"] = content["domande"][:1]
    content["fasce"][1]["da"], content["fasce"][2]["da"] = 1, 3
    with pytest.raises(Refused, match="amministratore"):
        actions.publish_questionnaire(by=anna, content=content)
    ada = cast.actor(cast.ada)
    assert actions.publish_questionnaire(by=ada, content=content).version == 1
    after = actions.assess(by=anna, case=case, answers={"often": 1})
    assert (after.version, after.most, after.band) == (1, 3, "medium")
    before.refresh_from_db()
    assert (before.version, before.most, len(before.answers)) == (0, 30, 10)


def bad(**changes):
    return copy.deepcopy(DEFAULT) | changes


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "Manca 'domande'"),
        ([], "Manca"),
        (bad(titolo=" "), "titolo"),
        (bad(domande=[]), "almeno una domanda"),
        (bad(domande=[DEFAULT["domande"][0]] * 2), "stesso codice"),
        (bad(domande=[DEFAULT["domande"][0] | {"risposte": []}]), "Domanda 1"),
        (
            bad(domande=[DEFAULT["domande"][0] | {"risposte": [{"it": "a", "en": "b", "punti": -1}] * 2}]),
            "Domanda 1",
        ),
        (bad(fasce=DEFAULT["fasce"][:2]), "sono tre"),
        (bad(fasce=[row | {"da": 0} for row in DEFAULT["fasce"]]), "crescono"),
        (bad(fasce=[row | {"ritmo": 0} for row in DEFAULT["fasce"]]), "giorni sono numeri"),
    ],
)
def test_a_file_that_is_no_questionnaire_says_why(content, words):
    with pytest.raises(BadQuestionnaire, match=words):
        read_questions(content)


def test_questions_are_read_in_the_language_of_who_asks():
    question = default_questions().questions[5].words
    assert str(question) == "Ha paura?"
    with override("en"):
        assert str(question) == "Are they afraid?"


# Pages --------------------------------------------------------------------------------------------------------------


def of(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_assessment_is_made_in_a_browser(cast, case):
    desk = of(cast.anna)
    panel = reverse("risk_on_case", args=[case.reference])
    assert "Dieci domande" in desk.get(panel).content.decode()
    address = reverse("risk_assess", args=[case.reference])
    assert "Ha paura?" in desk.get(address).content.decode()
    typed = {f"q_{code}": "0" for code in CODES} | {"band": "high", "note": "sola in casa"}
    refused = desk.post(address, typed)
    assert refused.status_code == 422
    assert "sola in casa" in refused.content.decode(), "what was typed is kept"
    assert desk.post(address, {"band": "high"}).status_code == 422
    done = desk.post(address, typed | {"override_reason": "minacce"})
    assert done.status_code == 303
    desk.post(address, typed | {"band": ""})
    page = desk.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert all(words in page for words in ("ordinario", "Valutazioni precedenti", "sola in casa"))


def test_who_may_not_see_the_case_finds_no_assessment(cast, anna, case):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    for row in (case, police):
        actions.assess(by=anna, case=row, answers=answered(0), note="Parolasegreta")
    expected = {"anna": (200, 200), "bruno": (404, 404), "carla": (200, 200), "lucia": (200, 404)}
    expected |= dict.fromkeys(("marco", "paolo", "vera", "dario", "ada"), (403, 403))
    for who, statuses in expected.items():
        client = of(getattr(cast, who))
        for row, status in zip((case, police), statuses, strict=True):
            for name in ("risk_on_case", "risk_assess"):
                answer = client.get(reverse(name, args=[row.reference]))
                assert answer.status_code == status, (who, name)
                assert status == 200 or "Parolasegreta" not in answer.content.decode()


def test_the_administrator_publishes_a_file(cast):
    ada = of(cast.ada)
    page = reverse("risk_questionnaires")
    assert "quella del programma" in ada.get(page).content.decode()
    example = ada.get(reverse("risk_example"))
    assert json.loads(example.content) == json.loads(json.dumps(DEFAULT))
    for content, words in (
        (b"\xff", "non è JSON"),
        (b"{}", "Manca"),
        (b" " * 200_001, "troppo grande"),
    ):
        refused = ada.post(page, {"file": named(content)})
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert ada.post(page, {"file": named(example.content)}).status_code == 303
    assert "versione 1" in ada.get(page).content.decode()
    for who in ("anna", "carla", "marco", "paolo", "vera", "dario"):
        assert of(getattr(cast, who)).get(page).status_code == 403
        assert of(getattr(cast, who)).get(reverse("risk_example")).status_code == 403


def named(content):
    file = io.BytesIO(content)
    file.name = "questionario.json"
    return file
