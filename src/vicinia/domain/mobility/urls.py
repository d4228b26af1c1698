"""Addresses of the mobility at the desk; the family's own page is the portal's."""

import datetime as dt

from django.urls import path, register_converter

from vicinia.domain.mobility.views import (
    census,
    expenses,
    exports,
    family,
    files,
    locks,
    moving,
    needs,
    offers,
    panels,
    plans,
    relocations,
    tables,
    units,
    what_ifs,
    whys,
)


class DayConverter:
    """A day in an address: 2027-05-04."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

ROOT = "laboratorio/mobilita"
TABLE = f"{ROOT}/tabelle/<str:code>"
ONE = f"{ROOT}/<str:reference>"
UNIT = f"{ONE}/alloggi/<int:pk>"
SPELL = f"{UNIT}/periodi/<int:spell>"
FILE = f"{ONE}/nuclei/<int:number>"
PLAN = f"{ONE}/piani/<int:number>"
WHY = f"{PLAN}/nuclei/<int:household>"
HOUSEHOLD = "laboratorio/mobilita/nuclei/<int:number>"
OFFER = "laboratorio/trasferimenti/offerte/<str:reference>"
ACCORD = "laboratorio/trasferimenti/accordi/<str:reference>"
REMOVAL = "laboratorio/trasferimenti/traslochi/<str:reference>"
EXPENSE = "laboratorio/trasferimenti/spese/<str:reference>"

urlpatterns = [
    path(f"{ROOT}/in-laboratorio", relocations.in_laboratory, name="mobility_in_laboratory"),
    path(ROOT, relocations.relocations, name="relocations"),
    path(f"{ROOT}/nuova", relocations.new, name="relocation_new"),
    path(f"{ROOT}/tabelle", tables.tables, name="adequacy_tables"),
    path(f"{ROOT}/tabelle/nuova", tables.new, name="adequacy_table_new"),
    path(f"{ROOT}/tabelle/carica", tables.take_in, name="adequacy_tables_take_in"),
    path(TABLE, tables.table, name="adequacy_table"),
    path(f"{TABLE}/cambia", tables.change, name="adequacy_table_change"),
    path(f"{TABLE}/togli", tables.retire, name="adequacy_table_retire"),
    path(f"{ROOT}/del-caso/<str:reference>", panels.of_case, name="rehousing_of_case"),
    path(f"{ROOT}/del-nucleo/<int:number>", panels.of_household, name="rehousing_of_household"),
    path(f"{ROOT}/della-persona/<str:reference>", panels.of_person, name="rehousing_of_person"),
    path(ONE, relocations.relocation, name="relocation"),
    path(f"{ONE}/cambia", relocations.change, name="relocation_change"),
    path(f"{ONE}/chiudi", relocations.close, name="relocation_close"),
    path(f"{ONE}/riapri", relocations.reopen, name="relocation_reopen"),
    path(f"{ONE}/alloggi", units.units, name="relocation_units"),
    path(f"{ONE}/alloggi/edifici", units.add, name="relocation_units_add"),
    path(f"{ONE}/alloggi/singoli", units.add_doors, name="relocation_doors_add"),
    path(UNIT, units.unit, name="relocation_unit"),
    path(f"{UNIT}/volano", units.spare, name="relocation_unit_spare"),
    path(f"{UNIT}/togli", units.remove, name="relocation_unit_remove"),
    path(f"{UNIT}/periodi", units.add_spell, name="unit_spell_new"),
    path(SPELL, units.change_spell, name="unit_spell"),
    path(f"{SPELL}/fine", units.end_spell, name="unit_spell_end"),
    path(f"{SPELL}/togli", units.remove_spell, name="unit_spell_remove"),
    path(f"{ONE}/nuclei", files.files, name="rehousing_files"),
    path(f"{ONE}/nuclei/nuovo", files.new, name="rehousing_file_new"),
    path(f"{ONE}/nuclei/importa", census.import_households, name="rehousing_import"),
    path(f"{ONE}/nuclei/esporta.csv", census.export_households, name="rehousing_export"),
    path(FILE, files.file, name="rehousing_file"),
    path(f"{FILE}/nomi", files.reveal, name="rehousing_reveal"),
    path(f"{FILE}/numeri", files.numbers, name="rehousing_numbers"),
    path(f"{FILE}/accompagna", files.take, name="rehousing_take"),
    path(f"{FILE}/chi-accompagna", files.companions, name="rehousing_companions"),
    path(f"{FILE}/affida", files.give, name="rehousing_give"),
    path(f"{FILE}/chi-accompagna/<int:pk>/togli", files.remove_companion, name="rehousing_companion_remove"),
    path(f"{FILE}/colloqui", needs.add_interview, name="rehousing_interview_new"),
    path(f"{FILE}/colloqui/<int:pk>", needs.change_interview, name="rehousing_interview"),
    path(f"{FILE}/esigenze", needs.change_needs, name="rehousing_needs"),
    path(f"{FILE}/conferma", needs.confirm, name="rehousing_confirm"),
    path(f"{FILE}/vicini", needs.add_near, name="rehousing_near_new"),
    path(f"{FILE}/vicini/<int:pk>/togli", needs.drop_near, name="rehousing_near_drop"),
    path(f"{FILE}/non-vanno", needs.add_refusal, name="rehousing_refusal_new"),
    path(f"{FILE}/non-vanno/<int:pk>/ritira", needs.withdraw_refusal, name="rehousing_refusal_withdraw"),
    path(f"{FILE}/rinuncia", needs.end_return, name="rehousing_return_end"),
    path(f"{FILE}/chiudi", needs.close, name="rehousing_close"),
    path(f"{FILE}/riapri", needs.reopen, name="rehousing_reopen"),
    path("laboratorio/mobilita/nuclei/<int:number>/dove", whys.where, name="mobility_where"),
    path(f"{ONE}/piani", plans.plans, name="mobility_plans"),
    path(f"{ONE}/piani/riquadro", plans.panel, name="mobility_plans_panel"),
    path(f"{ONE}/piani/nuovo", plans.new, name="mobility_plan_new"),
    path(f"{ONE}/alloggi-volano", plans.pool, name="mobility_pool"),
    path(f"{ONE}/alloggi-volano/calcola", plans.ask_pool, name="mobility_pool_ask"),
    path(f"{ONE}/vincoli", locks.locks, name="mobility_locks"),
    path(f"{ONE}/vincoli/nuovo", locks.new, name="mobility_lock_new"),
    path(f"{ONE}/vincoli/<int:pk>/togli", locks.lift, name="mobility_lock_lift"),
    path(PLAN, plans.plan, name="mobility_plan"),
    path(f"{PLAN}/avanzamento", plans.progress, name="mobility_plan_progress"),
    path(f"{PLAN}/ferma", plans.stop, name="mobility_plan_stop"),
    path(f"{PLAN}/riprova", plans.again, name="mobility_plan_again"),
    path(f"{PLAN}/pubblica", plans.publish, name="mobility_plan_publish"),
    path(f"{PLAN}/scarta", plans.discard, name="mobility_plan_discard"),
    path(f"{PLAN}/e-se/nessuno-fuori", what_ifs.nobody_outside, name="mobility_nobody_outside"),
    path(f"{PLAN}/e-se/<str:change>", what_ifs.suppose, name="mobility_what_if"),
    path(f"{PLAN}/rimedi/<int:at>", what_ifs.remedy, name="mobility_remedy"),
    path(f"{PLAN}/chiedi-cosi", what_ifs.make_plan, name="mobility_plan_as_asked"),
    path(f"{PLAN}/confronta/<int:other>", what_ifs.compare, name="mobility_plan_compare"),
    path(f"{PLAN}/piano.pdf", exports.paper, name="mobility_plan_paper"),
    path(f"{PLAN}/piano.csv", exports.table, name="mobility_plan_table"),
    path(f"{PLAN}/instance.json", exports.instance, name="mobility_plan_instance"),
    path(f"{PLAN}/plan.json", exports.result, name="mobility_plan_result"),
    path(WHY, whys.why, name="mobility_why"),
    path(f"{WHY}/chiedi", whys.ask, name="mobility_why_ask"),
    path(
        "laboratorio/trasferimenti/di/<str:reference>", family.in_relocation, name="rehousing_in_relocation"
    ),
    path(f"{HOUSEHOLD}/offerte", offers.of_file, name="rehousing_offers"),
    path(f"{HOUSEHOLD}/offerte/nuova", offers.new, name="rehousing_offer_new"),
    path(f"{HOUSEHOLD}/traslochi", moving.of_file, name="rehousing_moves"),
    path(f"{HOUSEHOLD}/spese", expenses.of_file, name="rehousing_expenses"),
    path(f"{HOUSEHOLD}/spese/nuova", expenses.new, name="rehousing_expense_new"),
    path(f"{HOUSEHOLD}/messaggi", family.of_file, name="rehousing_messages"),
    path(f"{HOUSEHOLD}/messaggi/<int:pk>/letto", family.read, name="rehousing_message_read"),
    path(f"{HOUSEHOLD}/collegamento", family.link, name="rehousing_link"),
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
