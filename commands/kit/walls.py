"""The jubelmuur and the klaagmuur: a short point without a name, in private, about a body (R-146, R-147, INV-36)."""

from __future__ import annotations

import re

from commands.kit.evaluating import people_of, under_way
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.evaluations import takes_part
from commands.words.evaluation import EvaluationState
from commands.words.structure import Body
from commands.words.verdict import Refused

VISIBLE = (
    "Niet opgeslagen, wel zichtbaar: verwijder het zelf. Stuur het in een privébericht; dan komt er geen naam bij."
)
#: Words that may be the name of a person: a mention, a function, or a capital letter.
_NAME = re.compile(r"@?[\w.-]*\w")
_MOST_WORDS = 100


def put_up(turn: Turn, subject: str, text: str, place: Body | None, thanks: str) -> Outcome:
    """Keep the point for the wall of the body, without who said it. Refuses a text that names a person."""
    if turn.room is not None:
        return Reply(say(VISIBLE), mentions=(turn.person.id,), receipt=False)
    mine = [code for code in dict.fromkeys(role.body for role in turn.roles) if _mine(turn, code)]
    if place is not None and place.code not in mine:
        you = "u in zit" if turn.formal else "je in zit"
        only = f"Op de muur van {place.the} schrijft alleen wie erin zit."
        return Refused(f"{only} Noem een groep uit !werkgroepen waar {you}.", code="E04")
    chosen = [place.code] if place is not None else [code for code in mine if _is_open(turn, turn.need_body(code))]
    if not chosen:
        return Refused("De muur gaat open bij de volgende evaluatie. Wacht daarop, of vraag de voorzitter.", code="C40")
    if len(chosen) > 1:
        named = f"{', '.join(chosen[:-1])} en {chosen[-1]}"
        return Refused(
            f"Er is een muur van {named}. Er is niets bewaard; zet erbij waar het over gaat: bij {chosen[0]}."
        )
    body = turn.need_body(chosen[0])
    if not _is_open(turn, body):
        return Refused("De muur gaat open bij de volgende evaluatie. Wacht daarop, of vraag de voorzitter.", code="C40")
    if _names_someone(turn, text, body):
        you = "Past u uw tekst aan?" if turn.formal else "Pas je tekst aan?"
        return Refused(f"Graag over proces, inhoud of relatie, zonder namen. {you} Er is niets bewaard.", code="C41")
    found = under_way(turn, body)
    session = found is not None and found.state is EvaluationState.OUT
    turn.store.add_voice(found.id if found is not None and session else body.code, subject, text.strip())
    return Reply(say(thanks.format(body=body.the)))


def _mine(turn: Turn, code: str) -> bool:
    body = turn.body(code)
    return body is not None and takes_part(turn.roles, body)


def _is_open(turn: Turn, body: Body) -> bool:
    """R-146: all year, or only while an evaluation of the body asks its people (setting)."""
    found = under_way(turn, body)
    return turn.thresholds.wall_all_year or (found is not None and found.state is EvaluationState.OUT)


def _names_someone(turn: Turn, text: str, body: Body) -> bool:
    """Whether a word of the text is a person of the register: a mention, a function, or a name of the body's people."""
    names = {person.name.casefold() for person in people_of(turn, body) if person.name}
    for word in _NAME.findall(text)[:_MOST_WORDS]:
        bare = word.removeprefix("@").strip(".-")
        if word.startswith("@") or ("." in bare and turn.store.find_people(bare)):
            return True
        if bare[:1].isupper() and (bare.casefold() in names or any(p.name for p in turn.store.find_people(bare))):
            return True
    return False
