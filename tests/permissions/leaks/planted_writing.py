"""What is written down with or to somebody: the plan of a case, letters, behaviour agreements, the town's own texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.permissions.leaks.town import SOON, Corner, Town, again
from vicinia.domain.agreements import actions as agreements
from vicinia.domain.agreements import queries as agreement_queries
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.letters import actions as letters
from vicinia.foundation.documents import actions as texts
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.kernel import clock


def plant_plan_and_letters(here: Corner, case: Case) -> None:
    """A plan; a letter that was answered, one called back, one to a body, and one given up before it was signed."""
    w, by, today = here.w, here.by, clock.today()
    casework.write_plan(by=by, case=case, goal=w("case"), review_on=today + SOON)
    to = case.case_people.order_by("pk").first()

    def words(**more: Any) -> letters.LetterWords:
        return letters.LetterWords({"subject": w("case"), "text": w("case")}, **more)

    def signed(new: letters.LetterWords) -> letters.Letter:
        written = letters.draft(by=by, case=again(case), kind="free", new=new, to=to)
        return letters.issue(by=by, letter=written)

    answered = signed(words(answer_by=today + SOON))
    letters.deliver(by=by, letter=answered, state="posted", day=today)
    letters.register(by=by, letter=again(answered), protocol=w("case"))
    letters.note_answer(by=by, letter=again(answered), note=w("case"))
    letters.call_back(by=by, letter=signed(words()), reason=w("case"))
    letters.drop(by=by, letter=letters.draft(by=by, case=again(case), kind="free", new=words(), to=to))
    body = here.town.bodies["comando" if here.regime == "police" else "casa"]
    new = words(basis="public_task", basis_note=w("case"))
    letters.issue(by=by, letter=letters.draft(by=by, case=again(case), kind="body_free", new=new, body=body))


def plant_agreements(here: Corner, case: Case) -> None:
    """An agreement given up before it was signed, and one that was signed, looked at, not kept and revised."""
    w, by, today = here.w, here.by, clock.today()
    body = here.town.bodies["comando" if here.regime == "police" else "casa"]
    person = case.case_people.order_by("pk").first()
    assert person is not None
    new = agreements.NewAgreement(
        people=[person.person_id], why=w("case"), starts_on=today, ends_on=today + dt.timedelta(days=180), review_weeks=4,
        invited=agreements.Invited(today, "in_person", today + SOON, note=w("case")),
    )  # fmt: skip
    given_up = agreements.propose(by=by, case=again(case), new=new)
    agreements.answer_invitation(by=by, agreement=given_up, answer="yes", note=w("case"))
    agreements.withdraw(by=by, agreement=again(given_up), because="moved", note=w("case"))
    kept = agreements.propose(by=by, case=again(case), new=new)
    agreements.add_body(by=by, agreement=kept, body=body, who=w("case"))
    for kind in ("will_not", "will", "support"):
        agreements.add_term(by=by, agreement=again(kept), line=agreements.Line(kind, w("case")))
    parties = [party.pk for party in agreement_queries.parties_of(kept)]
    agreements.sign(by=by, agreement=again(kept), parties=parties, signed_on=today)
    review = agreement_queries.reviews_of(again(kept))[0]
    agreements.make_review(by=by, review=review, held="partly", notes=w("case"))
    agreements.note_breach(by=by, agreement=again(kept), on=today, what=w("case"))
    answered = agreements.Answered("warning", w("case"), skipped_why=w("case"))
    agreements.respond(by=by, agreement=again(kept), answered=answered)
    agreements.revise(by=by, agreement=again(kept), why=w("case"), ends_on=today + dt.timedelta(days=200))


def plant_texts(town: Town) -> None:
    """The town's own text of a paper, in use, and a draft of another."""
    ada = town.by("ada")
    for key, part in (("letters.case_plan", "texts"), ("letters.news", "drafts of texts")):
        ours = documents.our_text(key, "it")
        assert ours is not None
        source = f"{ours.source}\n\n{town.word(part)}\n"
        written = texts.save_draft(
            by=ada, key=key, language="it", source=source, note=town.word("drafts of texts")
        )
        if part == "texts":
            texts.publish(by=ada, text=written)
