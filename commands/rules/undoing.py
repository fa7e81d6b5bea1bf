"""May a deed be taken back? The same person, ten minutes, and nobody acted on it (C64, acceptance scenario 30)."""

from __future__ import annotations

from commands.words.verdict import Allowed, Refused, Verdict


def why_undone(summary: str) -> str:
    """Why an object changed back, in its history: the entry that takes a deed back (INV-37)."""
    return f"ongedaan gemaakt: {summary}"


def may_undo(summary: str, minutes: float, most: int, undone: bool, touched: tuple[str, ...]) -> Verdict:
    """`minutes` since the deed, `most` the setting, `touched` ids that someone changed afterwards."""
    if undone:
        return Refused(
            f"Dit is al ongedaan gemaakt: {summary}. Er is niets veranderd; !ongedaan gaat één opdracht terug. "
            "Iets van eerder verander je met een nieuwe opdracht, "
            f"of door dat bericht binnen {most} minuten te verwijderen.",
            code="E14",
        )
    if touched:
        return Refused(
            f"Er is al op gereageerd ({', '.join(touched)}). Draai het terug met een nieuwe opdracht, "
            "bijvoorbeeld !deescaleer of !verzet."
        )
    if minutes > most:
        return Refused(f"Dat kan tot {most} minuten na de opdracht. Geef een nieuwe opdracht om het te veranderen.")
    return Allowed()
