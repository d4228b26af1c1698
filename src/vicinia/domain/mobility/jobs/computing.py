"""What goes on by itself: plans that wait are computed in a process of their own, offers that nobody answers come up.

The worker itself never computes: its outbox would wait.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from django.db import Error, connection

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.engine.solving import Asked, Solved, Watched
from vicinia.domain.mobility.models import MobilityPlan, Why
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.states import Change, PlanState
from vicinia.foundation.kernel.actor import Actor

logger = logging.getLogger(__name__)
JOB = Actor.job("mobility.compute")
BEAT_SECONDS = 5.0
COMMAND = "mobility_compute"
_children: list[subprocess.Popen[bytes]] = []


def compute() -> int:
    """Give back what died, start what waits; how many processes were started."""
    actions.bury_the_dead(by=JOB)
    _children[:] = [child for child in _children if child.poll() is None]
    plan = queries.open_plan()
    started = 0
    if plan is not None and plan.state == PlanState.QUEUED:
        start(str(plan.pk))
        started += 1
    if queries.whys_waiting().exists() and not queries.any_why_is_answered():
        start("--whys")
        started += 1
    return started


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start a process that computes and outlives the worker."""
    command = [sys.executable, "-m", "vicinia.config.command", COMMAND, *words]
    child = subprocess.Popen(  # noqa: S603  the words are our own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    _children.append(child)
    return child


def carry_out(plan: MobilityPlan, *, every: float = BEAT_SECONDS) -> MobilityPlan | None:
    """Compute a plan that waits, here and now; None if it does not wait. What goes wrong is kept by its kind only."""
    begun = actions.begin_plan(by=JOB, plan=plan)
    if begun is None:
        return None
    try:
        with Heart(begun, every) as heart:
            solved = _solved(begun, heart)
        return actions.finish_plan(by=JOB, plan=begun, solved=solved)
    except Exception as error:
        logger.exception("The plan %s failed", begun.reference)
        return actions.fail_plan(by=JOB, plan=begun, error=type(error).__name__)


def _solved(plan: MobilityPlan, heart: Heart) -> Solved:
    question = plan.question
    asked = Asked(plan.time_limit, plan.seed, plan.restricted, bool(question.get("nobody_outside")))
    watched = Watched(heart.told, heart.stop)
    instance = json.loads(plan.instance)
    solved = solving.solve(instance, asked, watched)
    if question.get("change") == Change.POOL and solved.result["assignments"]:
        solved.result["pool"] = solving.pool(instance, asked, watched)
    return solved


class Heart:
    """Says every few seconds, in a thread of its own, that a computation is alive; hears that somebody stops it."""

    def __init__(self, plan: MobilityPlan, every: float = BEAT_SECONDS) -> None:
        self.plan, self.every = plan, every
        self.progress: dict[str, Any] = {}
        self._stopped, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="mobility-heart", daemon=True)

    def told(self, progress: dict[str, Any]) -> None:
        """How far it is: said with the next beat."""
        self.progress = progress

    def stop(self) -> bool:
        """Whether somebody asked to stop, or the computation has been given to another process."""
        return self._stopped.is_set()

    def beat(self) -> None:
        """Say it once. A database that is away for a moment ends nothing."""
        try:
            if not actions.beat(by=JOB, plan=self.plan, progress=self.progress):
                self._stopped.set()
        except Error:
            logger.warning("The plan %s could not say that it is alive", self.plan.reference)

    def _run(self) -> None:
        try:
            while not self._ended.wait(self.every):
                self.beat()
        finally:
            connection.close()

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()


def answer_whys() -> int:
    """Answer the questions about households that wait; how many were taken up."""
    taken = [answer(why) for why in queries.whys_waiting()]
    return sum(1 for why in taken if why is not None)


def answer(why: Why) -> Why | None:
    """Answer one question; None if somebody else does."""
    begun = actions.begin_why(by=JOB, why=why)
    if begun is None:
        return None
    documents = queries.documents_of(begun.plan)
    name = f"h{begun.file.household.number}"
    try:
        found = solving.alternatives(dict(documents.instance), dict(documents.result), name)
    except Exception as error:
        logger.exception("The alternatives of a household in the plan %s failed", begun.plan.reference)
        return actions.fail_why(by=JOB, why=begun, error=type(error).__name__)
    return actions.answer_why(by=JOB, why=begun, answer=found)


def chase() -> int:
    """Mark the offers whose day to answer is past, and tell who accompanies the household; how many there were."""
    worker = Actor.job("mobility.chase")
    return sum(actions.lapse_offer(by=worker, offer=row) for row in offers.overdue_offers())
