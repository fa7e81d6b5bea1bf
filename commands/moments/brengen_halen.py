"""brengen_halen: twice a year who helped others much is asked what there is to fetch, where the own organisation
received little itself (R-188). Asked once, in words; nobody is compared with anybody."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.exchange import met_in
from commands.kit.owed import fetching_due
from commands.kit.ports import Due, Offer
from commands.kit.reply import Code, Line
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.bringing import exchanges, may_fetch_more
from commands.rules.periods import half_before
from commands.words.people import Person

_OFFERS = (Offer("hulpvraag", "hulpvraag", {}, rest="text"),)


def asks_what_to_fetch(watch: Watch, due: Due) -> Sequence[Nudge]:
    """To the people who did the helping, in the half year that just ended; the next time is owed at once."""
    if not watch.thresholds.asks_to_fetch:
        return ()
    watch.owe_again(fetching_due(watch.structure, watch.today))
    met = met_in(watch, half_before(watch.today))
    generous = {name for name, one in exchanges(met).items() if may_fetch_more(one)}
    helpers = dict.fromkeys(one.helper for one in met if one.gave in generous and one.got != one.gave)
    people = [person for id in helpers if (person := watch.store.get(Person, id)) is not None]
    return [Nudge(one.id, (_text(one),), offers=_OFFERS) for one in people if watch.in_office(one)]


def _text(person: Person) -> Line:
    """Thanks, one open question, and two ways to go on."""
    formal = person.address == "u"
    you = "u" if formal else "jij"
    ways = "U antwoordt met hulpvraag en één zin" if formal else "Antwoord met hulpvraag en één zin"
    return (
        f"{person.organisation} dacht het afgelopen halfjaar vaak met anderen mee. Dank daarvoor. "
        f"Wat zou {you} willen halen? {ways}; in een privébericht kan het met ",
        Code("!hulpvraag anoniem"),
        " ook zonder naam.",
    )


WHAT_TO_FETCH = Moment("brengen_halen", asks_what_to_fetch)
