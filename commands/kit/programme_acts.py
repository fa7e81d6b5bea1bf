"""What !programma does to a programme that is there: phase, final evaluation and end (C42, R-162..R-164)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commands.kit.group_agenda import live_items, put_outlook_on_agenda
from commands.kit.group_ends import bodies_within, open_things
from commands.kit.group_proposals import (
    by_speaker,
    leads_group,
    may_propose_about,
    offers_on,
    propose,
    put_before,
    tell_group,
)
from commands.kit.groups import place_fits, places_for
from commands.kit.owed import owe_silence
from commands.kit.ports import Option
from commands.kit.posting import owe_what_waits
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.trekkers import keeps_a_trekker
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.rules import group_life as rules
from commands.rules import ways
from commands.words.people import RoleName
from commands.words.proposal import ProposalKind, Terms
from commands.words.reminder import Intensity
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import CommunicationPlan, FinalReview, GroupState, Phase, Workgroup

#: The questions of the final evaluation: behouden, voortbouwen, vernieuwen and the four p's (R-164, R-203, R-218); the
#: first names what proved its worth before (R-219).
REVIEW = {
    "keep": "Wat willen we behouden? Denk aan de bijeenkomsten voor kennisuitwisseling en de voortgangsrapportages.",
    "build_on": "Waarop bouwen we voort?",
    "renew": "Wat vernieuwen we?",
    "positioning": "Positionering: hoe staat het programma tussen de partijen?",
    "professionalisation": "Professionalisering: wat kunnen mensen nu beter?",
    "projects": "Projecten: wat is er gedaan, en wat gaat zonder het programma door?",
    "performance": "Prestaties: wat is er van de afspraken terechtgekomen?",
}
_SURE = (Option("ja", "ja"), Option("nee", "nee"))


def may_lead_programme(turn: Turn, programme: Workgroup, act: str) -> Verdict:
    """Its trekker, and the chair and secretary of the filter."""
    place = turn.structure.filter
    officers = (RoleName.CHAIR, RoleName.SECRETARY)
    if leads_group(turn, programme) or any(turn.holds(role, place.code) for role in officers):
        return Allowed()
    return Refused(
        f"{act} doet de trekker van {programme.code}, of de voorzitter of secretaris van {place.the}.", code="E04"
    )


def set_phase(turn: Turn, programme: Workgroup, phase: Phase | None, text: str) -> Outcome:
    """R-135: vertrouwen winnen, voortgang boeken, vooruitkijken; the last one proposes "vervolg en koers"."""
    verdict = may_lead_programme(turn, programme, "De fase bepalen")
    if isinstance(verdict, Refused):
        return verdict
    if not programme.takes_work(turn.today):
        return Refused(
            f"{programme.code} is {programme.state}; de fase wijzigen kan niet. {ways.look(programme.code)}", code="E12"
        )
    said = text.strip().casefold().strip(".")
    wanted = phase or next((one for one in Phase if len(said) > 4 and str(one).startswith(said)), None)
    if wanted is None:
        options = tuple(Option(str(one), str(one)) for one in Phase)
        return Ask("phase", f"Welke fase: {', '.join(Phase)}?", options)
    if wanted is programme.phase:
        return Refused(f"{programme.code} staat al in de fase {wanted}.", code="E14")
    after = replace(programme, phase=wanted)
    turn.put(after, f"fase {wanted}")
    tell_group(turn, after, f"fase {wanted}.")
    more = ""
    if wanted is Phase.AHEAD:
        put_outlook_on_agenda(turn, turn.put, after)
        place = turn.structure.filter.the
        if any(item.title.endswith("vervolg en koers") for _, item in live_items(turn, after)):
            more = f" Agendapunt 'Vervolg en koers' voorgesteld voor {place}."
        else:
            more = f" Er is nog geen agenda van {place} voor 'Vervolg en koers'."
    return done(
        f"{programme.code}: fase {wanted}.{more}", about=(programme.code,), deed=f"{programme.code} in fase {wanted}"
    )


def plan_communication(turn: Turn, programme: Workgroup, target: str, way: str, intensity: Intensity | None) -> Outcome:
    """R-217: whom, by which way and how often; from then on a longer silence than that is asked about (R-180), and its
    rooms hear no more than that unasked (R-181)."""
    verdict = may_lead_programme(turn, programme, "Het communicatieplan vaststellen")
    if isinstance(verdict, Refused):
        return verdict
    if programme.state not in (*rules.GOING, GroupState.WINDING_UP, GroupState.FOUNDED):
        return Refused(
            f"{programme.code} is {programme.state}; een communicatieplan heeft geen zin. {ways.look(programme.code)}",
            code="E12",
        )
    if not target:
        return Ask("target", f"Wie wil {programme.name} bereiken?")
    if not way:
        return Ask("way", "Via welke weg? Bijvoorbeeld een nieuwsbrief van de koepels.")
    if intensity is None or intensity is Intensity.LIGHT:
        words = [one for one in Intensity if one is not Intensity.LIGHT]
        options = tuple(Option(str(one), str(one)) for one in words)
        return Ask("intensity", f"Hoe vaak: {', '.join(words[:-1])} of {words[-1]}?", options)
    after = replace(programme, communication=CommunicationPlan(target, way, intensity))
    turn.put(after, f"communicatieplan: {intensity}")
    owe_silence(turn.store, turn.structure, turn.now, after)
    owe_what_waits(turn, (programme.code, *(one.code for one in bodies_within(turn, programme))))
    return done(
        f"Communicatieplan van {programme.code}: {sentence(target)} Via {way.rstrip('.')}, {intensity}. Is het langer "
        f"stil dan dat, dan vraag ik om een paar regels.{_seldom(programme, intensity)}",
        about=(programme.code,),
        deed=f"communicatieplan van {programme.code}",
    )


def _seldom(programme: Workgroup, intensity: Intensity) -> str:
    """What a plan that lowers the cap on what a room hears unasked does there."""
    term = {Intensity.WEEKLY: "week", Intensity.MONTHLY: "maand"}.get(intensity)
    if term is None:
        return ""
    return (
        f" In de kamer van {programme.code} meld ik uit mezelf hooguit één keer per {term} iets dat kan wachten; "
        "wat haast heeft, komt meteen."
    )


def review(turn: Turn, programme: Workgroup, answers: Mapping[str, str]) -> Outcome:
    """R-164, R-203: the final evaluation, one question at a time; answered in private, read by those who decide."""
    verdict = may_lead_programme(turn, programme, "De eindevaluatie vastleggen")
    if isinstance(verdict, Refused):
        return verdict
    if programme.state not in (*rules.GOING, GroupState.WINDING_UP):
        return Refused(
            f"{programme.code} is {programme.state}; evalueren kan niet meer. {ways.look(programme.code)}", code="E12"
        )
    for part, question in REVIEW.items():
        if not answers.get(part):
            return Ask(part, question)
    after = rules.with_review(programme, FinalReview(held_on=turn.today, **answers))
    turn.put(after, "eindevaluatie")
    line = f"Eindevaluatie van {programme.code} vastgelegd. Daarna kan: !programma beeindig {programme.code}."
    return Reply(say(line), (programme.code,), deed=f"eindevaluatie van {programme.code}")


def conclude(turn: Turn, programme: Workgroup, open_to: Body | None, because: str, sure: bool | None) -> Outcome:
    """R-221, INV-11, INV-15: proposed to the filter and then its commissioner, with a new place for everything open."""
    allowed = may_propose_about(turn, programme, "een programma beëindigen")
    if isinstance(allowed, Refused):
        return allowed
    left = open_things(turn, programme)
    verdict = rules.may_conclude(programme, left, open_to.code if open_to else None)
    if isinstance(verdict, Refused):
        return Ask("open_to", verdict.because, places_for(turn, programme)) if verdict.code == "INV-15" else verdict
    asked = place_fits(turn, programme, open_to)
    if asked is not None:
        return asked
    led = keeps_a_trekker(turn, programme, bodies_within(turn, programme))
    if isinstance(led, Refused):
        return led
    where = f" {left.to(open_to.the)}" if left and open_to else ""
    if sure is None:
        return Ask("sure", f"{programme.name} beëindigen?{where}", _SURE)
    if not sure:
        return done("Goed, er is niets veranderd.")
    terms = Terms(open_to=open_to.code if open_to else None)
    proposal = propose(turn, programme, ProposalKind.END_GROUP, because, terms)
    if isinstance(proposal, Refused):
        return proposal
    lines = [
        f"{proposal.id}: {by_speaker(turn)} stelt voor {programme.name} te beëindigen.{where}",
        *review_lines(programme),
        f"Reden: {sentence(because)}" if because else "",
    ]
    waits = put_before(turn, proposal, [line for line in lines if line])
    said = f"{proposal.id}: {programme.code} beëindigen; {waits}.{where}"
    return Reply(
        say(said),
        (proposal.id, programme.code),
        offers_on(proposal),
        deed=f"{proposal.id}: {programme.code} beëindigen",
    )


def review_lines(programme: Workgroup) -> list[str]:
    """What of the final evaluation those who confirm the end read."""
    found = programme.final_review
    if found is None:
        return []
    return [
        f"Behouden: {sentence(found.keep)} Voortbouwen: {sentence(found.build_on)} Vernieuwen: {sentence(found.renew)}"
    ]
