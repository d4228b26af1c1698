"""What the help desk asks."""

from vicinia.domain.helpdesk.forms.booking import BookForm, DeskBookForm, MoveForm
from vicinia.domain.helpdesk.forms.contacts import CorrectionForm, PeriodForm, QuickForm
from vicinia.domain.helpdesk.forms.files import BecomeForm, FileForm, NoteForm, OwnerForm, StepForm
from vicinia.domain.helpdesk.forms.points import DayForm, HoursForm, PointForm

__all__ = [
    "BecomeForm",
    "BookForm",
    "CorrectionForm",
    "DayForm",
    "DeskBookForm",
    "FileForm",
    "HoursForm",
    "MoveForm",
    "NoteForm",
    "OwnerForm",
    "PeriodForm",
    "PointForm",
    "QuickForm",
    "StepForm",
]
