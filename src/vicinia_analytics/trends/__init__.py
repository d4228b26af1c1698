"""Rises in time: is a series of counts above what was to be expected?

    >>> from vicinia_analytics.trends import CusumSettings, cusum, seasonal_expectation
    >>> known = seasonal_expectation(counts, first=1096)
    >>> cusum(counts, known, settings=CusumSettings(ratio=2, most_a_year=1)).alarms

`cusum` for daily series with a year or more behind them, `farrington` for weekly ones with four, `expected_by_day` for the band of a
chart; `ears` only to be beaten.
"""

from vicinia_analytics.trends.cusum import CusumSettings, Line, alarm_line, cusum, false_alarms_a_year
from vicinia_analytics.trends.ears import Ears, EarsSettings, ears
from vicinia_analytics.trends.farrington import Bound, FarringtonSettings, Power, farrington
from vicinia_analytics.trends.results import TrendInputError, Watch
from vicinia_analytics.trends.seasonal import (
    Expectation,
    MovingSettings,
    SeasonSettings,
    expected_by_day,
    moving_expectation,
    moving_forecast,
    seasonal_expectation,
)

__all__ = [
    "Bound",
    "CusumSettings",
    "Ears",
    "EarsSettings",
    "Expectation",
    "FarringtonSettings",
    "Line",
    "MovingSettings",
    "Power",
    "SeasonSettings",
    "TrendInputError",
    "Watch",
    "alarm_line",
    "cusum",
    "ears",
    "expected_by_day",
    "false_alarms_a_year",
    "farrington",
    "moving_expectation",
    "moving_forecast",
    "seasonal_expectation",
]
