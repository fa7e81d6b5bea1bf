"""What happens to a request for help: who is asked, who wants to, and how two people meet (R-186, R-209, R-211).

Neither side hears a name before the other agreed. Nobody but the asker and those who were asked knows of it; of a
request without a name not even the history names the asker.
"""

from __future__ import annotations

from dataclasses import replace

from commands.kit.ports import Offer
from commands.kit.reply import Strong, say
from commands.kit.signals import sentence
from commands.kit.similar import known_about, said_before
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.helping import choose, may_go_on, spelling, state_with, topic_in, words_in
from commands.words.helping import OPEN_HELP, HelpRequest
from commands.words.people import Person
from commands.words.verdict import Refused

NAMELESS = "anoniem"
_COUNT = {1: "Eén mens heeft", 2: "Twee mensen hebben", 3: "Drie mensen hebben"}


def keep(turn: Turn, request: HelpRequest, why: str) -> None:
    """Write it down; without a name, without who did it or by which message, and forget the asker when it is over."""
    change = turn.change(why)
    nameless = replace(change, by=NAMELESS, source=None, deed=None)
    turn.store.put(request, nameless if request.anonymous else change)
    if request.anonymous and request.state not in OPEN_HELP:
        turn.store.keep_asker(request.id, None)


def closed(turn: Turn, request: HelpRequest, words: str, deed: str) -> Reply:
    """Over. Without a name there is no deed to undo: that would keep the name beside it."""
    if not request.anonymous:
        return Reply(say(words), (request.id,), deed=deed, private=True)
    you = "u" if turn.formal else "jij"
    return Reply(say(f"{words} Dat {you} het vroeg, is nu vergeten."), (request.id,), private=True, forgets=True)


def ask_for_help(turn: Turn, text: str, topic: str | None, *, anonymous: bool) -> Outcome:
    """Note it, and ask up to three people who offered to be found for its topic."""
    topic = topic or _topic(turn, text)
    listed = turn.store.experts(topic=topic) if topic else ()
    matches = choose((one.person for one in listed if _works(turn, one.person)), turn.person.id)
    me = turn.person.id
    by = None if anonymous else me
    body = turn.room.code if turn.room is not None and turn.room.is_group else None
    request = HelpRequest(
        turn.new_id("HV"), text, by, turn.now, anonymous=anonymous, topic=topic, matches=matches, body=body
    )
    keep(turn, request, "gesteld")
    if anonymous:
        turn.store.keep_asker(request.id, me)
    for person in matches:
        _ask_expert(turn, request, person)
    return Reply(
        say(
            (Strong(request.id), f" genoteerd{', zonder naam' if anonymous else ''}. {_next(turn, request)}"),
            said_before(known_about(turn, f"{text} {topic or ''}")),
        ),
        about=(request.id,),
        deed="" if anonymous else f"{request.id} genoteerd",
        private=anonymous,
        forgets=anonymous,
    )


def _next(turn: Turn, request: HelpRequest) -> str:
    """Who from outside reads it hears the same whatever is found: how many can be found is not for them, as with
    !wieweet (INV-20)."""
    you = "u" if turn.formal else "je"
    if turn.person.external or (turn.room is not None and turn.room.with_externals):
        hears = "hoort" if turn.formal else "hoor"
        return f"Ik zoek wie kan meedenken. Wil iemand dat, dan {hears} {you} het van mij in een privébericht."
    if request.matches:
        verb = "wil" if len(request.matches) == 1 else "willen"
        who = "die persoon" if len(request.matches) == 1 else "ze"
        return (
            f"{_COUNT[len(request.matches)]} zich gemeld voor {request.topic}. Ik vraag of {who} {verb} meedenken, en "
            f"vraag {you} daarna of ik {you} in contact breng."
        )
    if request.topic is None:
        return f"Ik herken geen thema. Met thema: erbij zoek ik wie {you} kan helpen."
    return (
        f"Nog niemand heeft zich gemeld voor {request.topic}. Met !hulpvraag {_number(request.id)} doorzetten "
        f"{'maakt u' if turn.formal else 'maak je'} er een signaal van."
    )


def _topic(turn: Turn, text: str) -> str | None:
    """What the text names and somebody is listed for, else a topic of the structure that it names."""
    known = topic_in(text, turn.structure.topics)
    for word in ((known,) if known else ()) + words_in(text):
        if experts := turn.store.experts(topic=word):
            return spelling([one.topic for one in experts], word)
    return known


def _works(turn: Turn, person: str) -> bool:
    found = turn.store.get(Person, person)
    return found is not None and turn.in_office(found)


