"""One declaration per command: from it come parsing, questions, errors, help, rights and every list of commands."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from commands.words.people import RoleName

Values = Mapping[str, Any]


@dataclass(frozen=True)
class About:
    """What people need to know of one part of a command.

    `text` explains it in Dutch. `field` is its name in `veld:waarde` and in errors. `words` separate it in a sentence
    ("naar", "want"). `ask` is the question when it is missing; `when` limits that question to where it is needed.
    `rest` takes what is left over; `trailing` finds a date at the end of a sentence. `greedy` values run on to the
    next field. `synonyms` are other words for a choice. `bare` lets a part with words also
    stand first without one; a `field_only` one is never taken from the words of a sentence.
    `endless` is what is asked, with half a year as the answer of *ja*, when a date has to be there and someone types
    that there is none ("doorlopend", R-078); where `usual` is False without that answer. `quoted` parts are filled from
    the message that a bare command replies to: its "text", or its "sender" as a person's id. `topic` values are one
    word, or a topic of the structure as a whole. `length` is how long a text may be: what stands in one line of a list
    or a digest is "short", what was pasted or is shortened by its command "any". A group may stand behind `behind` at
    the end of the sentence, before or after its date: "kaart maken voor vrijdag bij WG-PFAS".
    """

    text: str
    field: str
    words: tuple[str, ...] = ()
    ask: str = ""
    when: Callable[[Values], bool] | None = None
    rest: bool = False
    trailing: bool = False
    greedy: bool = False
    also: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = dataclasses.field(default_factory=dict)
    bare: bool = False
    field_only: bool = False
    endless: str = ""
    usual: bool = True
    quoted: Literal["", "text", "sender"] = ""
    topic: bool = False
    length: Literal["text", "short", "any"] = "text"
    behind: str = ""


class Where(StrEnum):
    """In which body a role counts for a command. Elsewhere it gives nothing (default deny)."""

    HERE = "het gremium van deze kamer"
    FILTER = "het filter"
    TIER = "een vast overleg"
    GROUP = "een werkgroep of programma"
    ANY = "elk gremium"


@dataclass(frozen=True)
class Right:
    """One cell of the rights table (domain.md §2.13): this role there may, or may only propose.

    `explain` gives no right at all: the door opens so far that the rule can say who may and what does work.
    """

    role: RoleName | Literal["bekend"]
    where: Where = Where.HERE
    propose: bool = False
    explain: bool = False


EVERYONE = (Right("bekend"),)


@dataclass(frozen=True)
class Argument:
    """One part of a command as the parser sees it."""

    name: str
    type: Any
    about: About
    required: bool
    types: tuple[Any, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every field name it answers to."""
        return (self.about.field, *self.about.also)


@dataclass(frozen=True)
class Command:
    """The declaration. `menu` marks the twelve of a small menu; `otherwise` says what does work for who may not.

    What is typed with a command that `forgets` is kept nowhere beside its sender: not in the inbox, and not as a half
    command in a question (INV-36). One that `reads` writes nothing, whatever is typed with it: there is nothing to take
    back when it ends in a refusal, and nothing to undo.
    """

    name: str
    aliases: tuple[str, ...]
    help: str
    example: str
    who: tuple[Right, ...]
    otherwise: str
    menu: bool
    arguments: tuple[Argument, ...]
    run: Callable[..., Any]
    forgets: bool = False
    reads: bool = False

    @cached_property
    def for_all_known(self) -> bool:
        """Whether everyone who is known may use it everywhere."""
        return any(right.role == "bekend" for right in self.who)

    @property
    def usage(self) -> str:
        """The shape of the command, for errors and help."""
        parts = [_usage(argument) for argument in self.arguments if argument.about.field]
        return " ".join([f"!{self.name}", *parts])


def _usage(argument: Argument) -> str:
    about = argument.about
    shown = f"<{about.field}>" if about.rest or (not about.words and not about.greedy) else f"{about.field}:"
    if about.words:
        shown = f"{about.words[0]} <{about.field}>" if about.words[0] != about.field else f"{about.field} <…>"
    return shown if argument.required else f"[{shown}]"


def command(
    name: str,
    *,
    help: str,
    example: str,
    who: tuple[Right, ...],
    aliases: tuple[str, ...] = (),
    otherwise: str = "",
    menu: bool = False,
    forgets: bool = False,
    reads: bool = False,
) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command over a typed function `(turn, …) -> Outcome`; raises TypeError on a part without `About`."""

    def declare(run: Callable[..., Any]) -> Command:
        hints = get_type_hints(run, include_extras=True)
        parameters = list(inspect.signature(run).parameters.values())[1:]
        arguments = tuple(_argument(run, p, hints[p.name]) for p in parameters)
        return Command(name, aliases, help, example, who, otherwise, menu, arguments, run, forgets, reads)

    return declare


def _argument(run: Callable[..., Any], parameter: inspect.Parameter, hint: Any) -> Argument:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{run.__name__}: {parameter.name} has no About")
    inner, about = get_args(hint)[:2]
    types = tuple(part for part in get_args(inner) if part is not NoneType) if _is_union(inner) else (inner,)
    return Argument(parameter.name, types[0], about, parameter.default is inspect.Parameter.empty, types)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)
