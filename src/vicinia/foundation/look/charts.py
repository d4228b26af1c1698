"""Bar and line charts, laid out here and drawn as inline SVG by the templates: no script, no style."""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.foundation.kernel.verdict import Sentence

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 16, 28
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
LABELS_THAT_FIT = 8
DOTS_THAT_FIT = 31
BARS_WITH_NUMBERS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `url` leads to what it counts.

    `meaning` is late, due, done, calm, plain (grey) or empty (blue). `expected` is where the dashed line passes over it,
    `usual` how high the band of normal swing reaches. `parts` stand on each other, each a value and its meaning.
    """

    label: str
    value: float
    url: str = ""
    meaning: str = ""
    expected: float | None = None
    usual: float | None = None
    parts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BarSeries:
    """What a bar chart shows; the `sentence` says what to see in it, `parts` what each part of a bar is."""

    title: Sentence
    sentence: Sentence
    bars: tuple[Bar, ...]
    label_heading: Sentence
    value_heading: Sentence
    parts: tuple[Sentence, ...] = ()
    note: Sentence = ""

    @property
    def has_expected(self) -> bool:
        return any(bar.expected is not None for bar in self.bars)

    @property
    def has_usual(self) -> bool:
        return any(bar.usual is not None for bar in self.bars)

    @property
    def legend(self) -> list[tuple[Sentence, str]]:
        """What each part is called, and its meaning."""
        meanings = next((bar.parts for bar in self.bars if bar.parts), ())
        return [(name, meaning) for name, (_value, meaning) in zip(self.parts, meanings, strict=False)]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a value for each label, None where there is none."""

    name: Sentence
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class LineSeries:
    """What a line chart shows: up to four lines over the same labels."""

    title: Sentence
    sentence: Sentence
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    label_heading: Sentence
    note: Sentence = ""

    @property
    def rows(self) -> list[tuple[str, list[float | None]]]:
        """The table: each label with the value of every line."""
        return [(label, [line.values[at] for line in self.lines]) for at, label in enumerate(self.labels)]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its number, or a label under the axis with its place."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar in drawing units; a bar without parts is one piece."""

    y: float
    height: float
    meaning: str


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in drawing units."""

    bar: Bar
    x: float
    width: float
    pieces: list[Piece]
    middle: float
    number_at: float


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """A bar chart in drawing units."""

    bars: list[DrawnBar]
    grid: list[Tick]
    labels: list[Tick]
    expected: str
    band: str
    has_numbers: bool


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line in drawing units: `path` breaks where values are missing."""

    name: Sentence
    number: int
    path: str
    dots: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """A line chart in drawing units."""

    lines: list[DrawnLine]
    grid: list[Tick]
    labels: list[Tick]


def draw_bars(series: BarSeries) -> BarDrawing:
    """Lay a bar chart out on a 640 x 240 canvas."""
    heights = [
        height for bar in series.bars for height in (bar.value, bar.expected, bar.usual) if height is not None
    ]
    top = _round_top(heights)
    slot = PLOT_WIDTH / max(len(series.bars), 1)
    bars = [_draw_bar(bar, at, slot, top) for at, bar in enumerate(series.bars)]
    return BarDrawing(
        bars=bars,
        grid=_grid(top),
        labels=_labels([bar.label for bar in series.bars], [drawn.middle for drawn in bars]),
        expected=_steps([bar.expected for bar in series.bars], slot, top, closed=False),
        band=_steps([bar.usual for bar in series.bars], slot, top, closed=True),
        has_numbers=len(bars) <= BARS_WITH_NUMBERS,
    )


def draw_lines(series: LineSeries) -> LineDrawing:
    """Lay a line chart out on a 640 x 240 canvas."""
    top = _round_top([value for line in series.lines for value in line.values if value is not None])
    step = PLOT_WIDTH / max(len(series.labels) - 1, 1)
    places = [round(LEFT + at * step, 1) for at in range(len(series.labels))]
    return LineDrawing(
        lines=[_draw_line(line, at, places, top) for at, line in enumerate(series.lines, start=1)],
        grid=_grid(top),
        labels=_labels(list(series.labels), places),
    )


def _draw_bar(bar: Bar, at: int, slot: float, top: float) -> DrawnBar:
    width = min(slot * 0.72, 48)
    middle = LEFT + slot * (at + 0.5)
    pieces, below = [], 0.0
    for value, meaning in bar.parts or ((bar.value, bar.meaning),):
        y = _y(below + value, top)
        pieces.append(Piece(y, round(_y(below, top) - y, 1), meaning))
        below += value
    return DrawnBar(
        bar=bar,
        x=round(middle - width / 2, 1),
        width=round(width, 1),
        pieces=pieces,
        middle=round(middle, 1),
        number_at=round(_y(bar.value, top) - 4, 1),
    )


def _steps(values: list[float | None], slot: float, top: float, *, closed: bool) -> str:
    """A line that is level over each bar; closed, the surface under it. It breaks where there is no value."""
    path: list[str] = []
    floor, is_drawing = _y(0, top), False
    for at, value in enumerate([*values, None]):
        x = round(LEFT + slot * at, 1)
        if value is None:
            path += [f"V{floor}Z"] if is_drawing and closed else []
        else:
            begin = "L" if is_drawing else f"M{x} {floor}L" if closed else "M"
            path.append(f"{begin}{x} {_y(value, top)}H{round(LEFT + slot * (at + 1), 1)}")
        is_drawing = value is not None
    return "".join(path)


def _draw_line(line: Line, number: int, places: list[float], top: float) -> DrawnLine:
    dots: list[tuple[float, float]] = []
    path: list[str] = []
    is_drawing = False
    for x, value in zip(places, line.values, strict=True):
        if value is None:
            is_drawing = False
            continue
        dots.append((x, _y(value, top)))
        path.append(f"{'L' if is_drawing else 'M'}{x} {dots[-1][1]}")
        is_drawing = True
    shown = dots if len(dots) <= DOTS_THAT_FIT else []
    return DrawnLine(name=line.name, number=number, path=" ".join(path), dots=shown)


def _y(value: float, top: float) -> float:
    return round(TOP + PLOT_HEIGHT * (1 - value / top), 1)


def _round_top(values: list[float]) -> float:
    """The least of 1, 2, 4, 5, 10, 20, 40... that holds every value, so that four steps are round."""
    highest = max([*values, 1])
    power = 1.0
    while True:
        for factor in (1, 2, 4, 5, 8):
            if factor * power >= highest:
                return factor * power
        power *= 10


def _grid(top: float) -> list[Tick]:
    steps = 4 if top >= 4 and top % 4 == 0 else 2 if top % 2 == 0 else 5 if top % 5 == 0 else 1
    return [Tick(_y(top * at / steps, top), f"{top * at / steps:g}") for at in range(steps + 1)]


def _labels(texts: list[str], places: list[float]) -> list[Tick]:
    """Only as many labels as fit side by side."""
    every = max(1, -(-len(texts) // LABELS_THAT_FIT))
    return [
        Tick(place, text)
        for at, (text, place) in enumerate(zip(texts, places, strict=True))
        if at % every == 0
    ]
