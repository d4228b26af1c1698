"""What the installation itself does: its scheduled jobs and its keys."""

from vicinia.config.actions.field_keys import rotate_field_keys
from vicinia.config.actions.runs import fail, finish, start

__all__ = ["fail", "finish", "rotate_field_keys", "start"]
