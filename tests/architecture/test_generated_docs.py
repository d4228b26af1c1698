"""The generated pages say what the program does."""

import pytest
from django.core.management import CommandError, call_command

from vicinia.config import generated_docs


def test_the_generated_pages_are_in_step():
    assert generated_docs.out_of_step() == [], "run `vicinia docs`"


def test_the_pages_name_no_path_and_no_key_of_this_machine(settings):
    text = "".join(generated_docs.pages().values())
    for secret in (str(settings.BASE_DIR), str(settings.HOME), settings.SECRET_KEY, *settings.FIELD_KEYS):
        assert secret not in text


def test_a_page_out_of_step_stops_the_check(tmp_path, monkeypatch):
    monkeypatch.setattr(generated_docs, "FOLDER", tmp_path)
    with pytest.raises(CommandError, match=r"settings\.md"):
        call_command("docs", "--check")
    call_command("docs")
    call_command("docs", "--check")
