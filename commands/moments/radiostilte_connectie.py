"""radiostilte_connectie: a connection heard nothing for too long; who keeps the contact gets a draft (R-180).

The draft goes nowhere by itself: a person fills in what it means for the region and lets it go.
"""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.bulletins import standing
from commands.kit.connections import contact_for, has_room, members_of
from commands.kit.constituencies import before_release, release_offers
from commands.kit.owed import connection_heard, owe_bulletin
from commands.kit.ports import Due
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.silence import days_heard_nothing
from commands.words.minutes import Bulletin, BulletinKind
from commands.words.people import Person, RoleName
from commands.words.structure import Body


def hears_nothing(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Once for each silence, to the koepelcontact; without one the secretary of the filter hears that it is silent."""
    place = watch.body(due.about)
    if place is None or not (has_room(watch, place) or members_of(watch, place)):
        return ()
    since = connection_heard(watch.store, place)
    if since is None or str(since) != due.occasion:
        return ()
    days = days_heard_nothing(since, watch.today, watch.structure.calendar)
    contact = contact_for(watch, place)
    if contact is None:
        return _nobody(watch, place, days)
    opening = f"{place.code} hoorde {days} dagen niets van ons."
    line = (watch.structure.filter.code, *((place.umbrella,) if place.umbrella else ()), place.code)
    draft = Bulletin(
        watch.store.new_id("TRK", watch.today.year),
        None,
        BulletinKind.STANDING,
        place.code,
        standing(watch, place),
        contact.id,
        watch.now,
        about=place.code,
        line=line,
    )
    watch.put(draft, f"concept voor {place.code}")
    owe_bulletin(watch.store, watch.structure, watch.now, draft)
    lines = (opening, before_release(draft, watch.the(draft.to)), *draft.text.splitlines())
    return [Nudge(contact.id, lines, (draft.id,), release_offers(draft), day=watch.today)]


def _nobody(watch: Watch, place: Body, days: int) -> Sequence[Nudge]:
    keeper = watch.person_with(RoleName.SECRETARY, watch.structure.filter.code)
    if keeper is None:
        return ()
    who = _who(keeper)
    text = f"{place.code} hoorde {days} dagen niets van ons, en heeft geen koepelcontact. {who}"
    return [Nudge(keeper.id, (f"{text} Vastleggen kan met !rol geef, de persoon, koepelcontact en {place.code}.",))]


def _who(keeper: Person) -> str:
    return "Wie kunt u daarvoor vragen?" if keeper.address == "u" else "Wie kun je daarvoor vragen?"


CONNECTION_SILENCE = Moment("radiostilte_connectie", hears_nothing)
