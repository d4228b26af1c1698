"""What is done with relocations, files and plans."""

from vicinia.domain.mobility.actions.computing import (
    answer_why,
    beat,
    begin_plan,
    begin_why,
    bury_the_dead,
    fail_plan,
    fail_why,
    finish_plan,
)
from vicinia.domain.mobility.actions.locks import NewLock, lift_lock, lock_household
from vicinia.domain.mobility.actions.plans import (
    NewPlan,
    ask_plan,
    ask_plan_again,
    ask_why,
    discard_plan,
    mark_stale,
    pool_question,
    publish_plan,
    stop_plan,
)

__all__ = [
    "NewLock",
    "NewPlan",
    "answer_why",
    "ask_plan",
    "ask_plan_again",
    "ask_why",
    "beat",
    "begin_plan",
    "begin_why",
    "bury_the_dead",
    "discard_plan",
    "fail_plan",
    "fail_why",
    "finish_plan",
    "lift_lock",
    "lock_household",
    "mark_stale",
    "pool_question",
    "publish_plan",
    "stop_plan",
]
