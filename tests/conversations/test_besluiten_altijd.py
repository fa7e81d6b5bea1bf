"""Whatever is typed in whatever order, decisions and agreements keep INV-22…INV-27."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from bot.testing import Simulation, TestBot
from commands.rules.agreements import in_words
from commands.rules.decisions import UNDECIDING, may_overrule
from commands.words.agreement import Agreement, AgreementState, Progress
from commands.words.decision import FROZEN_STATES, Decision, DecisionState
from commands.words.meeting import Meeting
from commands.words.people import Person
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import tables
from storage.store import SqlStore
from tests.conftest import at

#: Mostly those who may, in the room where they may; the others try as well.
WHERE = st.sampled_from(
    [("rijk.secr.1", "AO"), ("rijk.ao.0", "AO"), ("rijk.secr.2", "DO"), ("rijk.do.1", "DO")] * 3
    + [("rijk.bo.1", "BO"), ("vng.ao.1", "AO"), ("vng.do.1", "DO"), ("uvw.wg.1", "WG-PFAS"), ("rijk.secr.1", "dm")]
)
WHO = "bindt {} verantwoordelijk {} trekker @vng.ao.1 verantwoording {} termijn:doorlopend spoor:{}"
MADE = st.builds(
    "{} {} {}".format,
    st.sampled_from(["!besluit", "!afspraak"]),
    st.sampled_from(["we doen het", "we doen het anders", "we stoppen ermee"]),
    st.sampled_from(["", "mandaat:ja", "mandaat:nee", "herziet:BES-1 mandaat:ja", "vervangt:AFS-1 mandaat:ja"]),
)
AGREED = st.builds(
    lambda text, binds, who, to, track: f"!afspraak {text} {WHO.format(binds, who, to, track)} mandaat:ja",
    st.sampled_from(["we leveren", "we leren"]),
    st.sampled_from(["VNG", "Rijk en IPO", "uwv", "alle partijen", "VNG en bedrijfsleven"]),
    st.sampled_from(["VNG", "@vng.ao.1"]),
    st.sampled_from(["AO", "DO"]),
    st.sampled_from(["aanspreken", "aanjagen"]),
)
LATER = st.one_of(
    st.builds("!besluit vaststellen {}".format, st.sampled_from(["BES-1", "BES-2", "BES-3", "BES-4"])),
    st.builds("!afspraak vaststellen {}".format, st.sampled_from(["AFS-1", "AFS-2", "AFS-3"])),
    st.builds(
        "!voortgang {} {}".format,
        st.sampled_from(["AFS-1", "AFS-2", "AFS-3"]),
        st.sampled_from(
            ["gerealiseerd", "in uitvoering", "in uitvoering 3", "vervallen want klaar", "op papier",
             "gerealiseerd bewijs:het rapport", "gerealiseerd bewijs:het rapport duiding:het beweegt echt", "pdca:do"]
        ),
    ),
    st.builds(
        "!voortgang {} {}".format,
        st.sampled_from(["BES-1", "BES-2", "BES-3"]),
        st.sampled_from(["in uitvoering", "uitgevoerd", "niet uitgevoerd", "vervallen want anders"]),
    ),
    st.builds("!wijzig {} tekst:iets anders".format, st.sampled_from(["BES-1", "BES-2", "AFS-1", "AFS-2"])),
    st.builds("!mandaat {} {}".format, st.sampled_from(["BES-1", "BES-3"]), st.sampled_from(["ja", "nee"])),
    st.builds(
        "!voorbehoud {} VNG {}".format,
        st.sampled_from(["BES-1", "BES-2", "AFS-1"]),
        st.sampled_from(["maatwerk", "opgeheven"]),
    ),
)  # fmt: skip
STEP = st.tuples(WHERE, st.one_of(MADE, AGREED, LATER, LATER, LATER), st.booleans())
START = (
    ("rijk.secr.1", "AO", "!besluit we beginnen mandaat:ja"),
    ("rijk.secr.1", "AO", f"!afspraak we delen {WHO.format('VNG', 'VNG', 'AO', 'aanspreken')} mandaat:ja"),
    ("rijk.secr.1", "AO", f"!afspraak we groeien {WHO.format('IPO', 'IPO', 'AO', 'aanjagen')} mandaat:ja"),
    ("rijk.secr.2", "DO", "!besluit het DO begint"),
)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=10, max_size=25))
def test_decisions_and_agreements_keep_their_invariants(
    structure: Structure, people: PeopleFile, steps: list[tuple[tuple[str, str], str, bool]]
) -> None:
    bot = TestBot(Simulation(structure, people), at("2027-01-13 11:00"))
    try:
        planned = bot.say("rijk.secr.2", "!vergadering plan DO 14 januari 2027 09:00 soort:tussentijds", room="DO")
        assert "gepland" in planned[0].text
        bot.until(at("2027-01-14 11:00"))
        for who, room, text in START:
            bot.say(who, text, room=room)
        for (who, room), text, sure in steps:
            said = bot.say(who, text, room=room)
            asked = [one for one in said if one.room in (room, f"dm:{who}")]
            if sure and asked and asked[0].text.endswith("?"):
                private = asked[0].room.startswith("dm:")
                bot.say(who, "ja", room="dm" if private else room, reply_to=asked[0].id)
        bot.simulation.database.work(lambda session: holds(session, structure))
    finally:
        bot.simulation.close()


def holds(session: Session, structure: Structure) -> None:
    store = SqlStore(session)
    for one in store.decisions(limit=1000):
        _in_a_formal_meeting(store, structure, one)
        if one.state in (DecisionState.FIXED, DecisionState.CARRYING_OUT, DecisionState.DONE):
            assert one.body != structure.filter.code or one.within_mandate is True, "INV-24"
        if one.revised_by:
            new = store.get(Decision, one.revised_by)
            body = structure.body(new.body) if new else None
            assert body is not None
            assert may_overrule(one.body, body, structure), "INV-23"
    parties = {party.code for party in structure.parties}
    for agreement in store.agreements(limit=1000):
        _in_a_formal_meeting(store, structure, agreement)
        assert agreement.binds, "INV-25"
        assert set(agreement.binds) <= parties, "INV-25"
        answers = agreement.responsible in parties or store.get(Person, agreement.responsible) is not None
        assert answers, "INV-26"
        assert store.get(Person, agreement.lead) is not None, "INV-26"
        assert structure.body(agreement.accountable_to) is not None, "INV-26"
        assert agreement.progress is not Progress.REALISED or agreement.evidence, "INV-27"
        if agreement.track is Track.ENCOURAGE:
            assert all(in_words(entry.meaning) for entry in agreement.entries), "INV-27"
        if agreement.state is AgreementState.FIXED and agreement.body == structure.filter.code:
            assert agreement.within_mandate is True, "INV-24"
    _frozen_texts_never_change(session)


def _in_a_formal_meeting(store: SqlStore, structure: Structure, one: Decision | Agreement) -> None:
    meeting = store.get(Meeting, one.meeting)
    assert meeting is not None
    assert (meeting.body, meeting.kind not in UNDECIDING) == (one.body, True), "INV-22"
    assert structure.body(one.body) in structure.tiers, "INV-22"


def _frozen_texts_never_change(session: Session) -> None:
    """INV-23, read from the history: once fixed, whatever follows has the same words."""
    texts: dict[str, str] = {}
    frozen = {str(state) for state in FROZEN_STATES}
    rows: Any = session.exec(select(tables.History).order_by(col(tables.History.id)))
    for row in rows:
        if row.kind not in ("Decision", "Agreement"):
            continue
        if row.about in texts and row.after["state"] in frozen:
            assert row.after["text"] == texts[row.about], "INV-23"
        if row.after["state"] == "vastgesteld":
            texts[row.about] = row.after["text"]
        elif row.after["state"] == "concept":
            texts.pop(row.about, None)  # undone within ten minutes
