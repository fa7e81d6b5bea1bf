"""je becomes u, with its verb and what one has; what someone typed stays as it was."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from commands.rules.address import OWNED, VERBS, formally
from tests.commands.texts_in_source import HOLE, ROOT


@pytest.mark.parametrize(
    ("je", "u"),
    [
        ("Welke datum bedoel je?", "Welke datum bedoelt u?"),
        ("Bedoel je !besluit of !actie?", "Bedoelt u !besluit of !actie?"),
        ("Jij bent lid van het DO (VNG).", "U bent lid van het DO (VNG)."),
        ("Als voorzitter breng je geen punt in.", "Als voorzitter brengt u geen punt in."),
        ("Een vertegenwoordiger van je partij kan dit.", "Een vertegenwoordiger van uw partij kan dit."),
        ("ACT-1 staat op jouw naam.", "ACT-1 staat op uw naam."),
        ("Een vervanger wijs je voor jezelf aan.", "Een vervanger wijst u voor uzelf aan."),
        ("Wil je overnemen?", "Wilt u overnemen?"),
        ("Over AFS-1 is jou niets gevraagd.", "Over AFS-1 is u niets gevraagd."),
        ("Vraag het secretariaat je aan te melden.", "Vraag het secretariaat u aan te melden."),
        ("Wat heb je geleerd, en hoe ga je verder?", "Wat hebt u geleerd, en hoe gaat u verder?"),
        ("Draai je laatste opdracht terug.", "Draai uw laatste opdracht terug."),
        ("of dit je vorige antwoord is", "of dit uw vorige antwoord is"),
        ("Met lijst zie je ze, met weg stop je er een.", "Met lijst ziet u ze, met weg stopt u er een."),
        ("Laat je herinneren.", "Laat u herinneren."),
        ("Doe jij dat? Hier wilde je aan denken.", "Doet u dat? Hier wilde u aan denken."),
        ("Kies een object of project.", "Kies een object of project."),
    ],
)
def test_a_sentence_of_the_bot_addresses_with_u(je: str, u: str) -> None:
    assert formally(je) == u
    assert formally(u) == u


def test_what_was_typed_stays_between_its_quotation_marks() -> None:
    assert formally("'met je buren' ken ik niet. Bedoel je PFAS?") == "'met je buren' ken ik niet. Bedoelt u PFAS?"


# --- every sentence of the source ------------------------------------------------------------------------------------
#: Words before je that are no verb of which je is the subject, nor anything else that changes with u.
NO_VERBS = set(
    "aan als bewaar bij dank die dit en het ken laat namens of om secretariaat vaak van vertelt voor waar wat "
    "wie".split()
)
#: Words behind je that are not what someone has.
NOT_OWNED = set(
    "aan als apps bent contact daar daarvoor dan dat de deze doet er erbij eerder erom erover geen geleerd hebt "
    "herinneren herinnert hier het hoeft hoort in kunt mag meedenken meer met niets nog nu om overnemen privé te "
    "terugkoppelen trekt typt vast verder vervangt voor wijzigen wijzigt wilt ze ziet zit".split()
)
#: A verb before and something owned behind it: it is the verb's object ("pas uw tekst aan"), not its subject.
OBJECTS = {("pas", "tekst"), ("trek", "eigen"), ("draai", "laatste"), ("haal", "laatste"), ("geef", "disciplines")}
#: The console, the demo and the first settings speak to who installs the bot, always with je.
ELSEWHERE = ("bot/doors", "bot/teams_manifest.py", "commands/rules/address.py", "commands/kit/dialogue.py")


def sentences() -> Iterator[tuple[str, str]]:
    """Every text in the source with where it stands, a hole for each value in it."""
    for path in sorted([*(ROOT / "commands").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(ELSEWHERE):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if id(node) in parts | docs:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield where, node.value
            if isinstance(node, ast.JoinedStr):
                yield where, "".join(str(one.value) if isinstance(one, ast.Constant) else HOLE for one in node.values)


def unclear(text: str) -> list[str]:
    """The places where the bot cannot tell what je is: subject behind its verb, owner, or neither."""
    found = []
    for match in re.finditer(r"\b(?:je|jij)\b", text, re.IGNORECASE):
        before = (re.findall(r"\{\}|\w+|[^\s\w]", text[: match.start()]) or [""])[-1].casefold()
        after = (re.findall(r"\{\}|\w+|[^\s\w]", text[match.end() :]) or [""])[0].casefold()
        verb, owned = before in VERBS, after in OWNED
        clear_before = verb or before in NO_VERBS or not before.strip(".:;,?!()'")
        clear_behind = owned or after in NOT_OWNED or not after.strip(".:;,?!()'") or (verb and after in ("{}", "!"))
        if not clear_before or not clear_behind or (verb and owned and (before, after) not in OBJECTS):
            found.append(text[max(0, match.start() - 30) : match.end() + 30])
    return found


def test_every_je_in_the_source_is_told_apart() -> None:
    texts = [(where, text) for where, text in sentences() if re.search(r"\b(?:je|jij)\b", text, re.IGNORECASE)]
    assert len(texts) > 60
    found = [f"{where}: {place}" for where, text in texts for place in unclear(text)]
    assert found == [], "say what it is: VERBS or OWNED in rules/address.py, or NO_VERBS, NOT_OWNED or OBJECTS here"


@pytest.mark.parametrize("text", ["Dan snap je het.", "Dat is je fiets.", "Stel je organisatie voor.", "Ik zie {} je"])
def test_a_je_that_nobody_told_apart_is_noticed(text: str) -> None:
    assert unclear(text)


def test_no_verb_is_kept_that_no_sentence_uses_or_that_gets_no_t() -> None:
    for verb in VERBS:
        said = formally(f"Dan {verb} je dat.").split()[1]
        assert said.endswith("t") or said in ("was", "wilde")
