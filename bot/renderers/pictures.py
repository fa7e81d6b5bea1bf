"""Drawings as PNG, readable in grey: shape, hatching and words carry the meaning, never a colour alone.

Data in, bytes out; the same data gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.renderers.clean import clean
from commands.kit.files import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, GREY, LIGHT = "#1a1a1a", "#6b6b6b", "#c9c9c9"
DPI = 150
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def png(picture: Picture) -> bytes:
    """The drawing as PNG. Raises ValueError for a kind that nobody draws."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # takes a while to load; most messages carry none
    from matplotlib.figure import Figure

    draw = DRAWINGS.get(picture.kind)
    if draw is None:
        raise ValueError(f"{picture.kind} is no drawing")
    figure = Figure(dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    size = draw(axes, picture.data)
    figure.set_size_inches(*size)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _words(text: str, most: int = 60) -> str:
    """A text of the register as a label: no markup for formulas, and not longer than the drawing has room for."""
    text = " ".join(clean(text).split()).replace("$", r"\$")
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _day(text: str) -> float:
    return float(date.fromisoformat(text).toordinal())


# --- groups on a time line -------------------------------------------------------------------------------------------
def timeline(axes: Axes, data: Mapping[str, Any]) -> tuple[float, float]:
    """One bar a group: grey until its end date, hatched where it has lapsed; evaluations as marks."""
    rows, today = data["rows"], _day(data["today"])
    first = max(min(_day(row["start"]) for row in rows), today - 450)
    last = min(max([*(_day(row["end"]) for row in rows), today + 120]), today + 760)
    for place, row in enumerate(reversed(rows)):
        _bar(axes, row, place, (first, today, last))
        for kind, mark in _MARKS.items():
            days = [day for day in map(_day, row[kind]) if first <= day <= last]
            axes.plot(days, [place] * len(days), linestyle="", markersize=7, zorder=4, **mark[1])
    axes.axvline(today, color=INK, linestyle="--", linewidth=1, zorder=2)
    _note(axes, "vandaag", today, len(rows) - 0.35, (4, 2))
    axes.set_yticks(range(len(rows)), [_words(row["name"], 34) for row in reversed(rows)])
    axes.set_ylim(-0.7, len(rows) - 0.1)
    axes.set_xlim(first - 24, last + 60)
    _months(axes, first, last)
    beyond = any(_day(row["start"]) < first or _day(row["end"]) > last for row in rows)
    _legend(axes, [kind for kind in _MARKS if any(row[kind] for row in rows)], beyond=beyond)
    axes.set_title(_words(data["title"], 80), loc="left", fontsize=11)
    _plain(axes)
    return 9.0, 1.9 + 0.5 * len(rows)


def _bar(axes: Axes, row: Mapping[str, Any], place: int, between: tuple[float, float, float]) -> None:
    """How long the group runs, with its end in words; a triangle where it goes on outside the drawing."""
    first, today, last = between
    begin, end = _day(row["start"]), _day(row["end"])
    over = _day(row["over"]) if row["over"] else None
    start, stop = max(begin, first), end if over is None else over
    shown = max(min(stop, last), start)
    line: dict[str, Any] = {"height": 0.42, "edgecolor": INK, "linewidth": 0.8}
    axes.barh(place, shown - start, left=start, color=LIGHT, zorder=1, **line)
    if row["lapsed"] and end < today:
        axes.barh(place, today - max(end, first), left=max(end, first), color="white", hatch="////", zorder=1, **line)
    if begin < first:
        axes.plot(first - 10, place, marker="<", markersize=7, color=INK)
    if stop > last:
        axes.plot(last + 10, place, marker=">", markersize=7, color=INK)
    elif first <= end and over is None:
        axes.plot([end, end], [place - 0.33, place + 0.33], color=INK, linewidth=2.2, zorder=3)
    note = "verlopen" if row["lapsed"] else "beëindigd" if over is not None else f"tot {_said(row['end'])}"
    _note(axes, note, shown, place, (6, 11))


def _note(axes: Axes, text: str, x: float, y: float, offset: tuple[float, float]) -> None:
    """Small words on white, so that no line of the drawing runs through them."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    axes.annotate(text, (x, y), offset, textcoords="offset points", fontsize=8, color=INK, bbox=box, zorder=5)


def _said(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def _months(axes: Axes, first: float, last: float) -> None:
    """A mark each quarter, by name; the year with the first one of a year."""
    marks: list[float] = []
    names: list[str] = []
    day = date.fromordinal(int(first)).replace(day=1)
    while day.toordinal() <= last:
        if day.month in (1, 4, 7, 10) and day.toordinal() >= first:
            marks.append(float(day.toordinal()))
            names.append(
                f"{_MONTHS[day.month - 1]}\n{day.year}" if day.month == 1 or not names else _MONTHS[day.month - 1]
            )
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    axes.set_xticks(marks, names, fontsize=8)
    axes.grid(axis="x", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


#: What an evaluation looks like, and what the legend calls it, told apart by shape.
_MARKS: dict[str, tuple[str, dict[str, Any]]] = {
    "planned": ("evaluatie gepland", {"marker": "D", "markerfacecolor": "white", "markeredgecolor": INK}),
    "missed": ("evaluatie niet gehouden", {"marker": "X", "markerfacecolor": "white", "markeredgecolor": INK}),
    "held": ("evaluatie gehouden", {"marker": "D", "color": INK}),
}


def _legend(axes: Axes, marks: Sequence[str], *, beyond: bool) -> None:
    """Only what is in the drawing, below it."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Patch(facecolor=LIGHT, edgecolor=INK, label="afgesproken looptijd"),
        Patch(facecolor="white", edgecolor=INK, hatch="////", label="voorbij de einddatum"),
    ]
    handles += [Line2D([], [], linestyle="", label=_MARKS[kind][0], **_MARKS[kind][1]) for kind in marks]
    if beyond:
        handles.append(Line2D([], [], linestyle="", marker=">", color=INK, label="loopt buiten beeld door"))
    _below(axes, handles)


