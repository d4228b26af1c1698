"""What the rules of the mobility answer."""

import pytest

from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import Verdict


def refused(act) -> Verdict:
    """The refusal of an act that a rule does not let happen."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict
