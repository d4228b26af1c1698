"""Addresses of listening's pages at the desk."""

from django.urls import path

from vicinia.domain.listening.views import categories, entry, imports, inbox, report

urlpatterns = [
    path("in-arrivo", inbox.inbox, name="inbox"),
    path("in-arrivo/insieme", inbox.decide_together, name="decide_together"),
    path("segnalazione-nuova", entry.enter, name="new_report"),
    path("segnalazione-nuova/simili", entry.similar, name="new_report_similar"),
    path("segnalazione-nuova/persone", entry.people_suggestions, name="people_suggestions"),
    path("segnalazione-nuova/tipi", entry.kind_suggestions, name="kind_suggestions"),
    path("importazioni", imports.imports, name="imports"),
    path("importazioni/carica", imports.upload, name="import_upload"),
    path("importazioni/<int:number>/annulla", imports.undo, name="import_undo"),
    path("importazioni/<int:number>/scartate", imports.refused, name="import_refused"),
    path("persone/<str:reference>/segnalazioni", inbox.of_person, name="reports_of_person"),
    path("utenti/<int:pk>/segnalazioni", inbox.of_user, name="reports_of_user"),
    path("tipi-di-problema", categories.categories, name="categories"),
    path("tipi-di-problema/nuovo", categories.new_category, name="new_category"),
    path("tipi-di-problema/<slug:code>", categories.category, name="category"),
    path("niente-dimenticato", inbox.forgotten, name="forgotten"),
    path("in-arrivo/<str:reference>", report.report, name="report"),
    path("in-arrivo/<str:reference>/prendi", report.take, name="report_take"),
    path("in-arrivo/<str:reference>/annulla", report.undo, name="report_undo"),
    path("in-arrivo/<str:reference>/riprendi", report.resume, name="report_resume"),
    path("in-arrivo/<str:reference>/letto", report.mark_read, name="report_read"),
    path("in-arrivo/<str:reference>/correggi", report.correct, name="report_correct"),
    path("in-arrivo/<str:reference>/pubblica", report.publish, name="report_publish"),
    path("in-arrivo/<str:reference>/file/<str:name>", report.file, name="report_file"),
    path(
        "in-arrivo/<str:reference>/unisci/suggerimenti",
        report.merge_suggestions,
        name="report_merge_suggestions",
    ),
    *(
        path(f"in-arrivo/<str:reference>/{name}", report.act, {"name": name}, name=f"report_{name}")
        for name in report.ACTS
    ),
]
