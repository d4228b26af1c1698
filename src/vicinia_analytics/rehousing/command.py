"""`vicinia-rehouse`: mobility plans of files, on the command line."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import Any

from tqdm import tqdm

from vicinia_analytics.rehousing.checker import Report, check
from vicinia_analytics.rehousing.inputs import read_instance
from vicinia_analytics.rehousing.order import lots_of, order_lots, pool_needed
from vicinia_analytics.rehousing.plans import Plan, Status, read_plan
from vicinia_analytics.rehousing.pool import PoolStep, size_pool
from vicinia_analytics.rehousing.shapes import RehousingInputError
from vicinia_analytics.rehousing.solving import Progress, solve
from vicinia_analytics.scan.results import own_version

DONE, NOT_FOUND, WRONG, INTERRUPTED = 0, 1, 2, 130

_ABOUT = """\
Who lives where in every phase of a renovation: the fewest people outside the estate, then the fewest moves.

Files are JSON: an instance (dwellings, households, periods, rules) and the plan made of it."""

_EXAMPLES = """\
examples:
  vicinia-rehouse plan instance.json -o plan.json
  vicinia-rehouse plan instance.json -o plan.json --time-limit 120 --threads 2 --restrict-early-moves
  vicinia-rehouse plan instance.json --nobody-outside > plan.json
  vicinia-rehouse check instance.json plan.json
  vicinia-rehouse size-pool instance.json --most 6 --like d12
  vicinia-rehouse order-lots instance.json

ends with:
  0 done, 1 there is no plan or the check found something, 2 something given can't be used (all that is wrong is said at once),
  130 interrupted (the best plan so far is written)

The same instance, seed and one thread give a plan as good each time that it is proved. docs/analytics/rehousing.md has rules, files and methods."""


def main(words: Sequence[str] | None = None) -> int:
    """Run `vicinia-rehouse`; gives the exit code."""
    options = _parser().parse_args(words)
    try:
        code: int = options.run(options)
    except RehousingInputError as refused:
        sys.stderr.write(f"{refused}\n")
        return WRONG
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted: nothing was written.\n")
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "vicinia-rehouse", description=_ABOUT, epilog=_EXAMPLES, formatter_class=raw, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"vicinia-rehouse {own_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    plan = commands.add_parser("plan", help="make a plan", allow_abbrev=False)
    plan.set_defaults(run=_plan)
    plan.add_argument("instance", type=Path, metavar="INSTANCE")
    plan.add_argument("-o", "--output", type=Path, metavar="PLAN", help="file of the plan (default: standard output)")  # fmt: skip
    plan.add_argument("--nobody-outside", action="store_true", help="no plan rather than one with somebody outside; says what stands against it")  # fmt: skip
    _add_of_solver(plan, "seconds for the plan (default: until it is proved)")

    checking = commands.add_parser("check", help="check a plan against its instance", allow_abbrev=False)
    checking.set_defaults(run=_check)
    checking.add_argument("instance", type=Path, metavar="INSTANCE")
    checking.add_argument("plan", type=Path, metavar="PLAN")

    sizing = commands.add_parser("size-pool", help="what each more spare flat saves", allow_abbrev=False)
    sizing.set_defaults(run=_size_pool)
    sizing.add_argument("instance", type=Path, metavar="INSTANCE")
    sizing.add_argument("--most", type=_whole, default=4, metavar="N", help="flats to try (default: 4)")
    sizing.add_argument("--like", metavar="DWELLING", help="id of the dwelling to copy (default: the smallest kind that saves most)")  # fmt: skip
    _add_of_solver(sizing, "seconds for each plan; a flat takes up to eight (default: until it is proved)")

    ordering = commands.add_parser("order-lots", help="the order that needs the fewest spare flats", allow_abbrev=False)  # fmt: skip
    ordering.set_defaults(run=_order_lots)
    ordering.add_argument("instance", type=Path, metavar="INSTANCE")
    return parser


def _add_of_solver(parser: argparse.ArgumentParser, limit: str) -> None:
    add = parser.add_argument
    add("--time-limit", type=_seconds, metavar="S", help=limit)
    add("--threads", type=_whole, default=1, metavar="N", help="processor threads (default: 1)")
    add("--seed", type=int, default=0, metavar="N", help="of the solver's choices (default: 0)")
    add("--restrict-early-moves", action="store_true", help="nobody moves before works begin in their own home; much faster")  # fmt: skip


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


@contextmanager
def _interruptible() -> Iterator[Event]:
    """Ctrl-C sets the event, so that the best so far is kept; a second one interrupts at once, as usual."""
    stopped = Event()
    if current_thread() is not main_thread():  # only there signals can be caught
        yield stopped
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)


def _greet() -> None:
    """HiGHS writes its name and licence on standard output when it is first used in a process: where the plan goes. Here it goes beside."""
    import highspy

    solver: Any = highspy
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        solver.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


# ---------------------------------------------------------------- plan


def _plan(options: argparse.Namespace) -> int:
    instance = read_instance(options.instance)
    folder = options.output.parent if options.output else Path()
    if not folder.is_dir():  # said before hours of work, not after them
        raise RehousingInputError([f"{options.output}: there is no folder {folder}."])
    _greet()
    with _interruptible() as stopped, tqdm(bar_format="{desc}", disable=None, leave=False) as line:
        plan = solve(
            instance,
            time_limit=options.time_limit,
            threads=options.threads,
            seed=options.seed,
            restrict_early_moves=options.restrict_early_moves,
            nobody_outside=options.nobody_outside,
            progress=lambda progress: line.set_description_str(_progress(progress)),
            should_stop=stopped.is_set,
        )
    report = check(instance, plan)
    _write(plan, options.output)
    sys.stderr.write(_about_plan(plan) + _about_check(report))
    if stopped.is_set():
        return INTERRUPTED
    return DONE if plan.levels and report.is_right else NOT_FOUND


def _progress(progress: Progress) -> str:
    since, level = f"{progress.seconds:.0f} s", progress.level
    if progress.value is None:
        return f"{since}  {level}: no plan yet, bound {progress.bound}"
    return f"{since}  {level}: best {progress.value}, bound {progress.bound}, gap {progress.gap:.1%}"


def _write(plan: Plan, output: Path | None) -> None:
    """The plan to its file; to standard output if there is none or it can't be written, so that the work is not lost."""
    text = json.dumps(plan.to_json(), ensure_ascii=False, indent=1) + "\n"
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8")
            return
        except OSError as problem:
            sys.stderr.write(f"{output}: {problem.strerror or problem}. The plan is on standard output.\n")
    sys.stdout.write(text)


