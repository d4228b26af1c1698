"""Settings of how a unit works: deadlines, clocks, thresholds. Part of settings.py, which reads them all at once."""

from vicinia.config.environment import env

setting = env.setting

__all__ = [
    "AGREEMENT_WARNING_DAYS",
    "BEHAVIOUR_ANSWER_DAYS",
    "BEHAVIOUR_KEPT_MONTHS",
    "BEHAVIOUR_LATE_DAYS",
    "BEHAVIOUR_MONTHS",
    "BEHAVIOUR_REVIEW_WEEKS",
    "CLOSING_NEEDS_APPROVAL",
    "CONTACT_RHYTHM_DAYS",
    "FIRST_CONTACT_DAYS",
    "FIRST_CONTACT_DAYS_AT_RISK",
    "KEY_CONTACT_RHYTHM_DAYS",
    "MEDIATION_ANSWER_DAYS",
    "MEDIATION_CHECK_MONTHS",
    "MEDIATION_DAYS",
    "REOPEN_AFTER_REPORTS",
    "REVIEW_ACKNOWLEDGE_DAYS",
    "REVIEW_ANSWER_DAYS",
    "REVIEW_COMPLAINTS",
    "REVIEW_INCIDENT_MONTHS",
    "REVIEW_MEETING_DAYS",
    "REVIEW_MONTHS",
    "REVIEW_PEOPLE",
    "REVIEW_PLACE_METRES",
    "REVIEW_REPORTS",
    "REVIEW_THRESHOLD_DAYS",
    "STALLED_DAYS",
    "UNSEEN_DAYS",
    "WATCH_DAYS",
]

# Casework ------------------------------------------------------------------------------------------------------
FIRST_CONTACT_DAYS = setting(
    "VICINIA_FIRST_CONTACT_DAYS", int, 2, "Working days within which a reporter is contacted."
)
FIRST_CONTACT_DAYS_AT_RISK = setting(
    "VICINIA_FIRST_CONTACT_DAYS_AT_RISK", int, 1, "The same, for a reporter at risk."
)
CONTACT_RHYTHM_DAYS = setting(
    "VICINIA_CONTACT_RHYTHM_DAYS", int, 10, "Working days between contacts when nothing else was agreed."
)
KEY_CONTACT_RHYTHM_DAYS = setting(
    "VICINIA_KEY_CONTACT_RHYTHM_DAYS", int, 20, "Working days between talks with a new key contact."
)
UNSEEN_DAYS = setting(
    "VICINIA_UNSEEN_DAYS",
    int,
    30,
    "Days after which a place where no round has passed is proposed as a stop.",
)
AGREEMENT_WARNING_DAYS = setting(
    "VICINIA_AGREEMENT_WARNING_DAYS",
    int,
    60,
    "Days before an agreement with a body expires at which it comes up.",
)
CLOSING_NEEDS_APPROVAL = setting(
    "VICINIA_CLOSING_NEEDS_APPROVAL", bool, True, "A case is closed when the coordinator approves."
)
REOPEN_AFTER_REPORTS = setting(
    "VICINIA_REOPEN_AFTER_REPORTS", int, 2, "New reports after closing that ask whether to open a case again."
)
STALLED_DAYS = setting(
    "VICINIA_STALLED_DAYS",
    int,
    30,
    "Days without a contact, a step or an intervention after which a case stands still.",
)
WATCH_DAYS = setting(
    "VICINIA_WATCH_DAYS", list, ["30", "90", "180"], "Days after closing at which the evolution is looked at."
)

# Case review on request ----------------------------------------------------------------------------------------
REVIEW_REPORTS = setting(
    "VICINIA_REVIEW_REPORTS", int, 3, "Reports by one person that give the right to a review of the case."
)
REVIEW_PEOPLE = setting(
    "VICINIA_REVIEW_PEOPLE", int, 5, "Different people reporting on one place who give each the same right."
)
REVIEW_MONTHS = setting("VICINIA_REVIEW_MONTHS", int, 6, "Months, back from today, in which reports count.")
REVIEW_INCIDENT_MONTHS = setting(
    "VICINIA_REVIEW_INCIDENT_MONTHS", int, 1, "Months within which an incident must have been reported."
)
REVIEW_PLACE_METRES = setting(
    "VICINIA_REVIEW_PLACE_METRES", int, 50, "How far from each other reports on one place may be, in metres."
)
REVIEW_ACKNOWLEDGE_DAYS = setting(
    "VICINIA_REVIEW_ACKNOWLEDGE_DAYS", int, 10, "Working days within which a request is acknowledged."
)
REVIEW_THRESHOLD_DAYS = setting(
    "VICINIA_REVIEW_THRESHOLD_DAYS",
    int,
    15,
    "Working days within which it is decided whether the right is there.",
)
REVIEW_MEETING_DAYS = setting(
    "VICINIA_REVIEW_MEETING_DAYS",
    int,
    20,
    "Working days within which the review meets. All three from the asking.",
)
REVIEW_ANSWER_DAYS = setting(
    "VICINIA_REVIEW_ANSWER_DAYS",
    int,
    10,
    "Working days within which each recommendation is accepted or refused.",
)
REVIEW_COMPLAINTS = setting(
    "VICINIA_REVIEW_COMPLAINTS",
    str,
    "",
    "Where residents complain about the service, in words: a review is not a complaint.",
)

# Mediation -----------------------------------------------------------------------------------------------------
MEDIATION_ANSWER_DAYS = setting(
    "VICINIA_MEDIATION_ANSWER_DAYS", int, 5, "Working days within which a mediator answers."
)
MEDIATION_DAYS = setting(
    "VICINIA_MEDIATION_DAYS", int, 40, "Working days that a mediation may take once it is accepted."
)
MEDIATION_CHECK_MONTHS = setting(
    "VICINIA_MEDIATION_CHECK_MONTHS",
    list,
    ["1", "3", "6"],
    "Months after an agreement is signed at which the mediator asks how it holds.",
)

# Behaviour agreements ------------------------------------------------------------------------------------------
BEHAVIOUR_MONTHS = setting(
    "VICINIA_BEHAVIOUR_MONTHS", int, 6, "Months that a behaviour agreement lasts unless it says otherwise."
)
BEHAVIOUR_REVIEW_WEEKS = setting(
    "VICINIA_BEHAVIOUR_REVIEW_WEEKS",
    list,
    ["4", "13"],
    "Weeks between the reviews of a behaviour agreement: what is offered, the usual one first.",
)
BEHAVIOUR_ANSWER_DAYS = setting(
    "VICINIA_BEHAVIOUR_ANSWER_DAYS", int, 10, "Working days that somebody has to answer an invitation."
)
BEHAVIOUR_LATE_DAYS = setting(
    "VICINIA_BEHAVIOUR_LATE_DAYS",
    int,
    7,
    "Days after which what is due of a behaviour agreement is the coordinator's too.",
)
BEHAVIOUR_KEPT_MONTHS = setting(
    "VICINIA_BEHAVIOUR_KEPT_MONTHS",
    int,
    0,
    "Months after its end for which the words of a behaviour agreement are kept, as its paper says; 0: not decided.",
)
