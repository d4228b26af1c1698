"""How often a caller may ask."""

from vicinia.foundation.kernel.allowance import _MOST_CALLERS, Allowance


class Watch:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self):
        return self.now


def test_a_caller_may_ask_so_often_and_no_more():
    allowance = Allowance(3, 60, Watch())
    assert [allowance.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert allowance.take("b")


def test_with_time_one_may_ask_again_a_little():
    watch = Watch()
    allowance = Allowance(3, 60, watch)
    for _ in range(3):
        allowance.take("a")
    watch.now = 19.0
    assert not allowance.take("a")
    watch.now = 21.0
    assert [allowance.take("a"), allowance.take("a")] == [True, False]


def test_quiet_callers_are_forgotten_and_memory_is_bounded():
    watch = Watch()
    allowance = Allowance(3, 60, watch)
    for caller in range(_MOST_CALLERS + 50):
        allowance.take(str(caller))
    assert len(allowance._left) <= _MOST_CALLERS
    watch.now = 61.0
    for _ in range(_MOST_CALLERS):
        allowance.take("a")
    assert list(allowance._left) == ["a"]
