"""Addresses of the mobility plan at the desk."""

from django.urls import path

from vicinia.domain.mobility.views import exports, locks, plans, what_ifs, whys

R = "laboratorio/mobilita/<str:reference>"
PLAN = f"{R}/piani/<int:number>"
WHY = f"{PLAN}/nuclei/<int:household>"

urlpatterns = [
    path("laboratorio/mobilita/nuclei/<int:number>/dove", whys.where, name="mobility_where"),
    path(f"{R}/piani", plans.plans, name="mobility_plans"),
    path(f"{R}/piani/riquadro", plans.panel, name="mobility_plans_panel"),
    path(f"{R}/piani/nuovo", plans.new, name="mobility_plan_new"),
    path(f"{R}/alloggi-volano", plans.pool, name="mobility_pool"),
    path(f"{R}/alloggi-volano/calcola", plans.ask_pool, name="mobility_pool_ask"),
    path(f"{R}/vincoli", locks.locks, name="mobility_locks"),
    path(f"{R}/vincoli/nuovo", locks.new, name="mobility_lock_new"),
    path(f"{R}/vincoli/<int:pk>/togli", locks.lift, name="mobility_lock_lift"),
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
]
