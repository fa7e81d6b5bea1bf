"""!exporteer: the lists of a body as a file, for who may see them (C62, §2.13, digests.md §3.1 and §3.4)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where, command
from commands.kit.exports import FORMAT_WORDS, FORMATS, Format, Kind, file_of, many, tables_of
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.visibility import may_see_body
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

ROLES = (
    RoleName.SECRETARY,
    RoleName.CHAIR,
    RoleName.MEMBER,
    RoleName.SUBSTANCE,
    RoleName.LEAD,
    RoleName.UMBRELLA_CONTACT,
)

WORDS = "acties, besluiten, afspraken, signalen, aandachtspunten, raadplegingen, verslag of alles"
KINDS = {
    "actielijst": "acties",
    "besluitenlijst": "besluiten",
    "alle": "alles",
    "lijsten": "alles",
    "verslagen": "verslag",
    "notulen": "verslag",
    "voortgang": "afspraken",
    "raadpleging": "raadplegingen",
    "standpunten": "raadplegingen",
}


@command(
    "exporteer",
    aliases=("export",),
    help=f"Krijg een lijst als bestand: {WORDS}.",
    example="!exporteer besluiten DO als csv",
    who=tuple(Right(role, Where.ANY) for role in ROLES),
    otherwise="vraag het de secretaris.",
    reads=True,
)
def exporteer(
    turn: Turn,
    what: Annotated[
        Kind,
        About(
            WORDS,
            "wat",
            synonyms=KINDS,
            ask=f"Welke lijst: {WORDS}?",
        ),
    ],
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van",), bare=True)] = None,
    since: Annotated[Deadline | None, About("vanaf welke dag", "van", words=("sinds", "vanaf"), greedy=True)] = None,
    until: Annotated[Deadline | None, About("tot en met welke dag", "tot", words=("tot", "t/m"), greedy=True)] = None,
    format: Annotated[
        Format | None, About("ods, csv, odt, pdf, md of json", "als", words=("als",), synonyms=FORMAT_WORDS)
    ] = None,
) -> Outcome:
    place = body or turn.room or _own(turn)
    if place is None:
        return Ask("body", "Van welk overleg?")
    # The contact of an umbrella gets the signals and the positions of the own one (§2.13); the table lets no other
    # through.
    own = what in (Kind.SIGNALS, Kind.CONSULTATIONS)
    own_umbrella = own and any(role.role is RoleName.UMBRELLA_CONTACT for role in turn.roles)
    if not (_may_take(turn, place) or own_umbrella):
        return Refused(
            f"De lijsten van {place.the} zijn voor wie in {place.the} zit. {ways.ask_secretary(place.the)}", code="E04"
        )
    tables = tables_of(turn, what, place, since, until)
    rows = sum(len(table.rows) for table in tables)
    if rows == 0:
        return Refused("Niets te exporteren in deze periode. Kies een andere periode.", code="C62")
    chosen = format or Format.ODS
    name = f"{what}-{place.code.casefold()}-{turn.today.isoformat()}"
    files = tuple(
        file_of(
            table,
            name if len(tables) == 1 else f"{table.title.casefold()}-{place.code.casefold()}-{turn.today.isoformat()}",
            FORMATS[chosen],
        )
        for table in tables
        if table.rows
    )
    counted = ", ".join(f"{len(table.rows)} {many(table.title, len(table.rows))}" for table in tables if table.rows)
    return Reply(say(f"Export klaar ({counted}){_period(since, until)}."), files=files, private=True)


def _own(turn: Turn) -> Body | None:
    codes = list(dict.fromkeys(role.body for role in turn.roles))
    return turn.body(codes[0]) if len(codes) == 1 else None


def _may_take(turn: Turn, place: Body) -> bool:
    """§2.13: members of their own body, secretaries and chairs of all they see; never from outside (INV-20)."""
    return not turn.person.external and may_see_body(turn.viewer, place, turn.structure)


def _period(since: date | None, until: date | None) -> str:
    return f", {since.isoformat() if since else ''} t/m {until.isoformat() if until else ''}" if since or until else ""
