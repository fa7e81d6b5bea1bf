"""!escaleer: one tier up, as a proposal with a brief; from a group to the filter at once (S17, R-016, R-042)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.filing import QUESTION, file_signal
from commands.kit.group_proposals import offers_on
from commands.kit.next_meeting import makes, weighing
from commands.kit.records import choose, from_context
from commands.kit.reply import Mention, Span, Strong, say
from commands.kit.signals import PROPOSERS, place_of, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder, route
from commands.words.people import Person, RoleName
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.signal import Brief, Signal
from commands.words.structure import Body
from commands.words.verdict import Refused


@command(
    "escaleer",
    aliases=("opschalen",),
    help="Leg een signaal één niveau hoger voor.",
    example="!escaleer 14 want het raakt alle partijen",
    who=(
        *(Right(role, Where.ANY, propose=True) for role in PROPOSERS if role is not RoleName.LEAD),
        *(Right(role, Where.GROUP) for role in (RoleName.CHAIR, RoleName.LEAD)),
        Right(RoleName.CONNECTION_MEMBER, Where.ANY),
    ),
    otherwise="vraag een lid van het overleg waar het ligt.",
)
def escaleer(
    turn: Turn,
    signal: Annotated[Signal | None, About("het signaal", "id")] = None,
    to: Annotated[Body | None, About("naar welk overleg", "naar", words=("naar",))] = None,
    why: Annotated[
        str | None,
        About("waarom dit niveau", "waarom", words=("want", "omdat"), also=("reden",), greedy=True, rest=True),
    ] = None,
    ask: Annotated[str | None, About("het gevraagde besluit", "vraag", greedy=True)] = None,
    main_line: Annotated[str | None, About("de hoofdlijn", "hoofdlijn", greedy=True)] = None,
    in_between: Annotated[bool | None, About("tussentijds, buiten de vergadering", "tussentijds")] = None,
) -> Outcome:
    connection = _connection(turn)
    if signal is None and connection is not None:
        return _land(turn, connection, why or "")
    if signal is None:
        found = from_context((Signal,), turn)
        one = (
            choose(found, "signal", turn) if found else Ask("signal", "Om welk signaal gaat het? Een nummer is genoeg.")
        )
        if not isinstance(one, Signal):
            return (
                one
                if isinstance(one, Ask)
                else Refused("Alleen een signaal kan omhoog. Noem het nummer van een signaal.", code="E12")
            )
        signal = one
    origin = place_of(turn, signal)
    if connection is not None and not any(turn.holds(role, origin.code) for role in PROPOSERS):
        return route.connection(connection, turn.structure)
    target = to or turn.structure.above(origin) or origin
    takers = (RoleName.CHAIR, RoleName.LEAD) if origin.is_group else PROPOSERS
    here = any(turn.holds(role, origin.code) for role in takers)
    verdict = route.upward(signal.id, origin, target, turn.structure, _when(turn, origin))
    who = f"de voorzitter van {origin.code}" if origin.is_group else f"een lid of de secretaris van {origin.the}"
    if isinstance(verdict, Refused):
        # The way is offered to who may take it; others read who that is.
        because = f"{verdict.because} {signal.id} ligt bij {origin.the}; escaleren doet {who}."
        return verdict if here or verdict.instead is None else Refused(because, code=verdict.code)
    if not any(turn.holds(role, origin.code) for role in PROPOSERS):
        return Refused(f"{signal.id} ligt bij {origin.the}; escaleren doet {who}.", code="E04")
    verdict = ladder.may_escalate(signal, origin, turn.structure, turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused):
        return verdict
    if origin.is_group:
        return _to_filter(turn, signal, origin, target, why or "")
    if not why:
        return Ask("why", f"Waarom kan {origin.the} dit niet zelf afdoen? Eén zin is genoeg.")
    if not ask:
        return Ask("ask", f"Wat moet {target.the} besluiten?")
    brief = ladder.brief_of(main_line or signal.title, ask, why, turn.thresholds.main_line_most)
    if isinstance(brief, Refused):
        return Ask("main_line", f"{brief.because} Wat is de hoofdlijn, korter?")
    return _propose(turn, signal, origin, target, brief, bool(in_between))


def _connection(turn: Turn) -> Body | None:
    """The connection the person comes from, if any."""
    held = (turn.body(role.body) for role in turn.roles if role.role is RoleName.CONNECTION_MEMBER)
    return next((body for body in held if body is not None), None)


def _land(turn: Turn, connection: Body, text: str) -> Outcome:
    """J7: a signal of a connection is not refused; it is filed at the right place."""
    if len(text.strip()) < turn.thresholds.title_least:
        return Ask("why", QUESTION)
    filed = file_signal(turn, text, connection.code)
    place = turn.structure.filter
    lines = say(
        f"Een signaal van {connection.code} landt bij {place.the}. Ik heb het daar ingediend als {filed.about[0]}."
    )
    return replace(filed, message=lines)


def _when(turn: Turn, origin: Body) -> str:
    above = turn.structure.above(origin)
    return makes(turn, above.code) if above else ""


def _to_filter(turn: Turn, signal: Signal, origin: Body, target: Body, why: str) -> Outcome:
    if not (turn.holds(RoleName.CHAIR, origin.code) or turn.holds(RoleName.LEAD, origin.code)):
        return Refused(f"Dit doet de voorzitter van {origin.code}.", code="E04")
    save(turn, ladder.resubmitted(signal, target.code, why, turn.now), why or f"door {origin.code} voorgelegd")
    text = say((Strong(signal.id), f" ({signal.title}) is voorgelegd door {origin.name} en wacht op weging."))
    turn.announce(target.code, text, about=(signal.id,))
    tell_raisers(turn, signal, f"ligt weer bij {target.the}, ter weging.")
    return Reply(
        say(f"{signal.id} ligt bij {target.the}, ter weging: {weighing(turn).removeprefix('weging ')}."),
        about=(signal.id,),
        deed=f"{signal.id} → {target.code}",
    )


def _propose(turn: Turn, signal: Signal, origin: Body, target: Body, brief: Brief, in_between: bool) -> Outcome:
    proposal = Proposal(
        id=turn.new_id("VST"),
        kind=ProposalKind.ESCALATE,
        about=signal.id,
        proposer=turn.person.id,
        because=brief.why,
        confirms=origin.code,
        state=ProposalState.SUBMITTED,
        made_at=turn.now,
        to_body=target.code,
        brief=brief,
        in_between=in_between,
    )
    turn.put(proposal, brief.why)
    save(turn, replace(signal, brief=brief, changed_at=turn.now), f"voorgesteld voor {target.code}: {proposal.id}")
    chair = turn.person_with(RoleName.CHAIR, origin.code)
    number = proposal.id.rsplit("-", 1)[-1].lstrip("0")
    opening = f"{proposal.id}: {signal.id} naar {target.the}: {makes(turn, target.code)}."
    lines: list[tuple[Span, ...] | str] = [opening, _confirming(turn, origin, chair, number)]
    offers = offers_on(proposal)
    about = (signal.id, proposal.id)
    mentions = (chair.id,) if chair is not None and chair.id != turn.person.id else ()
    if turn.room is None or turn.room.code != origin.code:
        turn.announce(origin.code, say(*lines), about=about, offers=offers, mentions=mentions)
    tell_raisers(turn, signal, f"is voorgesteld voor {target.the}; de voorzitter van {origin.the} beslist.")
    return Reply(
        say(*lines),
        about=about,
        offers=offers,
        mentions=mentions,
        deed=f"{proposal.id} voorgesteld",
        receipt=not mentions,
    )


def _confirming(turn: Turn, origin: Body, chair: Person | None, number: str) -> tuple[Span, ...] | str:
    if chair is None:
        return f"{origin.capital} heeft nu geen voorzitter; het voorstel wacht."
    if chair.id == turn.person.id:
        return ("Wie voorstelt, bekrachtigt niet; een ander doet dat: ", *_deputies(turn, origin), ".")
    named: tuple[Span, ...] = (
        "De voorzitter ",
        origin.code,
        " (",
        Mention(chair.id, chair.label),
        ") bekrachtigt: ✅ of ",
    )
    return (*named, f"!akkoord {number}.")


def _deputies(turn: Turn, body: Body) -> tuple[Span, ...]:
    """Who may confirm when the chair may not."""
    stand_ins = turn.store.stand_ins(RoleName.CHAIR, body.code, on=turn.today)
    named = [Mention(person, turn.person_named(person)) for person in stand_ins if person != turn.person.id]
    if not named:
        return ("er is nog geen vervanger; de secretaris wijst die aan met !rol",)
    listed = [span for one in named for span in (", ", one)][1:]
    return ("de vervanger ", *listed)
