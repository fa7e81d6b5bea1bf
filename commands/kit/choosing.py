"""What someone chose with !meldingen and !stil, said back in words (C59)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.register import Register
from commands.rules.preferences import is_quiet
from commands.words.enumeration import joined
from commands.words.reminder import Intensity, Preference


def in_words(register: Register, preference: Preference, *, formal: bool) -> list[str]:
    """How often, about what and where, and what comes through whatever was chosen."""
    you, your = ("U", "uw") if formal else ("Je", "je")
    at = f"{register.thresholds.send_at:%H:%M}"
    how = {
        None: "alles zoals het voor iedereen is",
        Intensity.DIRECT: "nieuws meteen",
        Intensity.DAILY: f"nieuws één keer per dag, {at}",
        Intensity.WEEKLY: f"één bericht per week, maandag {at}",
        Intensity.MONTHLY: f"één bericht per maand, op de eerste werkdag om {at}",
        Intensity.LIGHT: f"één bericht per maand, op de eerste werkdag om {at}",
    }[preference.intensity]
    topics = f", over {joined(preference.topics)}" if preference.topics else ""
    room = register.body(preference.room) if preference.room else None
    where = f", in het kanaal van {room.the}" if room is not None else ""
    lines = [f"{you} krijgt {how}{topics}{where}. {_through(preference, formal=formal)}".strip()]
    if preference.topics:
        lines.append("Nieuws over andere thema's stuur ik niet; het staat in !signalen.")
    if room is not None:
        lines.append(f"Wat daar niet iedereen mag lezen, en wat over {your} acties gaat, komt privé.")
    if is_quiet(preference, register.today) and preference.quiet_until is not None:
        lines.append(f"Stil tot {dates.say_day(preference.quiet_until)}.")
    return lines


def _through(preference: Preference, *, formal: bool) -> str:
    match preference.intensity:
        case Intensity.WEEKLY | Intensity.MONTHLY:
            return "Acuut en eigen acties komen wel door."
        case Intensity.LIGHT:
            your = "Uw" if formal else "Je"
            between = "alleen wat acuut is komt ertussendoor. Eén woord is genoeg als antwoord."
            return f"{your} acties staan er ook in; {between}"
        case _:
            return ""
