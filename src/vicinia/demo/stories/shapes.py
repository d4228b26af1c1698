"""Case stories as data: who is in them and what was done, day by day, counted back from today."""

import datetime as dt
from dataclasses import dataclass

# What an act can be; the fields that each uses are listed beside it.
VERBS = {
    "report": "key channel who title text",
    "link": "key text",  # another report joins the case; text says why
    "open": "text",  # the case is opened from the first report, with its summary
    "propose": "who text",
    "take": "",
    "contact": "who how direction reached minutes text agreed next_days",
    "stage": "stage text",
    "commit": "key kind who text due_days body",
    "keep": "key text",
    "break": "key text",
    "drop": "key text",
    "plan": "key kind way text cause due_days body",
    "carry_out": "key text",
    "cancel": "key text",
    "task": "key who text due_days",
    "done": "key",
    "episode": "key text",
    "message": "key text",
    "reply": "key text",
    "ask_to_close": "outcome text consultation",  # the coordinator has yet to answer
    "close": "outcome text consultation",
    "confirm": "key text",
    "contest": "key text",
    "reopen": "stage text",
    "watch": "text",
    "refer": "key text due_days body",  # a body is asked; what the place and the problem are is shared
    "aim": "text due_days",  # what is wanted, to be reviewed after some days
    "letter": "key kind who text title body due_days",  # begun to who or to a body; answer, or talk in title, after some days
    "letter_send": "key kind",  # signed, and handed, posted or emailed; still on the desk without a kind
    "letter_answer": "key text",
    "accepts": "key",  # by the body's own account
    "assess": "text",  # the place of each answer of the built-in questionnaire, one digit each
    "act": "kind title text",  # an act of the local police: code of its kind, number, note
    "measure": "title text due_days",  # the outcome is compared with the place `title`, since `due_days` from the act
    "review": "key text",  # the reporter asks for a review from their page
    "review_chair": "who text",  # acknowledged; presided over by a colleague, or by who from the office text
    "review_settle": "text",  # it is held, and why
    "review_meet": "text due_days",  # where, and when from the act
    "review_recommend": "key who text due_days body",
    "review_decide": "text",
    "review_accept": "key",
    "ask_mediation": "key who text",  # between who has reported and the other party, by the town's mediator
    "mediate": "key kind who text title",  # a step of seeding/mediating.py; who is a or b, title a place or a day
    "propose_agreement": "key who text due_days",  # to a part of the story, for so many days
    "agreement": "key kind who text title due_days",  # a step of seeding/agreeing.py; who is a parent, title how it goes
    "table": "title text agreed due_days body",  # a network meeting with these bodies; what to decide, another subject
    "table_write": "text agreed",  # it is held: what was said, and the decisions, between semicolons
    "table_undertake": "who text due_days body",
    "table_close": "",
    "alert": "text",  # the case follows the alert that rose where it is
    "sheet": "",  # the SARA sheet of sheets.py, begun and written so far
}


@dataclass(frozen=True)
class Act:
    """One dated act. `days` counts back from today; `hour` is Italian wall time. `by` is a username, or '' for a resident."""

    days: int
    hour: str
    verb: str
    by: str = ""
    key: str = ""  # report r1.., commitment c1.., intervention i1.., task t1..
    who: str = ""  # part in the story (see Story.people), or in words who has promised
    text: str = ""
    title: str = ""
    channel: str = ""
    how: str = ""
    direction: str = "out"
    reached: bool = True
    minutes: int = 0
    agreed: str = ""
    next_days: int | None = None  # next contact, days from the act
    due_days: int = 0  # from the act
    kind: str = ""
    way: str = ""
    cause: str = ""
    body: str = ""
    stage: str = ""
    outcome: str = ""
    consultation: str = ""

    def at(self, now: dt.datetime) -> dt.datetime:
        """The moment of the act, never later than a few minutes ago."""
        hours, minutes = map(int, self.hour.split(":"))
        moment = dt.datetime.combine(
            now.date() - dt.timedelta(days=self.days), dt.time(hours, minutes), now.tzinfo
        )
        return min(moment, now - dt.timedelta(minutes=3))


