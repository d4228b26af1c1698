"""From a source's words for kinds of problem to ours."""

from __future__ import annotations

from hashlib import blake2b

from django.utils.text import slugify
from django.utils.translation import gettext as _

from vicinia.domain.listening import queries
from vicinia.domain.listening.bulk.mapping import Mapping, MappingError
from vicinia.domain.listening.importing import NewKinds
from vicinia.foundation.kernel.blind_index import fold

NAME_MAX, CODE_MAX = 120, 60


class KindFinder:
    """Finds the code of the kind that a word stands for, and keeps the names of those to be made."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping.kinds
        self._source = mapping.source
        kinds = [kind for kind in queries.categories() if kind.parent_id is not None]
        self._names = {kind.code: kind.name for kind in kinds}
        self._by_name = {fold(kind.name): kind.code for kind in kinds}
        self._found: dict[str, str] = {}
        self.to_make: dict[str, str] = {}
        for word, code in self._mapping.map.items():
            if code not in self._names:
                raise MappingError(
                    _("kinds.map: «%(word)s» porta a «%(code)s», che non c'è.") % {"word": word, "code": code}
                )
        if self._mapping.default and self._mapping.default not in self._names:
            raise MappingError(
                _("kinds.default: il tipo «%(code)s» non c'è.") % {"code": self._mapping.default}
            )

    def code_of(self, word: str) -> str:
        """The code of the kind for a word of the source; "" when there is none and none may be made."""
        if word not in self._found:
            self._found[word] = self._look(word)
        return self._found[word]

    def name_of(self, code: str) -> str:
        """The name of a kind that was found or is to be made."""
        return self._names.get(code) or self.to_make.get(code, "")

    def new_kinds(self) -> NewKinds:
        """What is to be made, under which group."""
        group = self._mapping.group or _("Importate: %(source)s") % {"source": self._source}
        return NewKinds(_code(self._source, ""), group[:NAME_MAX], dict(self.to_make), self._mapping.in_use)

    def _look(self, word: str) -> str:
        if word in self._mapping.map:
            return self._mapping.map[word]
        if word and (known := self._by_name.get(fold(word))):
            return known
        made = _code(self._source, word)
        if word and made in self._names:  # by an earlier import, and renamed since
            return made
        if word and self._mapping.create:
            self.to_make[made] = word[:NAME_MAX]
            return made
        return self._mapping.default


def _code(source: str, word: str) -> str:
    """A code that says where a kind came from; words that look the same in a code still differ."""
    code = slugify(f"{source} {word}")
    if len(code) > CODE_MAX - 9 or (word and not slugify(word)):
        code = f"{code[: CODE_MAX - 9]}-{blake2b(word.encode(), digest_size=4).hexdigest()}"
    return code or "importate"