def _ask_expert(turn: Turn, request: HelpRequest, person: str) -> None:
    """The question, without who asks; one word answers it."""
    expert = turn.store.get(Person, person)
    formal = expert is not None and expert.address == "u"
    you, your = ("u", "uw") if formal else ("je", "je")
    asks = "Wilt u meedenken" if formal else "Wil je meedenken"
    answer = "U antwoordt" if formal else "Antwoord"
    text = (
        f"[gevraagd: hulp] Iemand zoekt hulp over {request.topic} ({request.id}): {sentence(request.text)} {asks}? "
        f"{answer} met ja of nee; wie het vraagt, hoort {your} naam pas als {you} ja zegt."
    )
    turn.tell(person, say(text), about=(request.id,), offers=_offers(request), receipt=False)


def _offers(request: HelpRequest, expert: str = "") -> tuple[Offer, ...]:
    parts = {"request": request.id, **({"expert": f"@{expert}"} if expert else {})}
    words = (("✅", "ja"), ("ja", "ja"), ("nee", "nee"))
    return tuple(Offer(word, "hulpvraag", {**parts, "act": act}) for word, act in words)


def said_by_expert(turn: Turn, request: HelpRequest, *, agrees: bool) -> Outcome:
    """R-211: one of those who were asked says yes or no; the asker hears a yes only, and decides."""
    verdict = may_go_on(request)
    if isinstance(verdict, Refused):
        return Refused("Dank. Deze hulpvraag is al klaar.", code="E14")
    me = turn.person.id
    others = tuple(one for one in request.willing if one != me)
    if not agrees:
        if me in request.willing:
            keep(turn, replace(request, willing=others), "toch niet")
        return Reply(say("Goed, dank. Ik zeg niemand dat ik het vroeg."), (request.id,), private=True)
    if me in request.willing:
        return Refused("Dat had ik al genoteerd.", code="E14")
    keep(turn, replace(request, willing=(*others, me)), "iemand wil meedenken")
    _tell_asker(turn, request)
    fine = "Fijn. Zegt de vrager ook ja, dan hoor je het van me."
    return Reply(say(fine.replace("hoor je", "hoort u") if turn.formal else fine), (request.id,), private=True)


def _tell_asker(turn: Turn, request: HelpRequest) -> None:
    """To the asker alone: while that function is vacant, a deputy or secretary would read who asked."""
    asker = turn.store.get(Person, turn.store.asker(request) or "")
    if asker is None or not turn.in_office(asker):
        return
    formal = asker.address == "u"
    name = f" Dan hoort {turn.person.label} {'uw' if formal else 'je'} naam." if request.anonymous else ""
    you = "u" if formal else "je"
    text = (
        f"{turn.person.label} ({turn.person.organisation}) wil meedenken over {request.id}. Zal ik {you} in contact "
        f"brengen?{name} {'U antwoordt' if formal else 'Antwoord'} met ja of nee."
    )
    turn.tell(asker.id, say(text), about=(request.id,), offers=_offers(request, turn.person.id), receipt=False)


def meet(turn: Turn, request: HelpRequest, expert: Person | None, *, agrees: bool) -> Outcome:
    """The asker answers who wants to help; only two times yes brings two people together."""
    waiting = [one for one in request.willing if one not in request.in_touch]
    chosen = expert.id if expert is not None else waiting[0] if len(waiting) == 1 else None
    if chosen is None or chosen not in request.willing:
        if not waiting:
            return Refused("Er heeft nog niemand ja gezegd. Wacht even: ik laat het weten.", code="E14")
        names = [turn.person_named(one) for one in waiting]
        return Ask("expert", f"Met wie: {', '.join(names[:-1])} of {names[-1]}?")
    other = turn.store.get(Person, chosen)
    if not agrees or other is None:
        keep(turn, replace(request, willing=tuple(one for one in request.willing if one != chosen)), "geen contact")
        return Reply(say("Goed, dan breng ik niemand in contact."), (request.id,), private=True)
    if chosen in request.in_touch:
        return Refused("Dat had ik al gedaan.", code="E14")
    met = (*request.in_touch, chosen)
    keep(turn, replace(request, in_touch=met, state=state_with(request, met)), "in contact")
    me = f"{turn.person.label} ({turn.person.organisation})"
    formal = other.address == "u"
    asks = "Neemt u contact op" if formal else "Neem je contact op"
    turn.tell(
        chosen,
        say(f"De hulpvraag {request.id} is van {me}: {request.text} {asks}?"),
        about=(request.id,),
        receipt=False,
    )
    you = "u" if turn.formal else "je"
    text = f"{other.label} ({other.organisation}) weet nu dat de vraag van {you} is, en neemt contact op."
    done = f"Is het gelukt? Dan: !hulpvraag {_number(request.id)} beantwoord."
    # Two people who know of each other now: nothing takes that back.
    return Reply(say(text, done), (request.id,), private=True)


def withdraw_from(turn: Turn, request: HelpRequest) -> None:
    """Those who said yes hear that it is no longer needed."""
    for person in request.willing:
        turn.tell(person, say(f"{request.id} is ingetrokken; meedenken hoeft niet meer. Dank."), about=(request.id,))


def _number(id: str) -> str:
    return id.rsplit("-", 1)[-1].lstrip("0")
