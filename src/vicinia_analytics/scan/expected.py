"""What the earlier periods of a study lead to expect of the latest, for the expectation-based scan."""

from __future__ import annotations

import numpy as np

from vicinia_analytics.regression import RegressionError, poisson_regression
from vicinia_analytics.scan.inputs import Floats, ScanInputError, Study, Unit


def by_population(study: Study, at_risk: Floats, latest: int) -> Floats:
    """Cases expected in each place in the `latest` periods, float64[places, latest], by a Poisson regression on those before.

    at_risk: float64[places, periods], people or people × days. The model is count ~ offset(log at_risk) + period, and day of
    the week where the unit is a day and two weeks are known. The rate is the same everywhere, so the sums of each period say all
    that can be known of it. Raises ScanInputError if fewer than two periods come before, or they can't be fitted.
    """
    if at_risk.shape != study.cases.shape:
        raise ScanInputError(f"The population has the shape {at_risk.shape}, cases {study.cases.shape}.")
    periods = len(study.calendar)
    before = periods - latest
    if before < 2:
        raise ScanInputError(f"{before} periods before the latest {latest}; at least two are needed to know what to expect.")  # fmt: skip
    if not (at_risk.sum(axis=0) > 0).all():
        raise ScanInputError("There is nobody in any place in some period.")
    design = np.column_stack(
        [np.ones(periods), (np.arange(periods) - before) / before, *_weekdays(study, before)]
    )
    try:
        fit = poisson_regression(
            design[:before], study.cases[:, :before].sum(axis=0).astype(np.float64), offset=np.log(at_risk[:, :before].sum(axis=0))
        )  # fmt: skip
    except RegressionError as problem:
        raise ScanInputError(f"The earlier periods say nothing of the latest: {problem}") from None
    rates = np.exp(fit.predict(design[before:])[0])
    return np.asarray(at_risk[:, before:] * rates[None, :])


def _weekdays(study: Study, before: int) -> list[Floats]:
    """Indicator columns of six days of the week; none where they can't be told apart."""
    if study.calendar.unit is not Unit.DAY or before < 14:
        return []
    weekday = (study.calendar.start.weekday() + np.arange(len(study.calendar))) % 7
    return [(weekday == day).astype(np.float64) for day in range(1, 7)]
