"""Everything that is done about votes and draws. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.elections.actions.counting import annul, close, count, enter_paper
from vicinia.domain.elections.actions.drawing import (
    DrawPlan,
    cancel_draw,
    change_draw,
    draw,
    fill_pool,
    plan_draw,
    publish_draw,
)
from vicinia.domain.elections.actions.personal import erase_person, forget_rolls
from vicinia.domain.elections.actions.planning import (
    NewOption,
    PollPlan,
    add_option,
    call,
    change_poll,
    drop_option,
    plan_poll,
)
from vicinia.domain.elections.actions.rolling import Given, admit, give_codes, list_voters, strike
from vicinia.domain.elections.actions.voting import cast, mark_paper

__all__ = [
    "DrawPlan",
    "Given",
    "NewOption",
    "PollPlan",
    "add_option",
    "admit",
    "annul",
    "call",
    "cancel_draw",
    "cast",
    "change_draw",
    "change_poll",
    "close",
    "count",
    "draw",
    "drop_option",
    "enter_paper",
    "erase_person",
    "fill_pool",
    "forget_rolls",
    "give_codes",
    "list_voters",
    "mark_paper",
    "plan_draw",
    "plan_poll",
    "publish_draw",
    "strike",
]
