"""Settings read from the environment, remembered so that their docs page can be generated."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from cryptography.fernet import Fernet


@dataclass(frozen=True)
class Setting:
    """One documented setting."""

    name: str
    kind: str
    default: Any
    purpose: str


class Environment:
    """Reads each setting once, with its type, its default and a sentence on what it is for."""

    def __init__(self) -> None:
        self._env = environ.Env()
        self.settings: list[Setting] = []

    def setting(self, name: str, kind: type, default: Any, purpose: str) -> Any:
        """Return the value of `name`, cast to `kind`; an unreadable value stops the program with its name."""
        self.settings.append(Setting(name, kind.__name__, default, purpose))
        try:
            return self._env.get_value(name, cast=kind, default=default)
        except ValueError as error:
            raise environ.ImproperlyConfigured(f"{name}: {error}") from error


# One for the program: settings are declared in more than one file and read in one.
env = Environment()


@dataclass(frozen=True)
class LocalKeys:
    """Keys that a town makes for itself on its first start."""

    secret: str
    fields: list[str]
    blind_index: str


def local_keys(home: Path) -> LocalKeys:
    """Read the town's own keys from `home`/keys.json, made once and readable by the owner only.

    Two processes starting at once must agree: the file is created exclusively, and who comes second reads it.
    """
    path = home / "keys.json"
    if not path.exists():
        made = {
            "secret": secrets.token_urlsafe(50),
            "fields": [Fernet.generate_key().decode()],
            "blind_index": secrets.token_urlsafe(32),
        }
        draft = home / f"keys.{os.getpid()}.tmp"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(made, file)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return LocalKeys(**json.loads(path.read_text()))
