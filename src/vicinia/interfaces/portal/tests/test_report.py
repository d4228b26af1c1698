"""The form, step by step, without a browser."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import Cast
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import jobs
from vicinia.domain.listening.models import Draft, MeToo, Rating, Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.listening.tests.factories import kind, new_report, police_kind
from vicinia.domain.territory import queries as territory
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.interfaces.portal.tests.conftest import Filler, answers
from vicinia.interfaces.portal.views.report import TRAP

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def picture(name: str = "cortile.jpg") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), (40, 90, 140)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_report_goes_from_privacy_to_the_private_page(filled: Filler) -> None:
    client = filled()
    assert "La musica continua" in text_of(client, "/segnala/riepilogo")
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala/conferma"
    page = text_of(client, "/segnala/conferma")
    report = Report.objects.get()
    token = page.split("/segui/")[1].split('"')[0]
    assert report.reference in page and "m…@e….it" in page
    assert report.address == "Via dei Mille, 12" and report.channel == Channel.WEB
    assert report.privacy_read_at is not None and report.wants_contact
    assert "Rumore di notte" in text_of(client, f"/segui/{token}")


def test_the_message_to_the_reporter_carries_the_private_link(filled: Filler) -> None:
    filled().post("/segnala/riepilogo")
    message = OutboxMessage.objects.get()
    assert message.to == "maria@esempio.it" and "/segui/" in message.body
    assert "Rumore di notte" in message.body and "333" not in message.body


def test_sending_twice_makes_one_report(filled: Filler) -> None:
    client = filled()
    client.post("/segnala/riepilogo")
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala/conferma"
    assert client.post("/segnala/dati", answers()).headers["Location"] == "/segnala/conferma"
    assert Report.objects.count() == 1 and OutboxMessage.objects.count() == 1


def test_privacy_must_be_read_before_anything(client: Client, place: object) -> None:
    assert "conferma di aver letto" in client.post("/segnala", {}).content.decode()
    assert client.get("/segnala/dati").headers["Location"] == "/segnala"
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala"
    assert client.get("/segnala/conferma").headers["Location"] == "/segnala"
    client.post("/segnala/dati", answers())
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala"
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"address": ""}, "Scrivi dove succede"),
        ({"kind": ""}, "Scegli il tipo dalla lista"),
        ({"kind": "inventato"}, "Scegli un"),
        ({"title": ""}, "obbligatorio"),
        ({"title": "x" * 141}, "140"),
        ({"description": "x" * 5001}, "5000"),
        ({"identity": ""}, "Scegli se lasciare i tuoi contatti"),
        ({"name": ""}, "Scrivi il tuo nome"),
        ({"phone": "", "email": ""}, "Lascia un telefono"),
        ({"phone": "12"}, "Questo numero di telefono"),
        ({"email": "maria@"}, "Questo indirizzo e-mail"),
        ({"contact_way": "visit"}, "Serve per cercarti"),
    ],
)
def test_wrong_answers_get_a_sentence_and_lose_nothing(
    client: Client, place: object, change: dict[str, str], sentence: str
) -> None:
    client.post("/segnala", {"privacy": "on"})
    answer = client.post("/segnala/dati", answers(since_words="da Natale", **change))
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "da Natale" in page
    assert "da Natale" in text_of(client, "/segnala/dati")


def test_words_that_name_one_kind_choose_it_and_several_are_named(filled: Filler, client: Client) -> None:
    kind("rumore-bar", name="Rumori dei locali", keywords=["bar"])
    client.post("/segnala", {"privacy": "on"})
    several = client.post("/segnala/dati", answers(kind="", kind_words="rumori")).content.decode()
    assert "Rumori dei locali" in several and "Scegli uno di questi tipi" in several
    filled(kind="", kind_words="schiamazzi").post("/segnala/riepilogo")
    assert Report.objects.get().category.code == "rumore"


def test_saving_and_going_back_keep_what_was_typed(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    half = {"title": "Rumore", "at_risk": "on"}
    assert client.post("/segnala/dati", half | {"save": "1"}).headers["Location"] == "/segnala/dati"
    page = text_of(client, "/segnala/dati")
    assert 'value="Rumore"' in page and "Abbiamo salvato la richiesta" in page
    assert 'id="id_at_risk" checked' in page.replace('aria-describedby="id_at_risk_helptext" ', "")
    assert client.post("/segnala/dati", {"title": "Rumore", "back": "1"}).headers["Location"] == "/segnala"
    assert "Hai una segnalazione iniziata" in text_of(client, "/segnala")
    assert 'id="id_at_risk" checked' not in text_of(client, "/segnala/dati")


def test_a_draft_is_unreadable_at_rest_and_forgotten_after_its_days(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    client.post("/segnala/dati", answers(photos=picture()))
    row = Draft.objects.get()
    assert b"Maria" not in bytes(row.content) and client.cookies["bozza"].value not in row.token_digest
    assert client.cookies["bozza"]["httponly"] and client.cookies["bozza"]["path"] == "/segnala"
    assert Attachment.objects.live().count() == 1
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=8), tick=False):
        assert client.get("/segnala/riepilogo").headers["Location"] == "/segnala"
        assert jobs.forget_drafts() == 1
    assert not Draft.objects.exists() and not Attachment.objects.live().exists()


def test_starting_again_forgets_everything(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    client.post("/segnala/dati", answers(photos=picture()))
    assert client.get("/segnala/ricomincia").status_code == 405
    assert client.post("/segnala/ricomincia").headers["Location"] == "/"
    assert not Draft.objects.exists() and not Attachment.objects.live().exists()
    assert client.cookies["bozza"].value == ""


def test_photos_are_kept_shown_to_their_writer_removed_and_sent(filled: Filler) -> None:
    client = filled(photos=[picture("a.jpg"), picture("b.jpg")])
    first, second = Attachment.objects.live()
    assert client.get(f"/segnala/foto/{first.name}").status_code == 200
    assert Client().get(f"/segnala/foto/{first.name}").status_code == 404
    client.post("/segnala/dati", answers(remove=first.name))
    client.post("/segnala/riepilogo")
    assert [file.name for file in attachments.of(Report.objects.get())] == [second.name]
    assert client.get(f"/segnala/foto/{second.name}").status_code == 404


def test_a_file_that_is_no_photo_is_refused_beside_the_field(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    page = SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script>", "image/jpeg")
    answer = client.post("/segnala/dati", answers(photos=page))
    assert answer.status_code == 422 and "foto.jpg" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_more_photos_than_a_handful_are_refused(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    answer = client.post("/segnala/dati", answers(photos=[picture() for _ in range(9)]))
    assert answer.status_code == 422 and "al massimo 8" in answer.content.decode()
    assert not Attachment.objects.live().exists()


def test_what_only_machines_fill_in_stops_a_step_but_loses_nothing(client: Client, place: object) -> None:
    client.post("/segnala", {"privacy": "on"})
    answer = client.post("/segnala/dati", answers(**{TRAP: "http://spam.example"}))
    assert answer.status_code == 422 and "Rumore di notte" in answer.content.decode()
    assert "spam.example" not in answer.content.decode()
    assert client.post("/segnala/dati", answers()).headers["Location"] == "/segnala/riepilogo"


def test_too_many_sendings_from_one_address_are_refused_and_kept(filled: Filler) -> None:
    for _time in range(30):
        filled().post("/segnala/riepilogo")
    answer = filled().post("/segnala/riepilogo")
    assert answer.status_code == 409 and "resta salvato" in answer.content.decode()
    assert Report.objects.count() == 30 and Draft.objects.count() == 31


def test_who_stays_anonymous_leaves_nothing_and_is_promised_no_call(filled: Filler) -> None:
    client = filled(identity="anonymous", name="Maria Rossi")
    assert "Maria" not in text_of(client, "/segnala/riepilogo")
    client.post("/segnala/riepilogo")
    report = Report.objects.get()
    assert report.reporter is None and not report.wants_contact and not OutboxMessage.objects.exists()
    page = text_of(client, "/segnala/conferma")
    assert "Conserva questo collegamento" in page and "ti cerca entro" not in page


def test_someone_at_risk_is_told_of_112_and_contacted_sooner(filled: Filler) -> None:
    client = filled(at_risk="on")
    assert "tel:112" in text_of(client, "/segnala/riepilogo")
    client.post("/segnala/riepilogo")
    assert Report.objects.get().at_risk


def test_words_for_a_place_that_nobody_knows_are_taken(filled: Filler) -> None:
    client = filled(address="", place_words="dietro la scuola")
    assert "lo cerchiamo noi" in text_of(client, "/segnala/riepilogo")
    client.post("/segnala/riepilogo")
    assert Report.objects.get().where == "dietro la scuola"


@pytest.mark.parametrize(
    "field", ["title", "description", "since_words", "who_suffers", "place_words", "on_behalf_of"]
)
def test_what_is_typed_never_becomes_markup(filled: Filler, field: str) -> None:
    client = filled(**{field: XSS})
    for path in ("/segnala/dati", "/segnala/riepilogo"):
        assert "<script>alert" not in text_of(client, path) and "<img src=x" not in text_of(client, path)
    client.post("/segnala/riepilogo")
    assert "<script>alert" not in text_of(client, "/segnala/conferma")


def test_the_address_of_who_was_known_already_is_not_given_to_who_knows_their_number(
    filled: Filler,
) -> None:
    filled(email="privata@esempio.it").post("/segnala/riepilogo")
    again = filled(email="")
    again.post("/segnala/riepilogo")
    maria = Report.objects.values_list("reporter", flat=True)
    assert len(maria) == 2 and len(set(maria)) == 1, "the same telephone and name: the same person"
    assert "privata@esempio.it" not in text_of(again, "/segnala/conferma")


def already_reported(**fields: object) -> Report:
    place = territory.locate(address_words="via dei mille 12")
    new = new_report(location=place, **fields)
    return listening.receive(by=Actor.visitor(), new=new, channel=Channel.PHONE).report


def test_similar_open_reports_show_kind_street_and_day_only(filled: Filler) -> None:
    already_reported(title="Urla del vicino Bianchi", description="Bianchi urla sempre")
    page = text_of(filled(), "/segnala/riepilogo")
    assert "Qualcuno l'ha già segnalato?" in page and "Via dei Mille" in page
    for secret in ("Bianchi", "Bassi", "059 123456", "059123456", Report.objects.get().reference):
        assert secret not in page


def test_closed_police_and_other_private_kinds_are_not_shown(filled: Filler, cast: Cast) -> None:
    already_reported(category=police_kind())
    already_reported(category=kind("lite", name="Liti"))
    ended = already_reported()
    listening.answer(by=cast.actor(cast.anna), report=ended, words="Fatto.")
    assert "già segnalato?" not in text_of(filled(), "/segnala/riepilogo")


def test_me_too_adds_a_person_and_its_photos_instead_of_a_double(filled: Filler) -> None:
    first = already_reported()
    client = filled(photos=picture())
    key = text_of(client, "/segnala/riepilogo").split('name="report" value="')[1].split('"')[0]
    for _time in range(2):
        answer = client.post("/segnala/riguarda-anche-me", {"report": key})
        assert answer.headers["Location"] == "/segnala/conferma"
    page = text_of(client, "/segnala/conferma")
    assert (
        "riguarda anche te" in page
        and first.reference not in page
        and "/segui/" not in page.split("<main")[1]
    )
    me_too = MeToo.objects.get()
    assert me_too.person is not None and me_too.words == "La musica continua fino alle tre."
    assert attachments.of(me_too).count() == 1 and not attachments.of(first).exists()


def joined(client: Client) -> MeToo:
    """Maria joins the report that she is shown."""
    key = text_of(client, "/segnala/riepilogo").split('name="report" value="')[1].split('"')[0]
    client.post("/segnala/riguarda-anche-me", {"report": key})
    return MeToo.objects.get()


def test_who_joins_is_told_by_mail_without_the_number_of_somebody_elses_report(filled: Filler) -> None:
    first = already_reported()
    joined(filled(description="Sono al terzo piano, non dormo."))
    mail = OutboxMessage.objects.get(template="me_too_received")
    assert mail.to == "maria@esempio.it" and "Sono al terzo piano" in mail.body
    assert "Rumori, Via dei Mille" in mail.body
    assert first.reference not in mail.body + mail.subject and "/segui/" not in mail.body


def test_who_joins_without_an_address_is_sent_nothing(filled: Filler) -> None:
    already_reported()
    joined(filled(identity="anonymous"))
    assert not OutboxMessage.objects.filter(template="me_too_received").exists()


def test_staff_see_what_who_joined_wrote_and_sent_and_the_first_reporter_does_not(
    filled: Filler, cast: Cast, settings: object
) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    first = already_reported()
    token = listening.follow_token(by=Actor.visitor(), report=first)
    client = filled(photos=picture(), description="Sono al terzo piano, non dormo.")
    me_too = joined(client)
    photo = attachments.of(me_too).get()
    page = text_of(client, f"/segui/{token}")
    assert "Un&#x27;altra persona" in page and first.title in page
    assert photo.name not in page and "terzo piano" not in page
    assert client.get(f"/segui/{token}/file/{photo.name}").status_code == 404
    client.force_login(cast.anna)
    page = text_of(client, f"/in-arrivo/{first.reference}")
    assert "terzo piano" in page and "Maria Rossi" not in page and me_too.person is not None
    for shown in (f"/in-arrivo/{first.reference}/file/{photo.name}", f"/persone/{me_too.person.reference}"):
        assert shown in page and client.get(shown).status_code == 200
    client.force_login(cast.bruno)
    for hidden in (f"/in-arrivo/{first.reference}/file/{photo.name}", f"/persone/{me_too.person.reference}"):
        assert client.get(hidden).status_code == 404


def test_me_too_refuses_a_report_that_was_not_shown(filled: Filler) -> None:
    hidden = already_reported(category=police_kind())
    client = filled()
    for key in (hidden.reference, "", XSS):
        assert client.post("/segnala/riguarda-anche-me", {"report": key}).status_code == 404
    assert not MeToo.objects.exists()


def test_a_rating_is_anonymous_and_given_once(filled: Filler) -> None:
    client = filled()
    client.post("/segnala/riepilogo")
    assert "Dove hai incontrato le maggiori difficoltà?" in text_of(client, "/segnala/valutazione?stars=2")
    assert "Quali sono stati gli aspetti che hai preferito?" in text_of(
        client, "/segnala/valutazione?stars=4"
    )
    for _time in range(2):
        client.post("/segnala/valutazione", {"stars": "4", "liked": "clear", "words": "Facile"})
    rating = Rating.objects.get()
    assert (rating.stars, rating.liked, rating.words) == (4, "clear", "Facile")
    assert {field.name for field in Rating._meta.fields} == {"id", "stars", "liked", "words", "rated_on"}
    for stars in ("0", "6", XSS):
        assert client.get("/segnala/valutazione", {"stars": stars}).status_code == 302


def test_pages_of_the_form_are_kept_nowhere(filled: Filler) -> None:
    client = filled()
    for path in ("/segnala", "/segnala/dati", "/segnala/riepilogo"):
        answer = client.get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_kinds_are_proposed_by_the_words_that_people_use(client: Client, place: object) -> None:
    rows = client.get("/segnala/tipi", {"q": "schiamazi"}).json()
    assert rows[0]["value"] == "rumore"
    assert client.get("/segnala/tipi", {"q": XSS}).json() == []


def test_the_steps_cost_a_bounded_number_of_statements(
    filled: Filler, django_assert_max_num_queries: object
) -> None:
    client = filled()
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get("/segnala/riepilogo")
    with django_assert_max_num_queries(31):  # type: ignore[operator]
        client.post("/segnala/riepilogo")