def _about_plan(plan: Plan) -> str:
    """How good the plan is, level by level; or why there is none."""
    lines = [f"{plan.solver}, seed {plan.seed}, {plan.seconds:.1f} s: {_verdict(plan)}"]
    if plan.restricted:
        lines.append("Nobody moves before works begin in their own home.")
    if plan.levels:
        lines.append("level                 plan    bound     gap")
        lines += [f"{level.name:18} {level.value:8} {level.bound:8} {level.gap:7.1%}" for level in plan.levels]  # fmt: skip
        moving = sum(len(set(row)) > 1 for row in plan.assignments.values())
        lines.append(f"{moving} of {len(plan.assignments)} households leave their home, for a while or for good.")  # fmt: skip
    if plan.conflict is not None:
        lines.append(plan.conflict.sentence)
    if plan.relaxations:
        lines += ["What would help:", *(f"- {relaxation.sentence}" for relaxation in plan.relaxations)]
    return "\n".join(lines) + "\n"


def _verdict(plan: Plan) -> str:
    if plan.status is Status.FEASIBLE:
        return "a plan, not proved to be the best."
    return {
        Status.OPTIMAL: "a plan, proved to be the best.",
        Status.INFEASIBLE: "there is no plan.",
        Status.UNKNOWN: "no plan was found in the time.",
    }[plan.status]


# ---------------------------------------------------------------- check


def _check(options: argparse.Namespace) -> int:
    problems: list[str] = []
    instance = plan = None
    try:
        instance = read_instance(options.instance)
    except RehousingInputError as refused:
        problems += refused.problems
    try:
        plan = read_plan(options.plan)
    except RehousingInputError as refused:
        problems += refused.problems
    if instance is None or plan is None:
        raise RehousingInputError(problems)
    report = check(instance, plan)
    if report.is_right:
        figures = ", ".join(f"{name} {value}" for name, value in report.figures.items())
        sys.stdout.write(f"The plan keeps every rule. {figures or 'It says that there is none'}.\n")
        return DONE
    sys.stdout.write(_about_check(report))
    return NOT_FOUND


def _about_check(report: Report) -> str:
    return "".join(f"{violation.kind}: {violation.sentence}\n" for violation in report.violations)


# ---------------------------------------------------------------- spare flats, lots


def _size_pool(options: argparse.Namespace) -> int:
    instance = read_instance(options.instance)
    if options.like is not None and options.like not in {dwelling.id for dwelling in instance.dwellings}:
        raise RehousingInputError([f"--like: there is no dwelling {options.like}"])
    _greet()
    sys.stdout.write("more flats  outside  changed  moves  the last one\n")
    with _interruptible() as stopped:
        steps = size_pool(
            instance,
            most=options.most,
            like=options.like,
            time_limit=options.time_limit,
            threads=options.threads,
            seed=options.seed,
            restrict_early_moves=options.restrict_early_moves,
            progress=_say_step,
            should_stop=stopped.is_set,
        )
    if stopped.is_set():
        return INTERRUPTED
    if len(steps) <= options.most:
        sys.stdout.write("One more saves nothing.\n")
    return DONE


def _say_step(step: PoolStep) -> None:
    kind = ""
    if step.dwelling is not None:
        steps = "without steps" if step.dwelling.step_free else "steps do not matter"
        kind = f"{step.dwelling.area_m2:g} m², {step.dwelling.rooms} rooms, {steps}"
    unsure = "" if step.proved else " (not proved)"
    sys.stdout.write(f"{step.extra:10}  {step.outside:7}  {step.changed:7}  {step.moves:5}  {kind}{unsure}".rstrip() + "\n")  # fmt: skip
    sys.stdout.flush()


def _order_lots(options: argparse.Namespace) -> int:
    lots = lots_of(read_instance(options.instance))
    order = order_lots(lots)
    width = max([3, *(len(lot.id) for lot in order.lots)])
    lines = [f"{'lot':{width}}  households out  dwellings back  flats lent"]
    lent = 0
    for lot in order.lots:
        lines.append(f"{lot.id:{width}}  {lot.out:14}  {lot.back:14}  {lent + lot.out:10}")
        lent += lot.out - lot.back
    lines.append(f"This order needs {order.pool} spare flats; the present one needs {pool_needed(lots)}.")
    sys.stdout.write("\n".join(lines) + "\n")
    return DONE
