"""Columns that hold no words of anybody: codes, digests, what the program itself writes, what everybody may know.

A column that is not here has to be planted in `town.py` or `planted_around.py`.
"""

# Wherever they stand.
OF_EVERY_MODEL = {
    "by_ref": "who did it, as a code",
    "by_name": "a colleague's name",
    "checked_by": "a colleague's name",
    "answered_by_name": "a colleague's name",
    "approved_by": "a colleague's name",
    "seen_by": "a colleague's name",
    "from_state": "a state",
    "to_state": "a state",
    "state": "a state",
    "reference": "a number",
    "language": "a code",
    "digest": "a digest",
    "about": "the number of a row",
    "idempotency_key": "a token of the program that sends",
    "once": "a token of the page that sends",
}
OF_ONE_MODEL = {
    "codes and numbers": (
        "CommonsRule.key", "TenantsBody.services",
        "AdequacyTable.code", "AdequacyTable.sizes", "ActivityLink.source", "Indicator.kinds", "Indicator.source",
        "Event.languages", "SignUp.code", "SignUp.contact_digest", "Appointment.code", "Appointment.contact_digest", "HelpPoint.code", "HelpPoint.languages",
        "Option.letter", "Ticket.code", "Ballot.choice", "PaperCount.lines",
        "Agreement.data_categories", "ApiKey.area_ids", "ApiKey.capabilities", "Assessment.answers", "Attachment.name",
        "Attachment.content_type", "Building.code", "Counter.series", "Document.kind", "DocumentText.kind", "Entry.event", "Matter.key", "Matter.kind",
        "Letter.number", "Letter.text_language", "Letter.to_role", "Matter.url", "MediationFile.text_digests", "OutboxMessage.key", "OutboxMessage.template", "Report.source", "Report.source_id", "Review.facts",
        "Sight.purpose", "Sight.shown", "Team.area_ids", "WordCounts.stamp",
    ),
    "digests, tokens, seals and paths": (
        "MobilityPlan.instance_sha256", "Offer.snapshot_sha256", "Poll.seal", "Voter.code_digest", "Mark.receipt_digest", "PaperCount.fingerprint", "Draw.pool_digest", "ApiKey.key_digest", "Attachment.path", "Attachment.sha256", "Attachment.thumbnail_path", "ChainHead.chain",
        "ChainHead.mark", "ChainHead.seal", "Entry.salt", "Extract.text_digest", "Letter.text_digest", "Meeting.text_digest", "Entry.seal", "ImportBatch.file_digest", "OneTimeCode.code_digest",
        "Edition.text_digest", "EditionFile.sha256", "FunderReport.text_digest", "Minutes.fingerprint", "Minutes.text_digest", "OutboxMessage.unsubscribe_link", "PrivateLink.token_digest", "Draft.token_digest", "Sight.salt", "Sight.seal", "User.password",
    ),
    "sealed as a whole; planted through its action": ("Draft.content",),
    "how many reports hold each of 32,768 hashed n-grams; what fewer than five hold is left out": ("WordCounts.counts",),
    "masked before it is kept": ("OutboxMessage.to_masked",),
    "no message of the town has a page of its own to send": ("OutboxMessage.body_html",),
    "a copy of what a report said, planted where it was written": ("Edition.content", "EditionFile.content"),
    "ids and numbers of a plan: test_leaks looks for those of households": (
        "MobilityPlan.facts", "MobilityPlan.instance", "MobilityPlan.months", "MobilityPlan.progress",
        "MobilityPlan.question", "MobilityPlan.result", "Why.answer",
    ),
    "written by the program": (
        "MobilityPlan.error", "Why.error",
        "Alert.cells", "Alert.curve", "AlertSighting.cells", "FrozenCounts.content", "FrozenCounts.fingerprint", "Recomputation.engine",
        "Run.engine", "Run.error", "Run.settings", "RunInput.repeats", "RunMove.reason",
        "BehaviourAgreementMove.reason", "SignUpMove.reason", "SubscriptionMove.reason", "Case.next_contact_words", "TextMove.reason", "MeetingAction.called", "MediationMove.reason", "RecommendationMove.reason",
        "ReviewMove.reason", "ScheduledRun.last_error", "ScheduledRun.name", "CacheRow.cache_key", "CacheRow.value",
    ),
    "a colleague's name": ("MobilityPlan.asked_by", "RemovalStep.done_by", "FamilyMessage.read_by", "Why.asked_by", "Run.asked_by", "Recomputation.asked_by", "Signature.checked_by"),
    "codes of languages": ("Household.stated_languages",),
    "a day": ("AgreementParty.born_on",),
    "copies of the town's texts, which are for everybody": ("KeptText.source",),
    "no act writes it": (
        "AccordMove.reason", "ExpenseMove.reason", "Lock.source", "RemovalMove.reason",
        "AmendmentMove.reason", "AppointmentMove.reason", "BookingMove.reason", "ComplaintMove.reason",
        "HelpFileMove.reason", "IdeaMove.reason", "MinutesMove.reason", "ProcessMove.reason", "ProgrammeMove.reason",
        "Proposal.reason", "ResolutionMove.reason", "ResultMove.reason", "TicketMove.reason", "WorksiteMove.reason",
        "PollMove.reason", "DrawMove.reason",
    ),
    "a number drawn in public": ("Draw.seed", "Poll.lot_seed"),
    "a count of letters": ("Poll.outcome",),
    "what everybody may know": (
        "ActKind.code", "ActKind.law", "ActKind.name", "ActKind.name_en", "Alert.place_name", "Area.boundary", "Area.code", "Area.kind", "Area.name",
        "Area.source", "Building.source", "Space.code", "BaseShape.code", "BaseShape.geometry", "BaseShape.layer", "BaseShape.name", "Category.code",
        "Category.keywords", "Category.name", "Category.name_en", "Category.national_code", "Category.national_name",
        "CivicNumber.exponent", "CivicNumber.postal_code", "EarlierBoundary.boundary", "Edition.name", "Edition.token",
        "PartnerBody.code", "PartnerBody.email", "Place.code", "Place.kind", "Questionnaire.content", "Street.code",
        "Street.kind", "Street.line", "Street.name",
    ),
}  # fmt: skip


def is_explained(model: str, column: str) -> bool:
    return column in OF_EVERY_MODEL or any(f"{model}.{column}" in some for some in OF_ONE_MODEL.values())
