"""Addresses of the mobility at the desk; the family's own page is the portal's."""

from django.urls import path

from vicinia.domain.mobility.views import census, files, needs, panels, relocations, tables, units

ROOT = "laboratorio/mobilita"
TABLE = f"{ROOT}/tabelle/<str:code>"
ONE = f"{ROOT}/<str:reference>"
UNIT = f"{ONE}/alloggi/<int:pk>"
SPELL = f"{UNIT}/periodi/<int:spell>"
FILE = f"{ONE}/nuclei/<int:number>"

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
]
