"""Addresses of the register of acts."""

from django.urls import path

from vicinia.domain.enforcement import views

urlpatterns = [
    path("casi/<str:reference>/atti", views.on_case, name="acts_on_case"),
    path("casi/<str:reference>/atti/registra", views.new, name="act_new"),
    path("atti", views.register, name="acts"),
    path("atti/scarica", views.take_out, name="acts_take_out"),
    path("atti/tipi", views.kinds, name="act_kinds"),
    path("atti/tipi/nuovo", views.new_kind, name="act_kind_new"),
    path("atti/tipi/<slug:code>", views.kind, name="act_kind"),
    path("atti/<str:reference>", views.act, name="act"),
    path("atti/<str:reference>/esito", views.move, name="act_move"),
]
