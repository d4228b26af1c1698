"""Addresses of mobility at the desk; the page of a household is the portal's."""

import datetime as dt

from django.urls import path, register_converter

from vicinia.domain.mobility.views import expenses, family, moving, offers


class DayConverter:
    """A day in an address: 2027-05-04."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

HOUSEHOLD = "laboratorio/mobilita/nuclei/<int:number>"
OFFER = "laboratorio/trasferimenti/offerte/<str:reference>"
ACCORD = "laboratorio/trasferimenti/accordi/<str:reference>"
REMOVAL = "laboratorio/trasferimenti/traslochi/<str:reference>"
EXPENSE = "laboratorio/trasferimenti/spese/<str:reference>"

moving_patterns = [
    path(f"{HOUSEHOLD}/offerte", offers.of_file, name="rehousing_offers"),
    path(f"{HOUSEHOLD}/offerte/nuova", offers.new, name="rehousing_offer_new"),
    path(f"{HOUSEHOLD}/traslochi", moving.of_file, name="rehousing_moves"),
    path(f"{HOUSEHOLD}/spese", expenses.of_file, name="rehousing_expenses"),
    path(f"{HOUSEHOLD}/spese/nuova", expenses.new, name="rehousing_expense_new"),
    path(f"{HOUSEHOLD}/messaggi", family.of_file, name="rehousing_messages"),
    path(f"{HOUSEHOLD}/messaggi/<int:pk>/letto", family.read, name="rehousing_message_read"),
    path(f"{HOUSEHOLD}/collegamento", family.link, name="rehousing_link"),
    path(f"{HOUSEHOLD}/rinuncia", family.renounce, name="rehousing_renounce"),
    path("laboratorio/trasferimenti/offerte", offers.all_offers, name="rehousing_all_offers"),
    path(OFFER, offers.offer, name="rehousing_offer"),
    path(f"{OFFER}/cambia", offers.change, name="rehousing_offer_change"),
    path(f"{OFFER}/manda", offers.send, name="rehousing_offer_send"),
    path(f"{OFFER}/lettera.pdf", offers.letter, name="rehousing_offer_letter"),
    path(f"{OFFER}/accettata", offers.accept, name="rehousing_offer_accept"),
    path(f"{OFFER}/rifiutata", offers.refuse, name="rehousing_offer_refuse"),
    path(f"{OFFER}/ritira", offers.withdraw, name="rehousing_offer_withdraw"),
    path(ACCORD, moving.accord, name="rehousing_accord"),
    path(f"{ACCORD}/scrivi", moving.write, name="rehousing_accord_write"),
    path(f"{ACCORD}/firma", moving.sign, name="rehousing_accord_sign"),
    path(f"{ACCORD}/annulla", moving.cancel_accord, name="rehousing_accord_cancel"),
    path(f"{ACCORD}/accordo.pdf", moving.accord_paper, name="rehousing_accord_paper"),
    path(f"{ACCORD}/firmato/<str:name>", moving.scan, name="rehousing_accord_scan"),
    path("laboratorio/trasferimenti/traslochi", moving.removals, name="rehousing_removals"),
    path(
        "laboratorio/trasferimenti/traslochi/giorno/<day:day>.pdf",
        moving.day_sheet,
        name="rehousing_day_sheet",
    ),
    path(REMOVAL, moving.removal, name="rehousing_removal"),
    path(f"{REMOVAL}/giorno", moving.schedule, name="rehousing_removal_schedule"),
    path(f"{REMOVAL}/rimanda", moving.put_off, name="rehousing_removal_put_off"),
    path(f"{REMOVAL}/fatto", moving.move, name="rehousing_removal_move"),
    path(f"{REMOVAL}/annulla", moving.cancel, name="rehousing_removal_cancel"),
    path(f"{REMOVAL}/passi/<int:pk>", moving.step, name="rehousing_step"),
    path(f"{REMOVAL}/passi/<int:pk>/fatto", moving.finish_step, name="rehousing_step_finish"),
    path("laboratorio/trasferimenti/spese", expenses.all_expenses, name="rehousing_all_expenses"),
    path("laboratorio/trasferimenti/spese.csv", expenses.as_csv, name="rehousing_expenses_csv"),
    path(EXPENSE, expenses.expense, name="rehousing_expense"),
    path(f"{EXPENSE}/approva", expenses.approve, name="rehousing_expense_approve"),
    path(f"{EXPENSE}/respingi", expenses.refuse, name="rehousing_expense_refuse"),
    path(f"{EXPENSE}/richiedi", expenses.again, name="rehousing_expense_again"),
    path(f"{EXPENSE}/pagata", expenses.pay, name="rehousing_expense_pay"),
    path(f"{EXPENSE}/ricevuta/<str:name>", expenses.receipt, name="rehousing_receipt"),
    path("laboratorio/trasferimenti/rientri", family.rights, name="rehousing_rights"),
]

urlpatterns = [*moving_patterns]
