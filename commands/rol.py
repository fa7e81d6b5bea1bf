"""!rol: who has which role where (C57). A chair takes a second person: the secretary records, a chair confirms."""

from __future__ import annotations

from typing import Annotated

from commands.kit.appointing import Seating, appoint
from commands.kit.arguments import Deadline, PartyCode
from commands.kit.declare import About, Right, Where, command
from commands.kit.records import clean
from commands.kit.turn import Outcome, Turn
from commands.rules.programmes import TEMPLATE_ROLES, role_named
from commands.words.people import Person, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

_WHICH = (
    "Welke rol: voorzitter, secretaris, lid, inhoudelijk, extern, trekker, koepelcontact of connectielid? "
    "Een rol eindigt met tot en de laatste dag achter de opdracht."
)


@command(
    "rol",
    help="Leg vast wie welke rol heeft in een overleg of groep.",
    example="!rol @vng.ao.2 lid AO namens VNG",
    who=(
        Right(RoleName.SECRETARY, Where.ANY),
        Right(RoleName.CHAIR, Where.ANY, propose=True),
        Right(RoleName.LEAD, Where.GROUP, propose=True),
    ),
    otherwise="vraag het de secretaris.",
)
def rol(
    turn: Turn,
    person: Annotated[Person, About("om wie het gaat", "wie", ask="Om wie gaat het? Een @-naam is genoeg.")],
    role: Annotated[
        RoleName,
        About(
            "de rol",
            "rol",
            ask=_WHICH,
            synonyms={
                "vz": "voorzitter",
                "secr": "secretaris",
                "programmatrekker": "trekker",
                "inhoud": "inhoudelijk",
                "programmadirecteur": "trekker",
                "projectleider": "voorzitter",
                "projectsecretaris": "secretaris",
            },
        ),
    ],
    body: Annotated[
        Body, About("het overleg of de groep", "gremium", words=("in", "van"), bare=True, ask="In welk overleg?")
    ],
    party: Annotated[PartyCode | None, About("namens welke partij", "namens", words=("namens",))] = None,
    until: Annotated[Deadline | None, About("de laatste dag", "tot", words=("tot", "t/m", "met"), greedy=True)] = None,
    because: Annotated[str | None, About("waarom die voorzitter", "motivering", greedy=True)] = None,
    asked_by: Annotated[Person | None, About("wie dit vastlegde; vult de bot in", "gevraagd")] = None,
) -> Outcome:
    name = clean(turn.typed.get("role", "")).casefold()
    if name in TEMPLATE_ROLES:
        named = role_named(name, turn.store.get(Workgroup, body.code) if body.is_group else None)
        if isinstance(named, Refused):
            return named
        role = named
    return appoint(turn, Seating(person, role, body, party, until, because or "", asked_by))
