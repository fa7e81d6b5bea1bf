"""Drawings as PNG, readable in grey: shape, hatching and words carry the meaning, never a colour alone.

Data in, bytes out; the same data gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
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
    """One bar a group: grey until its end date, hatched where it has lapsed; evaluations as diamonds."""
    rows, today = data["rows"], _day(data["today"])
    ends = [_day(row["end"]) for row in rows]
    first = max(min(_day(row["start"]) for row in rows), today - 450)
    last = min(max([*ends, today + 120]), today + 760)
    for place, row in enumerate(reversed(rows)):
        start, end = max(_day(row["start"]), first), _day(row["end"])
        over = _day(row["over"]) if row["over"] else None
        shown = min(over if over is not None else end, last)
        axes.barh(place, shown - start, left=start, height=0.42, color=LIGHT, edgecolor=INK, linewidth=0.8)
        if row["lapsed"] and end < today:
            axes.barh(
                place, today - end, left=end, height=0.42, color="white", edgecolor=INK, hatch="////", linewidth=0.8
            )
        if end <= last and over is None:
            axes.plot([end, end], [place - 0.33, place + 0.33], color=INK, linewidth=2.2)
        note = "verlopen" if row["lapsed"] else "beëindigd" if over is not None else f"tot {_said(row['end'])}"
        axes.annotate(note, (min(shown, last), place), (6, 11), textcoords="offset points", fontsize=8, color=INK)
        for day in row["planned"]:
            if first <= _day(day) <= last:
                axes.plot(_day(day), place, marker="D", markersize=7, markerfacecolor="white", markeredgecolor=INK)
        if row["evaluated"] and first <= _day(row["evaluated"]) <= last:
            axes.plot(_day(row["evaluated"]), place, marker="D", markersize=7, color=INK)
    axes.axvline(today, color=INK, linestyle="--", linewidth=1)
    axes.annotate("vandaag", (today, len(rows) - 0.35), (4, 2), textcoords="offset points", fontsize=8, color=INK)
    axes.set_yticks(range(len(rows)), [_words(row["name"], 20) for row in reversed(rows)])
    axes.set_ylim(-0.7, len(rows) - 0.1)
    axes.set_xlim(first - 10, last + 60)
    _months(axes, first, last)
    _legend(axes)
    axes.set_title(_words(data["title"], 80), loc="left", fontsize=11)
    _plain(axes)
    return 9.0, 1.9 + 0.5 * len(rows)


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


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=LIGHT, edgecolor=INK, label="afgesproken looptijd"),
        Patch(facecolor="white", edgecolor=INK, hatch="////", label="voorbij de einddatum"),
        Line2D([], [], marker="D", color=INK, linestyle="", markerfacecolor="white", label="evaluatie gepland"),
        Line2D([], [], marker="D", color=INK, linestyle="", label="evaluatie gehouden"),
    ]
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.45, -0.12), ncols=4, fontsize=8, frameon=False)


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
    _plain(axes)
    return 10.0, 1.3 + 0.38 * len(rows)


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
