"""The pages of letters and of the plan: who opens which, what they keep, what they cost."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.letters import actions
from vicinia.domain.letters.models import Letter
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.people.models import Person
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
GETS = ("letter", "letter_paper", "letter_change", "letter_drop")
ISSUED_GETS = ("letter", "letter_paper", "letter_deliver", "letter_call_back", "letter_protocol")
AWAITED_GETS = ("letter_answered", "letter_give_up")
POSTS = ("letter_issue", "letter_mail")


def words_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_only_who_sees_the_case_opens_its_letters(cast: Cast, anna, to_maria, soon) -> None:
    draft = to_maria()
    issued = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    pages = [(name, draft) for name in GETS] + [(name, issued) for name in (*ISSUED_GETS, *AWAITED_GETS)]
    for who in ("anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada"):
        client = client_of(getattr(cast, who))
        expected = {"anna": 200, "carla": 200, "lucia": 200, "bruno": 404}.get(who, 403)
        for name, row in pages:
            if name == "letter_paper" and who not in ("anna", "bruno", "vera"):
                continue  # a PDF takes its time
            status = client.get(reverse(name, args=[row.pk])).status_code
            assert status == expected, f"{who} {name}: {status}"
        for name in POSTS:
            assert client.get(reverse(name, args=[draft.pk])).status_code in (403, 405)
            if expected != 200:
                assert client.post(reverse(name, args=[draft.pk])).status_code == expected
        new = client.get(reverse("letter_new", args=[draft.case.reference, "news"])).status_code
        assert new == expected, f"{who} letter_new: {new}"
        assert client.get(reverse("case_letters")).status_code == (403 if expected == 403 else 200)


def test_letters_of_a_police_case_are_for_who_sees_it(cast: Cast, anna) -> None:
    case = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    person = case.case_people.get()
    new = actions.LetterWords(words={"text": "Abbiamo guardato."})
    letter = actions.draft(by=anna, case=case, kind="news", new=new, to=person)
    assert client_of(cast.anna).get(reverse("letter", args=[letter.pk])).status_code == 200
    assert client_of(cast.lucia).get(reverse("letter", args=[letter.pk])).status_code == 404
    assert "Che cosa abbiamo fatto" not in client_of(cast.lucia).get(reverse("case_letters")).content.decode()


def test_a_letter_from_the_first_word_to_the_answer(desk, case, maria, soon) -> None:
    new = reverse("letter_new", args=[case.reference, "information"])
    assert desk.get(reverse("letter_choose", args=[case.reference])).status_code == 200
    page = desk.get(new).content.decode()
    assert "chi segnala" in page
    assert "M. B." in page
    assert "Maria Bassi" not in page
    typed = {"to": maria.pk, "language": "", "text": "", "answer_by": soon.isoformat()}
    refused = desk.post(new, typed)
    assert refused.status_code == 422
    assert soon.isoformat() in refused.content.decode(), "what was typed is kept"
    typed["text"] = "Quando sei a casa?"
    letter = Letter.objects.get(pk=int(desk.post(new, typed)["Location"].rsplit("/", 1)[1]))

    page = desk.get(reverse("letter", args=[letter.pk]))
    assert 'lang="fr"' in page.content.decode()
    assert "non è ancora stata riletta" in page.content.decode()
    change = reverse("letter_change", args=[letter.pk])
    assert "Quando sei a casa?" in desk.get(change).content.decode()
    seen = {
        "text": "A che ora sei a casa?",
        "language": "ar",
        "answer_by": soon.isoformat(),
        "seen_version": 1,
    }
    assert desk.post(change, seen).status_code == 303
    late = desk.post(change, seen | {"text": "Perdente"})
    assert late.status_code == 409
    assert "Perdente" in late.content.decode()
    assert "A che ora" in late.content.decode()

    stale = desk.post(reverse("letter_issue", args=[letter.pk]), {"seal": page.context["seal"]})
    assert stale.status_code == 409
    assert "è cambiata dopo" in stale.content.decode()
    assert 'dir="rtl"' in stale.content.decode()
    assert (
        desk.post(reverse("letter_issue", args=[letter.pk]), {"seal": stale.context["seal"]}).status_code
        == 303
    )
    letter.refresh_from_db()
    paper = desk.get(reverse("letter_paper", args=[letter.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert letter.number in words_of(paper.content)

    today = {"state": "posted", "day": clock.today().isoformat()}
    wrong = desk.post(reverse("letter_deliver", args=[letter.pk]), today | {"day": soon.isoformat()})
    assert wrong.status_code == 409
    assert desk.post(reverse("letter_deliver", args=[letter.pk]), today).status_code == 303
    assert desk.post(reverse("letter_protocol", args=[letter.pk]), {"protocol": "12/2026"}).status_code == 303
    assert desk.post(reverse("letter_answered", args=[letter.pk]), {"note": "La sera."}).status_code == 303
    assert "La sera." in desk.get(reverse("letter", args=[letter.pk])).content.decode()
    back = desk.post(reverse("letter_call_back", args=[letter.pk]), {"reason": "superata"})
    assert back.status_code == 303
    assert "superata" in desk.get(reverse("letter", args=[letter.pk])).content.decode()


def test_drafts_are_dropped_and_answers_given_up(desk, anna, to_maria, soon) -> None:
    draft = to_maria()
    assert desk.post(reverse("letter_drop", args=[draft.pk])).status_code == 303
    assert desk.get(reverse("letter", args=[draft.pk])).status_code == 404
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    assert desk.post(reverse("letter_mail", args=[letter.pk])).status_code == 303
    assert desk.post(reverse("letter_give_up", args=[letter.pk]), {"reason": "via"}).status_code == 303
    letter.refresh_from_db()
    assert (letter.state, letter.answer) == ("emailed", "given_up")


def test_a_letter_to_a_body_says_what_leaves(desk, anna, case, casa, to_casa) -> None:
    new = reverse("letter_new", args=[case.reference, "body_summary"])
    typed = {"body": casa.pk, "language": "it", "text": "La signora Bassi aspetta.", "facts": ["place"]}
    made = desk.post(new, typed)
    page = desk.get(made["Location"])
    assert "ci sono nomi o recapiti" in page.content.decode()
    pk = int(made["Location"].rsplit("/", 1)[1])
    refused = desk.post(reverse("letter_issue", args=[pk]), {"seal": page.context["seal"]})
    assert refused.status_code == 409
    assert not Letter.objects.get(pk=pk).number
    casa.is_active = False
    casa.save()
    assert desk.post(new, typed).status_code == 422
    assert desk.get(reverse("letter_new", args=[case.reference, "niente"])).status_code == 404


def test_the_words_of_who_was_erased_are_not_shown(desk, anna, to_maria, maria, cast: Cast) -> None:
    letter = actions.issue(by=anna, letter=to_maria())
    other = to_maria()
    actions.erase_person(by=anna, person_id=maria.person_id)
    assert "sono state cancellate" in desk.get(reverse("letter", args=[letter.pk])).content.decode()
    assert desk.get(reverse("letter_paper", args=[letter.pk])).status_code == 409
    assert desk.get(reverse("letter", args=[other.pk])).status_code == 404


def test_a_draft_is_read_only_by_who_works_on_the_case(desk, cast: Cast, anna, case, to_maria) -> None:
    letter = to_maria()
    close_case(anna, case)
    assert desk.get(reverse("letter", args=[letter.pk])).context["paper"] is not None
    case.refresh_from_db()
    type(case).objects.filter(pk=case.pk).update(stage="response", owner=None)
    page = desk.get(reverse("letter", args=[letter.pk]))
    assert page.context["paper"] is None
    assert "È una bozza" in page.content.decode()
    assert desk.get(reverse("letter_paper", args=[letter.pk])).status_code == 409


def test_lists_cost_the_same_with_many_letters(desk, anna, to_maria, to_casa, soon) -> None:
    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    addresses = [
        f"{reverse('case_letters')}?vista={name}" for name in ("da-finire", "in-attesa", "tutte", "x")
    ]
    letter = actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    addresses.append(reverse("letters_on_case", args=[letter.case.reference]))
    to_maria(), to_casa()
    few = [statements(address) for address in addresses for _again in (1, 2)][1::2]
    for _row in range(8):
        to_maria(), to_casa()
        actions.issue(by=anna, letter=to_maria("information", answer_by=soon))
    assert [statements(address) for address in addresses] == few


def test_lists_show_no_name(desk, anna, to_maria) -> None:
    actions.issue(by=anna, letter=to_maria())
    before = Sight.objects.count()
    page = desk.get(f"{reverse('case_letters')}?vista=da-consegnare").content.decode()
    assert "LET-" in page
    assert "Maria" not in page
    assert Sight.objects.count() == before


# The plan --------------------------------------------------------------------------------------------------------


def test_the_page_of_the_plan_and_its_papers(desk, anna, case, maria, soon) -> None:
    write = reverse("case_plan_write", args=[case.reference])
    typed = {"goal": "Dormire di notte.", "review_on": soon.isoformat(), "seen_version": 0}
    assert desk.post(write, typed).status_code == 303
    late = desk.post(write, typed | {"goal": "Perdente"})
    assert late.status_code == 409
    assert "Perdente" in late.content.decode()
    today = clock.today()
    for new in (
        casework.NewCommitment(what="nostro impegno", due_on=soon),
        casework.NewCommitment(what="impegno di Maria", due_on=soon, by_whom="reporter"),
        casework.NewCommitment(what="impegno segreto", due_on=soon, told_to_reporter=False),
        casework.NewCommitment(what="impegno di altri", due_on=soon, by_whom="other", who="la scala B"),
    ):
        casework.add_commitment(by=anna, case=case, new=new)
    for what, told in (("passaggio la sera", True), ("appostamento", False)):
        new_one = casework.NewIntervention(
            kind="presence", what=what, planned_on=today, told_to_reporter=told
        )
        row = casework.plan_intervention(by=anna, case=case, new=new_one)
    casework.carry_out(by=anna, intervention=row, result="nota interna")
    casework.add_task(by=anna, case=case, what="scrivere all'ente", due_on=soon)

    page = desk.get(reverse("case_plan", args=[case.reference])).content.decode()
    assert "Dormire di notte." in page
    assert "Maria Bassi" not in page
    assert "Dormire di notte." in desk.get(reverse("plan_on_case", args=[case.reference])).content.decode()

    ours = words_of(desk.get(reverse("case_plan_paper", args=[case.reference])).content)
    for words in (
        "Dormire",
        "nostro impegno",
        "impegno segreto",
        "appostamento",
        "nota interna",
        "scrivere all",
    ):
        assert words in ours
    address = reverse("case_plan_person_paper", args=[case.reference, maria.pk])
    theirs = words_of(desk.get(address).content)
    for words in ("Maria Bassi", "Le plan pour votre dossier", "nostro impegno", "passaggio", "la scala B"):
        assert words in theirs
    for words in ("segreto", "appostamento", "nota interna", "scrivere all"):
        assert words not in theirs, words
    assert Sight.objects.filter(purpose__contains="piano").exists()
    assert "Il piano per il tuo caso" in words_of(desk.get(f"{address}?lingua=it").content)
    assert desk.get(reverse("case_plan_person_paper", args=[case.reference, 0])).status_code == 404


def test_the_copy_of_the_plan_is_for_who_sees_the_case(cast: Cast, case, maria) -> None:
    address = reverse("case_plan_person_paper", args=[case.reference, maria.pk])
    assert client_of(cast.bruno).get(address).status_code == 404
    assert client_of(cast.vera).get(address).status_code == 403
    case.case_people.update(role="neighbour")
    assert client_of(cast.anna).get(address).status_code == 404, "only who reports is told of commitments"
    assert Person.objects.exists()