@dataclass(frozen=True)
class Part:
    """Someone in a story: their part, how staff speak of them without a name, and the invented person."""

    code: str
    role: str  # a value of the program's PersonRole: reporter, affected, neighbour, witness, contact
    label: str
    name: str = ""  # '' when nobody knows it
    language: str = "it"
    phone: str = ""
    contact_way: str = "phone"
    needs: str = ""


@dataclass(frozen=True)
class Story:
    """A case from the first report on."""

    code: str
    title: str
    kind: str  # code of a category
    case_kind: str  # person or place
    quarter: str
    street: str  # label of a street; '' with a named place
    number_hint: int  # the civic number nearest to it is taken
    place: str  # name of a place; '' with a street
    stair: str
    legal_basis: str
    owner: str  # username of the operator in charge; '' while nobody has accepted
    people: tuple[Part, ...]
    acts: tuple[Act, ...]
    final_stage: str

    def in_order(self, now: dt.datetime) -> tuple[tuple[dt.datetime, Act], ...]:
        """The acts with their moments, first to last."""
        return tuple(sorted(((act.at(now), act) for act in self.acts), key=lambda pair: pair[0]))


def report(
    days: int, hour: str, key: str, channel: str, who: str, title: str, text: str, by: str = ""
) -> Act:
    """A report by a resident, entered by staff when `by` is given."""
    return Act(days, hour, "report", by, key=key, channel=channel, who=who, title=title, text=text)


def contact(
    days: int, hour: str, by: str, who: str, how: str, text: str, *,
    agreed: str = "", next_days: int | None = None, minutes: int = 10, reached: bool = True, direction: str = "out",
) -> Act:  # fmt: skip
    """A line of the contact diary."""
    return Act(
        days, hour, "contact", by, who=who, how=how, text=text, agreed=agreed, next_days=next_days, minutes=minutes,
        reached=reached, direction=direction,
    )  # fmt: skip


def commit(
    days: int, hour: str, by: str, key: str, party: str, who: str, text: str, due: int, body: str = ""
) -> Act:
    """A commitment: `party` is unit, reporter, body or other."""
    return Act(days, hour, "commit", by, key=key, kind=party, who=who, text=text, due_days=due, body=body)


def plan(
    days: int,
    hour: str,
    by: str,
    key: str,
    kind: str,
    way: str,
    text: str,
    cause: str,
    due: int,
    body: str = "",
) -> Act:
    """An intervention to be carried out."""
    return Act(
        days, hour, "plan", by, key=key, kind=kind, way=way, text=text, cause=cause, due_days=due, body=body
    )


def mediate(
    days: int, hour: str, by: str, key: str, kind: str, text: str = "", *, who: str = "", title: str = ""
) -> Act:
    """A step of a mediation."""
    return Act(days, hour, "mediate", by, key=key, kind=kind, text=text, who=who, title=title)


def agree(
    days: int, hour: str, by: str, key: str, kind: str, text: str = "", *, who: str = "", title: str = "", due: int = 0,
) -> Act:  # fmt: skip
    """A step of a behaviour agreement."""
    return Act(days, hour, "agreement", by, key=key, kind=kind, text=text, who=who, title=title, due_days=due)


def stage(days: int, hour: str, by: str, to: str, text: str = "") -> Act:
    """A move of the case to another stage."""
    return Act(days, hour, "stage", by, stage=to, text=text)


def act(
    days: int, hour: str, verb: str, by: str = "", key: str = "", text: str = "", *,
    who: str = "", outcome: str = "", consultation: str = "", stage: str = "", due: int = 0,
) -> Act:  # fmt: skip
    """Any other act."""
    return Act(
        days, hour, verb, by, key=key, text=text, who=who, outcome=outcome, consultation=consultation, stage=stage,
        due_days=due,
    )  # fmt: skip


def case(
    code: str, title: str, kind: str, quarter: str, where: str, owner: str, final: str, people: tuple[Part, ...], *acts: Act,
    number: int = 0, stair: str = "", case_kind: str = "person", police: bool = False,
) -> Story:  # fmt: skip
    """A story in short: `where` is a street if there is a number, otherwise a named place."""
    return Story(
        code, title, kind, case_kind, quarter, where if number else "", number, "" if number else where, stair,
        "police" if police else "administrative", owner, people, acts, final,
    )  # fmt: skip
