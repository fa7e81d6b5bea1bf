"""A refusal says why and what does work: every text that the code can refuse with offers a way on.

A way on is *ja* to an offer, a command that exists, something to type or choose, somebody to ask, or a question back.
The texts are read from the source, with what varies left open, so that a refusal that no conversation reaches counts as
well.
"""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import pytest

from commands.catalogue import COMMANDS
from commands.kit.records import NOUNS
from tests.commands.texts_in_source import HOLE, RELAYED, Refusal, Source

SOURCE = Source("commands", "bot")
REFUSALS = tuple(SOURCE.refusals())
_COMMAND = re.compile(r"!([a-z][a-z-]*|\{\})")
_TO_DO = (
    "antwoord begin draai evalueer geef gebruik kies kijk leg maak noem pas plan rond schrijf stel stuur typ verbeter "
    "verwijder vraag vul wacht weeg zeg zet zoek"
)
_LIMIT = "hooguit|maximaal|minstens|bijvoorbeeld|zoals"
_CAN = "wel|dit doen|het|tot en met|met|aan|via|na|als|daarna|nog"
_WHO = (
    "voorzitter secretaris secretariaat indiener trekker koepelcontact beheerder deelnemers leden connectieleden "
    "vertegenwoordiger"
)
_WAYS = {
    "asks back": re.compile(r"\?(?:$|\s)"),
    "says what to do": re.compile(
        rf"(?:^|[.,;:}}>]\s(?:of\s)?|\bof\s)(?:Eerst |Dan )?(?:{'|'.join(_TO_DO.split())})\b", re.IGNORECASE
    ),
    "says what can be": re.compile(
        rf"\b(?:Wel|Velden|Er staan):|\b(?:Wel kan|kan (?:{_CAN})|gaat (?:met|naar)|{_LIMIT})\b"
    ),
    "says who": re.compile(
        rf"(?<!geen )(?<!Als )\b(?:{'|'.join(_WHO.split())})\b|\bdoet dit wie het trekt\b",
    ),
}
#: E14: what was asked for stands already, so there is nothing left to do; the text says so.
_SO_ALREADY = re.compile(r"\b(?:al|twee keer)\b|niets (?:veranderd|gewijzigd)|\bwordt al\b")
#: Refusals without a way on in their own text, and why that is right.
EXCEPTIONS = {
    ("commands/rules/actions.py", "may_finish"): "!gereed offers to take the action over",
    (
        "commands/rules/agenda.py",
        "horizon_fits",
    ): "kit/agenda_ways offers the next regular meeting, or plans it",
    ("commands/rules/agenda.py", "treated_below"): "kit/agenda_ways offers the body below, or says whom to ask",
    ("commands/rules/programmes.py", "prepared_first"): "the same",
    ("commands/rules/agenda.py", "signal_fits"): "kit/agenda_ways offers a proposal, or says where to look",
    ("commands/rules/agenda.py", "still_open"): "!agendeer offers to ask the chair",
    ("commands/rules/ladder.py", "may_assign"): "!beleg asks for another date behind it",
    ("commands/rules/groups.py", "may_last"): "the dialogue offers the last day that does work",
    ("commands/rules/ladder.py", "due_fits"): "!delegeer and !beleg ask for another date behind it",
    ("commands/kit/authorise.py", "authorise"): "says who may, and the way of the command's declaration",
    ("commands/kit/records.py", "missing"): "ends with the hint of the kind of record, which is looked at below",
    ("commands/rules/planning.py", "day_fits"): "the end of a sentence that kit/meeting_checks finishes with an offer",
    ("commands/rules/planning.py", "in_order"): "the same",
    ("commands/rules/planning.py", "within_frequency"): "becomes the question for a reason",
    ("bot/carrier.py", "execute"): "shows the usage of the command",
    ("bot/agendas.py", "brought"): "each fault of a file says what to send instead",
}
#: Where quotation marks hold something else, or what is shortened there itself.
NOT_TYPED = {
    "commands/kit/dates/context.py": "shortens it itself",
    "bot/renderers/files.py": "a cell of a spreadsheet",
    "bot/agendas.py": "shortens it itself",
    "commands/kit/urging.py": "the action as it is kept, in a text to send on",
    "commands/zoek.py": "the place behind the word that was looked for",
}


def way_on(one: Refusal) -> str:
    """What kind of way on a refusal offers, "" when none."""
    if one.offers:
        return "offers"
    if one.text == RELAYED:
        return "was judged where it was made"
    if any(name == HOLE or name in COMMANDS for name in _COMMAND.findall(one.text)):
        return "names a command"
    if one.code == "E14" and _SO_ALREADY.search(one.text):
        return "is so already"
    return next((kind for kind, pattern in _WAYS.items() if pattern.search(one.text)), "")


def test_the_scan_finds_the_refusals_of_the_rules_the_kit_and_the_commands() -> None:
    files = {one.where.split(":")[0] for one in REFUSALS}
    assert {"commands/rules/polls.py", "commands/rules/progress.py", "commands/kit/arguments.py"} <= files
    assert {"commands/weeg.py", "bot/answers.py", "bot/carrier.py"} <= files
    assert len(REFUSALS) > 600


def test_every_refusal_offers_a_way_on() -> None:
    stuck = [
        f"{one.where} ({one.function}, {one.code}): {one.text}"
        for one in REFUSALS
        if not way_on(one) and (one.where.split(":")[0], one.function) not in EXCEPTIONS
    ]
    assert stuck == []


def test_every_exception_is_still_needed() -> None:
    needed = {(one.where.split(":")[0], one.function) for one in REFUSALS if not way_on(one)}
    assert set(EXCEPTIONS) - needed == set()


def test_refusals_name_only_commands_that_exist() -> None:
    strange = [
        (one.where, name)
        for one in REFUSALS
        for name in _COMMAND.findall(one.text)
        if name != HOLE and name not in COMMANDS
    ]
    assert strange == []


def test_no_refusal_shows_a_hole_that_was_never_filled() -> None:
    assert [one for one in REFUSALS if re.search(r"\{\w", one.text)] == []


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_what_is_not_found_is_followed_by_where_to_look(kind: type) -> None:
    named = _COMMAND.findall(NOUNS[kind][1])
    assert named
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize(
    "text",
    [
        "{} is gesloten; wegen kan niet.",
        "Een werkgroep besluit niet.",
        "Deze vraag is gesloten.",
        "{} heeft nu geen voorzitter.",
        "Zoals het nu is, kan dat niet meer.",
    ],
)
def test_a_refusal_that_only_says_no_is_seen(text: str) -> None:
    assert way_on(Refusal("commands/weeg.py:1", "weeg", text, offers=False, code="E12")) == ""


def test_what_was_typed_is_repeated_shortened() -> None:
    """Between quotation marks stands what someone typed: at most a line of it, through `ways.shown`."""
    whole = [
        f"{module.path}:{part.lineno}"
        for module in SOURCE.modules.values()
        for part in quoted_holes(module.tree)
        if module.path not in NOT_TYPED
        and not (isinstance(part, ast.Call) and ast.unparse(part.func) in ("ways.shown", "shown"))
        and not (isinstance(part, ast.Name) and part.id.isupper())
    ]
    assert whole == []


def quoted_holes(tree: ast.AST) -> list[ast.expr]:
    """What is filled in right behind a quotation mark."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for before, part in pairwise(node.values):
                opened = isinstance(before, ast.Constant) and str(before.value).endswith("'")
                if opened and isinstance(part, ast.FormattedValue):
                    found.append(part.value)
    return found
