"""The fortnight that `overlegbot demo` plays: who types what, where and when; what the bot answers is its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commands.words.calendar import AMSTERDAM

#: Where the bot is killed: it heard the message and did nothing yet, or it decided and sent nothing yet.
HEARD, DECIDED = "gehoord", "besloten"


@dataclass(frozen=True)
class Aside:
    """The narrator."""

    text: str


@dataclass(frozen=True)
class Types:
    """Someone types something in a room (a body's code, or `dm`). `killed`: at which step the bot is killed."""

    at: datetime
    room: str
    who: str
    text: str
    killed: str = ""


@dataclass(frozen=True)
class Reacts:
    """Someone puts an emoji on the newest message of the bot in that room that holds the words `on`."""

    at: datetime
    room: str
    who: str
    key: str
    on: str
    killed: str = ""


@dataclass(frozen=True)
class Passes:
    """Nobody types anything until that moment."""

    at: datetime


Step = Aside | Types | Reacts | Passes


def on(day: str, clock: str) -> datetime:
    """A moment of 2027 in Amsterdam: `03-22`, `09:05`."""
    return datetime.fromisoformat(f"2027-{day} {clock}").replace(tzinfo=AMSTERDAM)


BEGIN = on("03-22", "09:00")
END = BEGIN + timedelta(days=14)

SCRIPT: tuple[Step, ...] = (
    Aside("Drie ambtenaren melden wat ze tegenkomen. Eén zin is genoeg; wat ontbreekt vraagt de bot."),
    Types(on("03-22", "09:05"), "AO", "vng.ao.2", "!signaal Baggerdepots zitten vol"),
    Types(on("03-22", "09:40"), "AO", "ipo.ao.1", "!signaal Bodemenergie en drinkwater zitten elkaar in de weg"),
    Types(on("03-22", "11:10"), "dm", "uvw.ao.1", "!signaal"),
    Types(on("03-22", "11:11"), "dm", "uvw.ao.1", "Zout grondwater komt verder landinwaarts"),
    Aside(
        "Het voorbeeldjaar heeft in deze weken geen directeurenoverleg. De secretaris van het DO plant er een bij; "
        "dat is er een meer dan afgesproken, dus de bot wil een reden horen."
    ),
    Types(on("03-22", "14:00"), "DO", "rijk.secr.2", "!vergadering plan DO 7 april 14:00"),
    Types(on("03-22", "14:02"), "dm", "rijk.secr.2", "de baggerdepots kunnen niet wachten tot mei"),
    Aside("Het AO weegt. De secretaris zet één signaal op de eigen agenda; de voorzitter stuurt er één omhoog."),
    Types(on("03-23", "09:00"), "AO", "rijk.secr.1", "!weeg 2 agenderen"),
    Types(on("03-23", "09:01"), "AO", "rijk.secr.1", "strategie"),
    Types(on("03-23", "09:03"), "AO", "rijk.ao.0", "!weeg 1 escaleren horizon:actualiteit"),
    Aside(
        "De waterschappen leggen het voor aan het DO. De bot vraagt wat het DO moet besluiten. Precies als het "
        "antwoord binnen is, trekken we de stekker eruit. De bot heeft het gehoord en er nog niets mee gedaan."
    ),
    Types(on("03-24", "10:30"), "AO", "uvw.ao.1", "!escaleer 1 want het raakt alle partijen"),
    Types(on("03-24", "10:34"), "AO", "uvw.ao.1", "Een tijdelijk kader voor depots toestaan", killed=HEARD),
    Aside(
        "De voorzitter bekrachtigt met ✅. Nu valt de stekker eruit op een ander moment: het besluit staat in het "
        "register, maar er is nog niets over verstuurd."
    ),
    Reacts(on("03-24", "13:15"), "AO", "rijk.ao.0", "✅", "VST-2027-001", killed=DECIDED),
    Aside("Een actie, met een datum zoals mensen die typen. De bot zegt terug welke dag dat is."),
    Types(on("03-25", "09:15"), "AO", "ipo.ao.2", "!actie @vng.ao.2 depotkaart sturen voor volgende week donderdag"),
    Aside("De secretaris van het DO zet het punt op de agenda, nog op de dag van de stukken."),
    Types(on("03-25", "10:00"), "DO", "rijk.secr.2", "!agendeer 1 voor DO ter besluitvorming"),
    Aside("Het paasweekend. Dinsdag om half negen, zes werkdagen voor de vergadering, komt de digest van het DO."),
    Passes(on("03-30", "09:00")),
    Aside("De dag van de actie. Niemand hoeft eraan te denken."),
    Passes(on("03-31", "09:00")),
    Types(on("03-31", "09:20"), "dm", "vng.ao.2", "klaar, gemaild"),
    Aside(
        "De werkgroep diffuus lood liep tot en met 31 maart en niemand besloot iets. De bot zegt het, en beslist niet."
    ),
    Passes(on("04-01", "09:00")),
    Passes(END),
)
