"""Reads from the source what a refusal can say: every text that can reach a `Refused`, with holes for what varies.

A text is followed through names, conditions, constants of other modules, functions that return it and parameters that
are filled where the function is called. What comes from another verdict (`verdict.because`) was judged where that one
was made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: What stands for a part that only is known when somebody types something.
HOLE = "{}"
#: A text that comes from another verdict, and was judged where that was made.
RELAYED = "<because>"
#: So many ways of saying one text are followed, no more.
MOST = 96
DEEPEST = 6
_KEEPS = {"strip", "capitalize", "rstrip", "lstrip", "format", "replace"}


@dataclass
class Module:
    """One file: its functions by name (methods too), the values of its names, and where its imports come from."""

    path: str
    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    values: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """One text of one refusal. `offers` says that *ja* to it runs something else; `code` as in the source."""

    where: str
    function: str
    text: str
    offers: bool
    code: str


class Source:
    """The modules of the core and of the turn."""

    def __init__(self, *folders: str) -> None:
        self.modules: dict[str, Module] = {}
        for folder in folders:
            for path in sorted((ROOT / folder).rglob("*.py")):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                self.modules[name] = _read(path)

    def refusals(self) -> Iterator[Refusal]:
        """Every text of every `Refused(…)` that is made from the words of a verdict."""
        for module in self.modules.values():
            for function, call in _calls(module, "Refused"):
                made_elsewhere = module.path == "commands/rules/ways.py"
                if made_elsewhere or module.imports.get("Refused", ("", ""))[0] != "commands.words.verdict":
                    continue
                named = {word.arg: word.value for word in call.keywords}
                because = call.args[0] if call.args else named["because"]
                way = call.args[1] if len(call.args) > 1 else named.get("instead")
                code = call.args[2] if len(call.args) > 2 else named.get("code")
                said = code.value if isinstance(code, ast.Constant) else ""
                offers = way is not None and not self._may_be_none(way, module, function)
                for text in self.texts(because, module, function):
                    name = function.name if function is not None else ""
                    yield Refusal(f"{module.path}:{call.lineno}", name, text, offers, str(said))
            yield from self._with_or_without(module)

    def _with_or_without(self, module: Module) -> Iterator[Refusal]:
        """What `ways.refused` says where its offer cannot be made."""
        for function, call in _calls(module, "refused"):
            if ast.unparse(call.func) != "ways.refused":
                continue
            because, _, otherwise, code = call.args
            for text in self.texts(because, module, function):
                for end in self.texts(otherwise, module, function):
                    name = function.name if function is not None else ""
                    said = str(code.value) if isinstance(code, ast.Constant) else ""
                    yield Refusal(f"{module.path}:{call.lineno}", name, f"{text} {end}", offers=False, code=said)

    def texts(
        self, expression: ast.expr, module: Module, function: ast.FunctionDef | None, depth: int = 0
    ) -> tuple[str, ...]:
        """Every text that the expression can be, each once; a hole for what is not text of ours."""
        found = self._texts(expression, module, function, depth)
        return tuple(dict.fromkeys(found))[:MOST]

    def _texts(self, node: ast.expr, module: Module, function: ast.FunctionDef | None, depth: int) -> list[str]:
        if depth > DEEPEST:
            return [HOLE]

        def inner(part: ast.expr) -> tuple[str, ...]:
            return self.texts(part, module, function, depth + 1)

        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                return _joined([inner(part) for part in parts])
            case ast.FormattedValue(value=value):
                return list(inner(value))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _joined([inner(left), inner(right)])
            case ast.IfExp(body=body, orelse=other):
                return [*inner(body), *inner(other)]
            case ast.BoolOp(values=values):
                return [text for value in values for text in inner(value)]
            case ast.Attribute(attr="because"):
                return [RELAYED]
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if self._home(owner, module) is not None:
                return self._named(name, self._home(owner, module) or module, None, depth)
            case ast.Name(id=name):
                return self._named(name, module, function, depth, node.lineno)
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _KEEPS:
                return list(inner(value))
            case ast.Call(func=ast.Attribute(attr="join"), args=[ast.Tuple(elts=parts) | ast.List(elts=parts)]):
                return _joined([one for part in parts for one in ((" ",), inner(part))])
            case ast.Call(func=ast.Name(id=name)):
                return self._returned(name, module, depth)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if self._home(owner, module):
                return self._returned(name, self._home(owner, module) or module, depth)
        return [HOLE]

    def _home(self, name: str, module: Module) -> Module | None:
        """The module that is imported as a whole under that name: `from commands.rules import ways`."""
        package, real = module.imports.get(name, ("", ""))
        return self.modules.get(f"{package}.{real}")

    def _named(self, name: str, module: Module, function: ast.FunctionDef | None, depth: int, at: int = 0) -> list[str]:
        found: list[str] = []
        if function is not None:
            for value in _reaching(_assigned(function, name), function, at):
                found += self.texts(value, module, function, depth + 1)
            if not found and name in _parameters(function):
                return self._filled(name, module, function, depth)
        if not found and name in module.values:
            found += self.texts(module.values[name], module, None, depth + 1)
        if not found and name in module.imports:
            origin, real = module.imports[name]
            other = self.modules.get(origin)
            if other is not None and real in other.values:
                found += self.texts(other.values[real], other, None, depth + 1)
        return found or [HOLE]

    def _filled(self, name: str, module: Module, function: ast.FunctionDef, depth: int) -> list[str]:
        """What the callers in the same file put in this parameter."""
        place = _parameters(function).index(name)
        found: list[str] = []
        for caller, call in _calls(module, function.name):
            given = {word.arg: word.value for word in call.keywords}.get(name)
            if given is None and place < len(call.args):
                given = call.args[place]
            if given is not None and caller is not function:
                found += self.texts(given, module, caller, depth + 1)
        return found or [HOLE]

    def _returned(self, name: str, module: Module, depth: int) -> list[str]:
        home, real = module, name
        if name not in module.functions and name in module.imports:
            origin, real = module.imports[name]
            home = self.modules.get(origin, module)
        function = home.functions.get(real)
        if function is None or ast.unparse(function.returns or ast.Constant("")) != "str":
            return [HOLE]
        found: list[str] = []
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                found += self.texts(node.value, home, function, depth + 1)
        return found or [HOLE]

    def _may_be_none(self, way: ast.expr, module: Module, function: ast.FunctionDef | None, depth: int = 0) -> bool:
        if depth > DEEPEST:
            return False

        def inner(part: ast.expr) -> bool:
            return self._may_be_none(part, module, function, depth + 1)

        match way:
            case ast.Constant(value=None):
                return True
            case ast.IfExp(body=body, orelse=other):
                return inner(body) or inner(other)
            case ast.Name(id=name) if function is not None:
                given = _assigned(function, name)
                declared = [a.annotation for a in _arguments(function) if a.arg == name]
                nullable = any("None" in ast.unparse(one) for one in declared if one is not None)
                return nullable or any(inner(one) for one in given)
            case ast.Call(func=ast.Name(id=name)):
                home, real = module, name
                if name in module.imports:
                    origin, real = module.imports[name]
                    home = self.modules.get(origin, module)
                called = home.functions.get(real)
                return called is not None and called.returns is not None and "None" in ast.unparse(called.returns)
        return False


def _read(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = Module(str(path.relative_to(ROOT)), tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            module.functions.setdefault(node.name, node)
        if isinstance(node, ast.ImportFrom) and node.module:
            module.imports.update({name.asname or name.name: (node.module, name.name) for name in node.names})
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            module.values.update({t.id: statement.value for t in statement.targets if isinstance(t, ast.Name)})
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            module.values[statement.target.id] = statement.value
    return module


def _calls(module: Module, name: str) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    """Every call of that name, with the innermost function around it."""

    def walk(node: ast.AST, function: ast.FunctionDef | None) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            inside = child if isinstance(child, ast.FunctionDef) else function
            if isinstance(child, ast.Call) and _called(child) == name:
                yield function, child
            yield from walk(child, inside)

    yield from walk(module.tree, None)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _parameters(function: ast.FunctionDef) -> list[str]:
    names = [one.arg for one in _arguments(function)]
    return names[1:] if names[:1] == ["self"] else names


def _assigned(function: ast.FunctionDef, name: str) -> list[ast.expr]:
    """What is given to a name in a function, also as one of a row: `you, are = ("U", "bent") if … else (…)`."""
    found: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.NamedExpr) and node.target.id == name:
            found.append(node.value)
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == name
            and node.value
        ):
            found.append(node.value)
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                found.append(node.value)
            if isinstance(target, ast.Tuple):
                places = [n for n, one in enumerate(target.elts) if isinstance(one, ast.Name) and one.id == name]
                found += [one for n in places for one in _nth(node.value, n)]
    return found


def _reaching(values: list[ast.expr], function: ast.FunctionDef, at: int) -> list[ast.expr]:
    """Those of the values that the name can still have on line `at`: none from before the last one that was given on
    the way there in any case."""
    before = [one for one in values if one.lineno <= at]
    if not at or not before:
        return values
    blocks: list[list[ast.stmt]] = []
    for node in ast.walk(function):
        for part in ("body", "orelse"):
            block = getattr(node, part, None)
            if isinstance(block, list) and any(one.lineno <= at <= (one.end_lineno or 0) for one in block):
                blocks.append(block)
    certain = [
        statement.lineno
        for block in blocks
        for statement in block
        if isinstance(statement, ast.Assign) and statement.lineno < at and statement.value in before
    ]
    last = max(certain, default=0)
    return [one for one in before if one.lineno >= last]


def _nth(value: ast.expr, n: int) -> list[ast.expr]:
    if isinstance(value, ast.IfExp):
        return [*_nth(value.body, n), *_nth(value.orelse, n)]
    return [value.elts[n]] if isinstance(value, ast.Tuple) and n < len(value.elts) else []


def _joined(parts: list[tuple[str, ...]]) -> list[str]:
    size = 1
    for part in parts:
        size *= len(part)
    if size > MOST:
        # Too many to follow: what varies most becomes a hole.
        widest = max(range(len(parts)), key=lambda n: len(parts[n]))
        parts = [(HOLE,) if n == widest else part for n, part in enumerate(parts)]
        return _joined(parts)
    return ["".join(one) for one in product(*parts)]