def _below(axes: Axes, handles: Sequence[Any]) -> None:
    figure: Any = axes.figure
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8, frameon=False)


# --- signals through the tiers ---------------------------------------------------------------------------------------
def flow(axes: Axes, data: Mapping[str, Any]) -> tuple[float, float]:
    """Where signals came from and went to, as a grid of numbers: the larger the square, the more signals."""
    stations = list(data["stations"])
    starts = [one for one in stations if one not in ("afgehandeld", "samengevoegd")]
    goals = [one for one in stations if one != "ingediend"]
    most = max(move["n"] for move in data["moves"])
    for move in data["moves"]:
        if move["from"] not in starts or move["to"] not in goals:
            continue
        x, y = goals.index(move["to"]), len(starts) - 1 - starts.index(move["from"])
        side = 0.28 + 0.6 * (move["n"] / most) ** 0.5
        axes.add_patch(_square(x, y, side))
        axes.annotate(str(move["n"]), (x, y), ha="center", va="center", fontsize=11, color=INK)
    axes.set_xticks(range(len(goals)), [_words(one, 14) for one in goals], fontsize=9)
    axes.set_yticks(range(len(starts)), [_words(one, 14) for one in reversed(starts)], fontsize=9)
    axes.set_xlabel("naar", fontsize=9)
    axes.set_ylabel("van", fontsize=9)
    axes.set_xlim(-0.6, len(goals) - 0.4)
    axes.set_ylim(-0.6, len(starts) - 0.4)
    axes.set_aspect("equal")
    axes.set_title(_words(data["title"], 80), loc="left", fontsize=11)
    _plain(axes)
    return 1.6 + 0.95 * len(goals), 1.4 + 0.95 * len(starts)


def _square(x: float, y: float, side: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - side / 2, y - side / 2), side, side, facecolor=LIGHT, edgecolor=INK, linewidth=0.8)


# --- progress of agreements ------------------------------------------------------------------------------------------
def progress(axes: Axes, data: Mapping[str, Any]) -> tuple[float, float]:
    """One line an agreement, from paper to practice: a filled mark where it stands, a hollow one where it stood."""
    rows, stages = data["rows"], data["stages"]
    for place, row in enumerate(reversed(rows)):
        axes.plot([0, len(stages) - 1], [place, place], color=LIGHT, linewidth=1, zorder=1)
        if row["before"] is not None and row["before"] != row["stage"]:
            axes.plot([row["before"], row["stage"]], [place, place], color=INK, linewidth=1.4, zorder=2)
            axes.plot(row["before"], place, "o", markersize=8, markerfacecolor="white", markeredgecolor=INK, zorder=3)
        axes.plot(row["stage"], place, "o", markersize=9, color=INK, zorder=4)
    names = [f"{row['name']}  {_words(row['text'], 44)}" for row in reversed(rows)]
    axes.set_yticks(range(len(rows)), names, fontsize=8)
    axes.set_xticks(range(len(stages)), [_words(one, 20) for one in stages], fontsize=9)
    axes.set_xlim(-0.3, len(stages) - 0.7)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_title(_words(data["title"], 80), loc="left", fontsize=11)
    moved = any(row["before"] not in (None, row["stage"]) for row in rows)
    _stands(axes, data["left"], moved=moved)
    _plain(axes)
    return 10.0, 1.7 + 0.38 * len(rows)


def _stands(axes: Axes, left: int, *, moved: bool) -> None:
    from matplotlib.lines import Line2D

    hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": INK}
    handles = [Line2D([], [], linestyle="", marker="o", color=INK, label="waar de afspraak nu staat")]
    if moved:
        handles.append(Line2D([], [], linestyle="", marker="o", label="waar de afspraak eerder stond", **hollow))
    if left:
        handles.append(Line2D([], [], linestyle="", label=f"en nog {left}: die staan in de tekst"))
    _below(axes, handles)


def _plain(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.tick_params(length=0)


DRAWINGS: dict[str, Callable[[Any, Mapping[str, Any]], tuple[float, float]]] = {
    "tijdlijn": timeline,
    "stroom": flow,
    "voortgang": progress,
}
