"""What is done in early warning: choosing what is watched, looking, deciding."""

from vicinia.domain.foresight.actions.recomputing import ask_to_recompute, keep_recomputed
from vicinia.domain.foresight.actions.runs import (
    Found,
    ask_again,
    ask_now,
    begin_run,
    fail_run,
    finish_run,
    note_progress,
    queue_night,
)
from vicinia.domain.foresight.actions.setting import (
    NewGroup,
    NewSettings,
    change_settings,
    propose_groups,
    save_group,
)
from vicinia.domain.foresight.actions.verdicts import dismiss, link_case, open_case, take_back, watch

__all__ = [
    "Found",
    "NewGroup",
    "NewSettings",
    "ask_again",
    "ask_now",
    "ask_to_recompute",
    "begin_run",
    "change_settings",
    "dismiss",
    "fail_run",
    "finish_run",
    "keep_recomputed",
    "link_case",
    "note_progress",
    "open_case",
    "propose_groups",
    "queue_night",
    "save_group",
    "take_back",
    "watch",
]
