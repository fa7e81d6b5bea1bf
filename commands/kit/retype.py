"""A half command as someone could type it again: the inverse of `parse.split`."""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.declare import Argument, Command


def retype(command: Command, parts: Mapping[str, str]) -> str:
    """One line that the parser reads back as these parts; parts the command does not know are left out.

    What stands first without a word comes first, then the sentence, then every other part as `veld:"waarde"`.
    """
    leading: list[str] = []
    sentence: list[str] = []
    fields: list[str] = []
    for argument in command.arguments:
        value = parts.get(argument.name, "").strip()
        if not value:
            continue
        if argument.about.rest:
            sentence.append(value)
        elif _stands_first(argument):
            leading.append(value)
        else:
            fields.append(f'{argument.about.field}:"{value}"' if " " in value else f"{argument.about.field}:{value}")
    return " ".join([f"!{command.name}", *leading, *sentence, *fields])


def _stands_first(argument: Argument) -> bool:
    about = argument.about
    if about.field_only or (argument.type is bool and not about.bare):
        return False
    return argument.type is not str and (not about.words or about.bare) and (not about.trailing or about.bare)
