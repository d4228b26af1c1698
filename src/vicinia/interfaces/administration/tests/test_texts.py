"""The texts of documents: Ada edits them, nobody else opens the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from vicinia.foundation.accounts.models import User
from vicinia.foundation.documents import actions, queries
from vicinia.foundation.documents.models import DocumentText
from vicinia.foundation.documents.states import TextState

pytestmark = pytest.mark.django_db
KEY = "reviews.acknowledgement"
HERE = f"/testi/{KEY}/it"
SOUND = "# Riesame {{ reference }}\n\nCara, caro, entro {{ threshold_by }} e {{ meet_by }}.\n"
PAGES = ("/testi", HERE, f"{HERE}/scarica", f"{HERE}/versioni/1", f"{HERE}/togli")
ACTS = (f"{HERE}/anteprima", f"{HERE}/scarta", f"{HERE}/versioni/1/rimetti", f"{HERE}/togli", HERE)
OTHERS = ("anna", "carla", "lucia", "marco", "paolo", "vera", "dario")


@pytest.fixture(autouse=True)
def _town(settings: Any) -> None:
    settings.SECOND_FACTOR = False


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ada(cast: Cast) -> Client:
    return of(cast.ada)


@pytest.fixture
def in_use(cast: Cast) -> DocumentText:
    by = cast.ada.as_actor()
    return actions.publish(
        by=by, text=actions.save_draft(by=by, key=KEY, language="it", source=SOUND, note="più breve")
    )


def typed(source: str = SOUND, act: str = "save", **more: Any) -> dict[str, Any]:
    return {"source": source, "note": "", "seen_version": 0, "act": act, **more}


@pytest.mark.parametrize("path", PAGES)
def test_ada_opens_the_pages(ada: Client, in_use: DocumentText, path: str) -> None:
    assert ada.get(path).status_code == 200


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_opens_or_changes_them(cast: Cast, in_use: DocumentText, who: str) -> None:
    client = of(getattr(cast, who))
    for path in PAGES:
        assert client.get(path).status_code == 403, path
    for path in ACTS:
        assert client.post(path, typed("# altro")).status_code == 403, path
    in_use.refresh_from_db()
    assert in_use.state == TextState.PUBLISHED
    assert DocumentText.objects.count() == 1


def test_a_visitor_is_led_to_sign_in(client: Client, db: None) -> None:
    for path in PAGES:
        assert client.get(path)["Location"].startswith("/accesso?next=/")


@pytest.mark.parametrize(
    "path",
    [
        "/testi/nope/it",
        f"/testi/{KEY}/xx",
        "/testi/casework.dossier/ar",
        f"{HERE}/versioni/7",
        f"/testi/{KEY}/xx/scarica",
    ],
)
def test_what_is_not_there_is_not_found(ada: Client, in_use: DocumentText, path: str) -> None:
    assert ada.get(path).status_code == 404


def test_the_list_says_what_is_ours_and_what_is_the_towns(
    ada: Client, in_use: DocumentText, cast: Cast
) -> None:
    actions.save_draft(by=cast.ada.as_actor(), key=KEY, language="fr", source="x")
    page = ada.get("/testi").content.decode()
    assert "Riesame: conferma della richiesta" in page
    for words in ("del Comune", "bozza", "non ancora riletta", "manca"):
        assert words in page


def test_every_text_of_ours_opens_in_the_editor_with_its_preview(ada: Client, db: None) -> None:
    page = ada.get(f"/testi/{KEY}/ar").content.decode()
    assert 'dir="rtl"' in page
    assert "Traduzione non ancora riletta" in page
    assert "Qualcuno che parla questa lingua ha riletto il testo" in page
    for word in ("threshold_by", "meet_by", "chair"):
        assert f'data-insert="{{{{ {word} }}}}"' in page
    # The samples speak the language too.
    assert "11 مايو 2026" in page
    # A language without a text starts from the Italian.
    assert "Il riesame guarda come" in ada.get(f"/testi/{KEY}/zh-hans").content.decode()


def test_looking_keeps_nothing(ada: Client, db: None) -> None:
    answer = ada.post(HERE, typed(act="preview"))
    assert answer.status_code == 200
    assert "Cara, caro, entro 11 maggio 2026" in answer.content.decode()
    assert not DocumentText.objects.exists()


def test_a_draft_is_saved_with_its_faults_and_a_message(ada: Client, db: None) -> None:
    answer = ada.post(HERE, typed("{{ nome }}"), follow=True)
    assert "Ci sono 3 cose da correggere" in answer.content.decode()
    assert "«nome» non è una parola di questo documento" in answer.content.decode()
    assert DocumentText.objects.get().source == "{{ nome }}\n"
    sound = ada.post(HERE, typed(seen_version=1), follow=True)
    assert "si può mettere in uso" in sound.content.decode()


def test_a_faulty_text_is_not_put_into_use(ada: Client, db: None) -> None:
    answer = ada.post(HERE, typed("# Ciao\n\n{{ nome }}", act="publish"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Riga 3: «nome»" in page
    assert "{{ nome }}" in page
    assert not DocumentText.objects.exists()


def test_a_sound_text_is_put_into_use(ada: Client, db: None) -> None:
    answer = ada.post(HERE, typed(SOUND.replace("\n", "\r\n"), act="publish"), follow=True)
    assert "Da adesso i documenti escono con questo testo" in answer.content.decode()
    assert queries.text_of(KEY, "it").source == SOUND


def test_the_same_text_again_is_refused_at_the_form(ada: Client, in_use: DocumentText) -> None:
    answer = ada.post(HERE, typed(act="publish"))
    assert answer.status_code == 422
    assert "È già il testo in uso" in answer.content.decode()
    # The draft was kept, and the page knows its version: going on is not a conflict with oneself.
    assert 'name="seen_version" value="1"' in answer.content.decode()


def test_who_was_slower_sees_both(ada: Client, cast: Cast) -> None:
    actions.save_draft(by=cast.ada.as_actor(), key=KEY, language="it", source="la bozza di un altro")
    answer = ada.post(HERE, typed("la mia bozza"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "la bozza di un altro" in page
    assert "la mia bozza" in page
    assert 'name="seen_version" value="1"' in page
    assert ada.post(HERE, typed("insieme", seen_version=1)).status_code in (302, 303)


def test_the_paper_is_a_pdf_and_keeps_nothing(ada: Client, db: None) -> None:
    answer = ada.post(f"{HERE}/anteprima", {"source": SOUND})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert not DocumentText.objects.exists()
    refused = ada.post(f"{HERE}/anteprima", {"source": "{{ nope"})
    assert refused.status_code == 422
    assert "Qui la forma non torna" in refused.content.decode()


def test_an_older_version_is_compared_and_restored(ada: Client, in_use: DocumentText) -> None:
    ada.post(HERE, typed("# Altro {{ threshold_by }} {{ meet_by }}", act="publish"))
    page = ada.get(f"{HERE}/versioni/1").content.decode()
    assert "più breve" in page
    assert "<ins># Altro" in page
    ada.post(f"{HERE}/versioni/1/rimetti")
    assert queries.text_of(KEY, "it").source == SOUND
    assert ada.post(f"{HERE}/versioni/3/rimetti").status_code == 409


def test_going_back_to_ours_is_asked_first(ada: Client, in_use: DocumentText) -> None:
    assert "Vuoi tornare al testo di partenza" in ada.get(f"{HERE}/togli").content.decode()
    assert queries.text_of(KEY, "it").version == 1
    ada.post(f"{HERE}/togli")
    assert queries.text_of(KEY, "it").version == 0
    assert ada.get(f"{HERE}/togli").status_code == 409


def test_going_back_where_we_wrote_nothing_says_that_it_will_be_italian(ada: Client, cast: Cast) -> None:
    by = cast.ada.as_actor()
    actions.publish(by=by, text=actions.save_draft(by=by, key=KEY, language="ur", source=SOUND))
    assert "il documento uscirà in italiano" in ada.get(f"/testi/{KEY}/ur/togli").content.decode()


def test_a_draft_is_dropped(ada: Client, db: None) -> None:
    ada.post(HERE, typed())
    ada.post(f"{HERE}/scarta")
    assert DocumentText.objects.get().state == TextState.DROPPED
    assert ada.post(f"{HERE}/scarta").status_code in (302, 303)


def test_the_text_is_downloaded(ada: Client, in_use: DocumentText) -> None:
    answer = ada.get(f"{HERE}/scarica")
    assert answer.content.decode() == SOUND
    assert answer["Content-Disposition"] == f'attachment; filename="{KEY}.it.md"'


def test_many_versions_cost_no_more_than_one(
    ada: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    by = cast.ada.as_actor()
    for number in range(30):
        source = SOUND + f"\n{number}\n"
        actions.publish(by=by, text=actions.save_draft(by=by, key=KEY, language="it", source=source))
    ada.get(HERE)
    with django_assert_max_num_queries(14):
        assert ada.get(HERE).status_code == 200
    with django_assert_max_num_queries(8):
        assert ada.get("/testi").status_code == 200
