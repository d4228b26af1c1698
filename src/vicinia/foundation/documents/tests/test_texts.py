"""A town's texts: drafted, put into use, restored, given up; and the papers that were issued with them."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils.safestring import mark_safe

from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Role
from vicinia.foundation.documents import actions, composing, kinds, queries, rules
from vicinia.foundation.documents.kinds import Audience, DocumentKind, Word
from vicinia.foundation.documents.models import DocumentText, KeptText, TextMove, digest_of
from vicinia.foundation.documents.states import TextState
from vicinia.foundation.documents.wording import Part, TextRefused
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.verdict import YES

pytestmark = pytest.mark.django_db
KEY = "test.letter"
ADA = Actor(ActorKind.STAFF, "user:1", "Ada", ROLE_CAPABILITIES[Role.ADMINISTRATOR])
ANNA = Actor(ActorKind.STAFF, "user:2", "Anna", ROLE_CAPABILITIES[Role.OPERATOR])
WORDS = (
    Word("name", "il nome", "Maria"),
    Word("day", "il giorno", "oggi"),
    Word("rows", "le righe", [{"a": "b"}]),
)
OURS = {
    "it": "# Lettera\n\nCiao {{ name }}\n",
    "en": "# Letter\n\nHello {{ name }}\n",
    "ar": "# رسالة\n\n{{ name }}\n",
}


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = DocumentKind(KEY, "Lettera di prova", Audience.RESIDENT, WORDS, OURS)
    sheet = DocumentKind("test.sheet", "Foglio di prova", Audience.UNIT, WORDS, {"it": "a", "en": "b"})
    monkeypatch.setattr(kinds, "_kinds", {KEY: letter, "test.sheet": sheet})


def draft(source: str = "# Lettera\n\nCara {{ name }}\n", language: str = "it", **more: Any) -> DocumentText:
    return actions.save_draft(by=ADA, key=KEY, language=language, source=source, **more)


def published(
    source: str = "# Lettera\n\nCara {{ name }}\n", language: str = "it", **more: Any
) -> DocumentText:
    return actions.publish(by=ADA, text=draft(source, language, **more))


def body(language: str = "it", **more: Any) -> str:
    return str(
        composing.compose(KEY, language, lambda: {"name": "Maria", "day": "oggi", "rows": []}, **more).body
    )


def test_ours_is_in_use_until_the_town_writes_its_own() -> None:
    assert queries.text_of(KEY, "it") == queries.Text(OURS["it"], "it", 0, digest_of(OURS["it"]), True)
    assert "Ciao Maria" in body()
    text = published()
    assert queries.text_of(KEY, "it").version == text.number == 1
    assert "Cara Maria" in body()
    assert "Hello Maria" in body("en")


def test_a_language_without_a_text_gets_italian() -> None:
    published()
    assert queries.text_of(KEY, "fr").language == "it"
    assert "Cara Maria" in body("fr")
    assert [code for code, _name in queries.languages_of(KEY)] == ["it", "en", "ar"]
    published("# Lettre\n", "fr")
    assert queries.text_of(KEY, "fr").language == "fr"
    assert [code for code, _name in queries.languages_of(KEY)] == ["it", "en", "fr", "ar"]


def test_a_translation_is_reviewed_when_somebody_says_so() -> None:
    assert not queries.text_of(KEY, "ar").is_reviewed
    assert ("ar", False) in [(code, seen) for code, _n, seen in queries.languages_to_print(KEY)]
    published(OURS["ar"], "ar", is_reviewed=True)  # the same words, read again
    assert queries.text_of(KEY, "ar").is_reviewed
    assert all(seen for _c, _n, seen in queries.languages_to_print(KEY))
    published("# Lettre\n", "fr")
    assert not queries.text_of(KEY, "fr").is_reviewed


def test_a_draft_keeps_what_is_wrong_and_is_not_printed() -> None:
    text = draft("{{ nope", note="provo")
    assert (text.state, text.number, text.version, text.note) == (TextState.DRAFT, 1, 1, "provo")
    assert queries.text_of(KEY, "it").version == 0
    with pytest.raises(Refused, match="Riga 1"):
        actions.publish(by=ADA, text=text)


def test_who_was_slower_does_not_write_over_another_draft() -> None:
    first = draft(seen_version=0)
    with pytest.raises(Conflict) as slower:
        draft("altro", seen_version=0)
    assert (slower.value.current, slower.value.yours) == (first, "altro")
    second = draft("altro", seen_version=first.version)
    assert (second.pk, second.number, second.version) == (first.pk, 1, 2)
    with pytest.raises(Conflict):
        actions.publish(by=ADA, text=second, seen_version=1)
    assert actions.publish(by=ADA, text=second, seen_version=2).state == TextState.PUBLISHED


def test_publishing_replaces_and_every_version_stays() -> None:
    first = published()
    second = published("# Lettera\n\nGentile {{ name }}\n")
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == (TextState.REPLACED, TextState.PUBLISHED, 2)
    assert first.source == "# Lettera\n\nCara {{ name }}\n"
    assert [row.number for row in queries.versions(by=ADA, key=KEY, language="it")] == [2, 1]
    assert TextMove.objects.filter(row=first).count() == 2


def test_the_same_text_is_not_published_twice() -> None:
    published()
    with pytest.raises(Refused, match="già il testo in uso"):
        published()


def test_an_older_version_is_restored_as_a_new_one() -> None:
    first = published(note="prima")
    published("# Lettera\n\nGentile {{ name }}\n")
    first.refresh_from_db()
    again = actions.restore(by=ADA, text=first)
    assert (again.number, again.source, again.note, again.state) == (
        3,
        first.source,
        "prima",
        TextState.PUBLISHED,
    )
    assert "Cara Maria" in body()
    with pytest.raises(Refused):
        actions.restore(by=ADA, text=again)


def test_a_version_that_asks_for_what_is_gone_is_not_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    first = published("{{ day }}\n")
    published()
    kind = DocumentKind(KEY, "Lettera", Audience.RESIDENT, WORDS[:1], OURS)
    monkeypatch.setitem(kinds._kinds, KEY, kind)
    first.refresh_from_db()
    with pytest.raises(Refused, match="day"):
        actions.restore(by=ADA, text=first)


def test_going_back_to_ours_keeps_the_towns() -> None:
    text = published()
    actions.withdraw(by=ADA, key=KEY, language="it")
    text.refresh_from_db()
    assert text.state == TextState.REPLACED
    assert "Ciao Maria" in body()
    with pytest.raises(Refused, match="già in uso"):
        actions.withdraw(by=ADA, key=KEY, language="it")


def test_a_draft_is_dropped_once() -> None:
    text = actions.drop_draft(by=ADA, text=draft())
    assert text.state == TextState.DROPPED
    with pytest.raises(Refused, match="Non è più una bozza"):
        actions.drop_draft(by=ADA, text=text)
    with pytest.raises(Refused, match="Non è più una bozza"):
        actions.publish(by=ADA, text=text)
    assert draft().number == 2


def test_nobody_else_writes_texts() -> None:
    text = draft()
    for act in (
        lambda: actions.save_draft(by=ANNA, key=KEY, language="it", source="x"),
        lambda: actions.publish(by=ANNA, text=text),
        lambda: actions.drop_draft(by=ANNA, text=text),
        lambda: actions.restore(by=ANNA, text=text),
        lambda: actions.withdraw(by=ANNA, key=KEY, language="it"),
        lambda: queries.overview(by=ANNA),
        lambda: queries.versions(by=ANNA, key=KEY, language="it"),
        lambda: queries.kind_for(by=ANNA, key=KEY, language="it"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.verdict.status == 403
    assert rules.may_withdraw(ADA, text) == YES


def test_offices_are_written_to_in_two_languages_only() -> None:
    with pytest.raises(Refused, match="non si scrive in questa lingua"):
        actions.save_draft(by=ADA, key="test.sheet", language="ar", source="x")
    for key, language in (("test.sheet", "ar"), ("test.nothing", "it"), (KEY, "xx")):
        with pytest.raises(NotVisible):
            queries.kind_for(by=ADA, key=key, language=language)


def test_the_database_holds_one_text_in_use_and_one_draft() -> None:
    text, unfinished = published(), draft("x")
    for row, number in ((text, 8), (unfinished, 9)):
        row.pk, row.number, row._state.adding = None, number, True
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_every_act_leaves_its_line() -> None:
    first = published()
    published("# Lettera\n")
    first.refresh_from_db()
    actions.restore(by=ADA, text=first)
    actions.withdraw(by=ADA, key=KEY, language="it")
    actions.drop_draft(by=ADA, text=draft())
    lines = list(Entry.objects.filter(about=f"text:{KEY}.it").order_by("id").values_list("event", flat=True))
    expected = ["drafted", "published", "drafted", "published", "restored", "withdrawn", "drafted", "dropped"]
    assert lines == [f"text.{name}" for name in expected]


def test_the_overview_is_one_statement(django_assert_num_queries: Any) -> None:
    published()
    draft("x", "fr")
    with django_assert_num_queries(1):
        rows = {kind.key: languages for kind, languages in queries.overview(by=ADA)}
    states = {one.code: (one.state, one.has_draft, one.is_reviewed) for one in rows[KEY]}
    assert states["it"] == ("edited", False, True)
    assert states["fr"] == ("none", True, False)
    assert states["ar"] == ("ours", False, False)
    assert [one.code for one in rows["test.sheet"]] == ["it", "en"]


# Composing -----------------------------------------------------------------------------------------------------


def test_what_was_issued_is_printed_again_with_its_text() -> None:
    digest = actions.keep_text(by=ADA, text=queries.text_of(KEY, "it"))
    assert actions.keep_text(by=ADA, text=queries.text_of(KEY, "it")) == digest
    assert KeptText.objects.count() == 1
    published()
    values = lambda: {"name": "Maria", "day": "oggi", "rows": []}  # noqa: E731
    assert "Ciao Maria" in composing.compose_kept(KEY, digest, "it", values).body
    assert "Cara Maria" in composing.compose_kept(KEY, "", "it", values).body
    assert str(KeptText.objects.get()) == digest
    assert set(actions.keep_texts(by=ADA, key=KEY)) == {"it", "en", "ar"}


def test_a_text_of_the_towns_that_fails_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    text = draft("{{ rows.first.a }} {% if name < day %}x{% endif %}")
    DocumentText.objects.filter(pk=text.pk).update(
        state=TextState.PUBLISHED, published_at=dt.datetime.now(dt.UTC)
    )
    with caplog.at_level(logging.ERROR):
        page = composing.compose(KEY, "it", lambda: {"name": "Maria", "day": 3, "rows": []})
    assert "Ciao Maria" in page.body
    assert "fails" in caplog.text
    assert "Maria" not in caplog.text


def _refuse(*_args: Any, **_how: object) -> None:
    raise TextRefused("no")


def test_a_text_of_ours_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = queries.Text(OURS["it"], "it", 0, digest_of(OURS["it"]), True)
    with pytest.raises(TextRefused):
        composing.compose_text(broken, dict)
    monkeypatch.setattr(composing, "render_text", _refuse)
    with pytest.raises(TextRefused):
        body()


def test_words_from_the_right_keep_values_apart() -> None:
    page = composing.compose(
        KEY, "ar", lambda: {"name": "Maria", "day": dt.date(2026, 5, 4), "rows": [{"a": "b"}]}
    )
    assert (page.language, page.direction, page.title) == ("ar", "rtl", "رسالة")
    assert "\u2068Maria\u2069" in page.body
    shown = Template("{% load documents %}{% document_words page %}").render(Context({"page": page}))
    assert shown.startswith('<div class="document" lang="ar" dir="rtl"><h1>')


def test_a_part_says_which_language_its_labels_are_in(settings: Any) -> None:
    html = mark_safe("<p>Numero</p>")
    source = queries.Text("{{ rows }}\n", "ar", 0, "", True)
    made = composing.compose_text(
        source, lambda: {"rows": composing.part("documents_tests/part.html", {"words": html})}
    )
    assert made.body.strip() == '<div lang="it" dir="ltr"><p>Numero</p>\n</div>'
    italian = queries.Text("{{ rows }}\n", "it", 0, "", True)
    made = composing.compose_text(
        italian, lambda: {"rows": composing.part("documents_tests/part.html", {"words": html})}
    )
    assert made.body.strip() == "<p>Numero</p>"
    assert made.title == ""
    assert isinstance(composing.part("documents_tests/part.html", {"words": "a"}), Part)


def test_what_a_subject_gives_is_what_it_declared() -> None:
    with pytest.raises(LookupError, match="rows"):
        composing.compose(KEY, "it", lambda: {"name": "", "day": ""})
    assert str(draft()) == f"{KEY} it 1"
    assert queries.language_name("nope") == "nope"
