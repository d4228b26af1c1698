"""A letter is drafted, looked at, signed, delivered and answered; what was signed never changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast
from vicinia.domain.casework.models import Case, Matter
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.letters import actions, papers, queries, rules
from vicinia.domain.letters.actions import LetterWords
from vicinia.domain.letters.models import Letter
from vicinia.domain.listening.tests.factories import body, police_kind, report_in
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import actions as people
from vicinia.domain.people.models import Person
from vicinia.foundation.documents import kinds
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.documents.wording import render_text
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db


def matter(letter: Letter) -> Matter | None:
    return Matter.objects.filter(key=f"letter:{letter.pk}").first()


def seen_now(by, letter):
    paper, _text = papers.compose(by=by, letter=letter, purpose="guardo")
    return paper


def test_a_letter_is_written_in_the_language_of_the_person(anna, to_maria) -> None:
    letter = to_maria()
    paper = seen_now(anna, letter)
    assert (letter.language, paper.language) == ("fr", "fr")
    assert paper.title == "Ce que nous avons fait"
    assert paper.to == ("Maria Bassi", "Via dei Mille 12")
    assert "Bonjour Maria Bassi" in paper.text
    assert "La porta è riparata." in paper.text
    assert not papers.text_of(letter).is_reviewed


def test_without_a_text_in_their_language_it_is_english(anna, case, maria, to_maria) -> None:
    Person.objects.update(language="ur")
    assert to_maria().language == "en"
    with pytest.raises(Refused, match="in questa lingua"):
        to_maria(language="ur")


def test_what_is_signed_is_frozen_to_the_byte(anna, case, to_maria, settings) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    first = papers.print_letter(by=anna, letter=letter)
    Person.objects.update(language="it")
    person = Person.objects.get()
    person.name, person.address = "Maria Verdi", "altrove"
    person.save()
    settings.TOWN_NAME, settings.HELP_PHONE = "Altro comune", "1"
    Case.objects.update(title="altro")
    letter = queries.letter_named(anna, letter.pk)
    assert papers.print_letter(by=anna, letter=letter) == first
    assert letter.digest == papers.digest_of(letter.paper_json)
    with connection.cursor() as cursor:
        cursor.execute("SELECT paper_json, words_json FROM letters_letter")
        assert not any("Maria" in kept or "riparata" in kept for kept in cursor.fetchone())


def test_numbers_follow_one_another_without_a_gap(anna, to_maria) -> None:
    year = clock.today().year
    first = actions.issue(by=anna, letter=to_maria())
    refused = to_maria()
    with pytest.raises(Refused):
        actions.issue(by=anna, letter=refused, seal="another")
    second = actions.issue(by=anna, letter=to_maria())
    assert [first.number, second.number] == [f"LET-{year}-0001", f"LET-{year}-0002"]


def test_only_what_was_looked_at_is_signed(anna, to_maria) -> None:
    letter = to_maria()
    seal = papers.seal_of(seen_now(anna, letter))
    actions.change(by=anna, letter=letter, new=LetterWords(words={"text": "Altro."}), seen_version=None)
    with pytest.raises(Refused, match="è cambiata dopo"):
        actions.issue(by=anna, letter=letter, seal=seal)
    letter.refresh_from_db()
    assert actions.issue(by=anna, letter=letter, seal=papers.seal_of(seen_now(anna, letter))).number


def test_a_draft_changed_by_two_keeps_both(anna, to_maria) -> None:
    letter = to_maria()
    actions.change(by=anna, letter=letter, new=LetterWords(words={"text": "Uno."}), seen_version=1)
    with pytest.raises(Conflict):
        actions.change(by=anna, letter=letter, new=LetterWords(words={"text": "Due."}), seen_version=1)


def test_what_was_signed_is_not_changed_nor_dropped(anna, to_maria) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    with pytest.raises(Refused, match="già firmata"):
        actions.change(by=anna, letter=letter, new=LetterWords(), seen_version=None)
    with pytest.raises(Refused, match="già firmata"):
        actions.drop(by=anna, letter=letter)
    with pytest.raises(Refused, match="già firmata"):
        actions.issue(by=anna, letter=letter)


def test_a_dropped_draft_leaves_no_word(anna, to_maria) -> None:
    letter = actions.drop(by=anna, letter=to_maria())
    assert letter.words == {}
    assert not queries.letters(anna).exists()


def test_a_letter_needs_its_words_and_days_to_come(anna, to_maria, soon) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    with pytest.raises(Refused, match="Mancano"):
        actions.issue(by=anna, letter=to_maria("invitation", text=""))
    past = {"meet_on": yesterday.isoformat(), "meet_at": "10:00", "place": "qui"}
    with pytest.raises(Refused, match="giorno del colloquio"):
        actions.issue(by=anna, letter=to_maria("invitation", words=past))
    with pytest.raises(Refused, match="entro cui rispondere"):
        actions.issue(by=anna, letter=to_maria("information", answer_by=yesterday))
    to_come = past | {"meet_on": soon.isoformat()}
    letter = actions.issue(by=anna, letter=to_maria("invitation", words=to_come, language="it"))
    assert "alle 10:00" in letter.paper["text"]


def test_it_is_handed_over_then_its_answer_is_awaited(anna, to_maria, soon) -> None:
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    assert matter(letter).sentence.startswith("Consegnare la lettera LET-")
    with pytest.raises(Refused, match="deve ancora venire"):
        actions.deliver(by=anna, letter=letter, state="handed", day=soon)
    with pytest.raises(Refused, match="dopo questo giorno"):
        actions.deliver(by=anna, letter=letter, state="posted", day=clock.today() - dt.timedelta(days=2))
    with pytest.raises(Refused, match="Scegli come"):
        actions.deliver(by=anna, letter=letter, state="called_back")
    letter = actions.deliver(by=anna, letter=letter, state="posted", day=clock.today())
    assert "non ha ancora risposto" in matter(letter).sentence
    assert matter(letter).due_on == soon
    letter = actions.note_answer(by=anna, letter=letter, note="Sì, arriva.")
    assert (letter.answer, letter.answer_note, matter(letter)) == ("came", "Sì, arriva.", None)
    with pytest.raises(Refused, match="Non si aspetta"):
        actions.note_answer(by=anna, letter=letter, note="x")


def test_an_answer_is_given_up_with_a_reason(anna, to_maria, soon) -> None:
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    letter = actions.deliver(by=anna, letter=letter, state="handed")
    with pytest.raises(Refused, match="motivo"):
        actions.give_up_answer(by=anna, letter=letter, reason=" ")
    letter = actions.give_up_answer(by=anna, letter=letter, reason="si è trasferita")
    assert (letter.answer, matter(letter)) == ("given_up", None)


def test_a_letter_without_an_answer_leaves_nothing_open_once_delivered(anna, to_maria) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    assert matter(letter)
    assert matter(actions.deliver(by=anna, letter=letter, state="handed")) is None


def test_its_words_are_mailed_to_a_known_address(anna, to_maria) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    letter = actions.deliver(
        by=anna, letter=letter, state="emailed", day=clock.today() - dt.timedelta(days=9)
    )
    message = OutboxMessage.objects.get(template="letter_by_mail")
    assert (message.to, message.subject) == ("maria@posta.example", "Ce que nous avons fait")
    assert "La porta è riparata." in message.body
    assert letter.number in message.body
    assert letter.sent_on == clock.today()


def test_without_an_address_nothing_is_mailed(anna, to_maria) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    Person.objects.get().contact_points.all().delete()
    with pytest.raises(Refused, match="Non conosciamo"):
        actions.deliver(by=anna, letter=letter, state="emailed")


@pytest.mark.parametrize("delivered", [True, False])
def test_a_letter_is_called_back_with_a_reason(anna, to_maria, soon, delivered) -> None:
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon if delivered else None))
    if delivered:
        letter = actions.deliver(by=anna, letter=letter, state="emailed")
    before = letter.paper_json
    with pytest.raises(Refused, match="motivo"):
        actions.call_back(by=anna, letter=letter, reason="")
    letter = actions.call_back(by=anna, letter=letter, reason="indirizzo sbagliato")
    assert (letter.state, letter.paper_json, matter(letter)) == ("called_back", before, None)
    assert letter.answer == ("given_up" if delivered else "none")
    assert not OutboxMessage.objects.filter(template="letter_by_mail", state="queued").exists()
    with pytest.raises(Refused):
        actions.deliver(by=anna, letter=letter, state="handed")


def test_the_number_of_the_register_is_written_on_what_was_signed(anna, to_maria) -> None:
    letter = to_maria()
    with pytest.raises(Refused, match="non è ancora firmata"):
        actions.register(by=anna, letter=letter, protocol="12")
    letter = actions.issue(by=anna, letter=letter)
    assert actions.register(by=anna, letter=letter, protocol=" 4321/2026 ").protocol == "4321/2026"
    assert actions.register(by=anna, letter=letter, protocol="").protocol == ""
    assert rules.may_be_delivered_on(Letter(), clock.today(), clock.today()).allowed is False


def test_a_body_reads_what_was_chosen(anna, case, to_casa) -> None:
    Case.objects.update(summary="Ogni notte.")
    letter = actions.issue(by=anna, letter=to_casa(facts=("summary", "kind")))
    text = letter.paper["text"]
    assert "Spett.le Azienda casa" in text
    assert "Ogni notte." in text
    assert "Che problema è" in text or "che problema è" in text
    assert "dove:" not in text
    shared = Entry.objects.get(event="letter.shared")
    assert shared.facts["facts"] == "che problema è, che cosa succede"
    assert letter.language == "it"


@pytest.mark.parametrize(
    "words", ["Sentire la signora Bassi.", "Chiamare 059 123456.", "Scrivere a maria@posta.example"]
)
def test_people_are_named_to_a_body_only_on_a_basis(anna, to_casa, maria, words) -> None:
    letter = to_casa(text=words)
    with pytest.raises(Refused, match="nomi o recapiti"):
        actions.issue(by=anna, letter=letter)
    new = LetterWords(words={"text": words}, basis="consent", basis_note="a voce, ieri")
    actions.change(by=anna, letter=letter, new=new, seen_version=None)
    letter = actions.issue(by=anna, letter=letter)
    assert [person.pk for person in letter.named.all()] == [maria.person_id]
    assert Entry.objects.get(event="letter.shared").facts["people"] == "1"


def test_a_word_that_is_no_name_is_let_through(anna, to_casa) -> None:
    assert actions.issue(by=anna, letter=to_casa(text="Le case basse e la maria del canto.")).number


def test_a_letter_is_for_one_of_the_right_sort(anna, case, maria, casa) -> None:
    new = LetterWords(words={"text": "x"})
    for kind, whom in (
        ("news", {}),
        ("news", {"body": casa}),
        ("body_free", {}),
        ("body_free", {"to": maria}),
    ):
        with pytest.raises(Refused, match="Scegli a quale"):
            actions.draft(by=anna, case=case, kind=kind, new=new, **whom)
    PartnerBody.objects.update(is_active=False)
    casa.refresh_from_db()
    with pytest.raises(Refused, match="non è più"):
        actions.draft(by=anna, case=case, kind="body_free", new=new, body=casa)


def test_a_police_case_is_not_written_about_outside(cast: Cast, anna) -> None:
    case = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    new = LetterWords(words={"text": "x"})
    with pytest.raises(Refused, match="pubblica sicurezza"):
        actions.draft(by=anna, case=case, kind="body_summary", new=new, body=body("casa"))
    office = body("anagrafe", is_internal=True)
    assert actions.draft(by=anna, case=case, kind="body_summary", new=new, body=office).pk


def test_the_last_word_is_written_after_closing(cast: Cast, anna, case, to_maria) -> None:
    close_case(anna, case)
    assert actions.issue(by=anna, letter=to_maria("closing")).number
    with pytest.raises(Refused, match="non lavora"):
        rules.may_settle(cast.actor(cast.vera)).require()
    with pytest.raises(Refused, match="un'altra zona"):
        open_one = case_of(anna, report_in(cast.crocetta))
        rules.may_write(cast.actor(cast.bruno), open_one).require()


def test_no_line_of_the_journal_says_what_was_written_or_to_whom_by_name(anna, to_maria, soon) -> None:
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    letter = actions.deliver(by=anna, letter=letter, state="handed")
    actions.note_answer(by=anna, letter=letter, note="segreto")
    lines = "".join(map(str, Entry.objects.filter(event__startswith="letter.").values_list("facts", "note")))
    assert "chi segnala" in lines
    assert not any(word in lines for word in ("Maria", "Bassi", "riparata", "segreto"))
    assert "Maria" not in str(list(Matter.objects.values_list("facts", flat=True)))


def test_reading_a_letter_to_a_person_is_logged(anna, to_maria) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    before = Sight.objects.count()
    papers.frozen(by=anna, letter=letter, purpose="leggo")
    assert Sight.objects.count() == before + 1


def test_who_asks_for_a_copy_gets_their_letters_and_who_named_them(anna, to_maria, to_casa, maria) -> None:
    actions.issue(by=anna, letter=to_maria())
    named = to_casa(text="La signora Bassi.", basis="consent", basis_note="sì")
    actions.issue(by=anna, letter=named)
    to_maria(text="bozza")
    copy = queries.copy_for_person(maria.person_id)
    assert [row["tipo"] for row in copy] == [
        "Che cosa abbiamo fatto",
        "Riassunto di ciò che chiediamo a un ente",
        "Che cosa abbiamo fatto",
    ]
    assert "riparata" in copy[0]["testo"]
    assert "Bassi" in copy[1]["testo"]
    assert "bozza" in copy[2]["testo"]


def test_erasing_a_person_takes_the_words_and_leaves_the_fact(anna, to_maria, to_casa, maria) -> None:
    sent = actions.deliver(by=anna, letter=actions.issue(by=anna, letter=to_maria()), state="emailed")
    named = actions.issue(by=anna, letter=to_casa(text="La signora Bassi.", basis="consent", basis_note="sì"))
    back = actions.call_back(
        by=anna, letter=actions.issue(by=anna, letter=to_maria()), reason="Maria non c'è"
    )
    draft = to_maria()
    assert actions.erase_person(by=anna, person_id=maria.person_id) == 4
    rows = {row.pk: row for row in Letter.objects.all()}
    for pk in (sent.pk, named.pk, back.pk):
        row = rows[pk]
        assert (row.words_json, row.paper_json, row.digest, row.basis_note) == ("{}", "", "", "")
        assert row.number
        assert row.erased_at
    assert rows[back.pk].end_reason == "…"
    assert rows[named.pk].body_id and not rows[named.pk].named.exists()
    assert rows[draft.pk].state == "dropped"
    assert not OutboxMessage.objects.filter(template="letter_by_mail").exclude(body="").exists()
    assert queries.copy_for_person(maria.person_id) == []
    with pytest.raises(Refused, match="cancellate"):
        rules.may_print(anna, rows[sent.pk]).require()
    with pytest.raises(Refused, match="non c'è più"):
        rules.may_issue(anna, Letter(kind="news"), {}, clock.today(), names_people=False).require()


def test_the_database_keeps_what_must_always_hold(anna, to_maria, to_casa) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    for changes in ({"number": ""}, {"paper_json": ""}, {"state": "draft"}, {"body": to_casa().body}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**changes)


def test_values_mean_nothing_in_a_letter(anna, to_maria) -> None:
    letter = to_maria(text="<script>x</script> **forte** [qui](javascript:1) {{ name }}\n\n# titolo")
    paper = seen_now(anna, letter)
    assert "<script>" not in paper.body
    assert "**forte**" in paper.text
    assert "{{ name }}" in paper.text
    assert paper.body.count("<h1>") == 1
    assert "href" not in paper.body


def test_what_is_empty_is_not_asked_for(anna, to_casa, to_maria, soon) -> None:
    assert "rispondere entro" not in seen_now(anna, to_casa()).text
    assert "rispondere entro" in seen_now(anna, to_casa(answer_by=soon)).text
    assert "Ecco che cosa" not in seen_now(anna, to_casa()).text
    assert "\u2068Maria Bassi\u2069" in seen_now(anna, to_maria(language="ar")).text


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds.all_kinds() if kind.key.startswith("letters.")], ids=lambda kind: kind.key
)
def test_every_text_of_ours_asks_only_for_its_words(kind: kinds.DocumentKind) -> None:
    words = {word.name: word.sample for word in kind.words}
    languages = [code for code, _name in documents.languages_of(kind.key)]
    assert {"it", "en"} <= set(languages)
    for language in languages:
        source = documents.text_of(kind.key, language).source
        full = render_text(source, words)
        bare = render_text(
            source, {name: [] if isinstance(one, list) else None for name, one in words.items()}
        )
        assert full.count("<h1>") == 1, (language, full)
        assert not {"{", "}", "None"} & set(bare), (language, bare)
        if kind.audience == kinds.Audience.RESIDENT:
            assert "Maria Bassi" in full


def test_the_real_erasure_reaches_letters(cast: Cast, anna, to_maria, maria) -> None:
    actions.issue(by=anna, letter=to_maria())
    people.erase(by=cast.actor(cast.carla), person=maria.person)
    assert not Letter.objects.exclude(paper_json="").exists()
