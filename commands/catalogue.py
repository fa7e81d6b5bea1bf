"""The explicit list of all commands and moments. A new command is one file and one line here."""

from __future__ import annotations

from commands.aandachtspunt import aandachtspunt
from commands.aanvaard import aanvaard
from commands.actie import actie
from commands.acties import acties
from commands.afhandel import afhandel
from commands.afspraak import afspraak
from commands.afspraken import afspraken
from commands.agenda import agenda
from commands.agendeer import agendeer
from commands.balans import balans
from commands.bekrachtig import bekrachtig
from commands.beleg import beleg
from commands.besluit import besluit
from commands.besluiten import besluiten
from commands.bespreek import bespreek
from commands.bijsturing import bijsturing
from commands.brengen import brengen
from commands.corrigeer import corrigeer
from commands.deescaleer import deescaleer
from commands.delegeer import delegeer
from commands.digest import digest
from commands.doorschuif import doorschuif
from commands.escaleer import escaleer
from commands.evaluatie import evaluatie
from commands.evalueer import evalueer
from commands.exporteer import exporteer
from commands.gereed import gereed
from commands.hamerstuk import hamerstuk
from commands.help import help_
from commands.herinner import herinner
from commands.heropen import heropen
from commands.hulpvraag import hulpvraag
from commands.inbreng import inbreng
from commands.intrek import intrek
from commands.jaarplanning import jaarplanning
from commands.jubel import jubel
from commands.kaart import kaart
from commands.kanaal import kanaal
from commands.kit.declare import Command
from commands.klaag import klaag
from commands.koploper import koploper
from commands.koppel import koppel
from commands.ligtbij import ligtbij
from commands.mandaat import mandaat
from commands.meldingen import meldingen
from commands.midterm import midterm
from commands.mijn import mijn
from commands.moments.aangehouden import UNANSWERED
from commands.moments.actie import ACTION_MOMENTS
from commands.moments.afspraak import AGREEMENT_MOMENTS
from commands.moments.brengen_halen import WHAT_TO_FETCH
from commands.moments.delegatie import DELEGATION
from commands.moments.digest import DIGEST_MOMENTS
from commands.moments.evaluatie import EVALUATION_MOMENTS
from commands.moments.groep import GROUP_MOMENTS
from commands.moments.groep_discipline import ONE_DISCIPLINE
from commands.moments.herinnering import REMINDER
from commands.moments.huishouding import HOUSEKEEPING_NOTE
from commands.moments.kamerbundel import ROOM_BUNDLE
from commands.moments.nieuws import CHOSEN_MOMENTS
from commands.moments.peiling import POLL_MOMENTS
from commands.moments.planning import INCOMPLETE_PLANNING
from commands.moments.raadpleging import CONSULTATION_MOMENTS
from commands.moments.radiostilte import RADIO_SILENCE
from commands.moments.radiostilte_connectie import CONNECTION_SILENCE
from commands.moments.terugkoppeling import FEEDBACK_DUE
from commands.moments.uitnodiging import INVITATION
from commands.moments.vaste_punten import STANDING_POINTS
from commands.moments.vergadering_voorbij import OVER
from commands.moments.verslag import MINUTES_MOMENTS
from commands.moments.vraag import question_moments
from commands.moments.watch import Moment
from commands.moments.zwevend import FLOATS
from commands.monitoring import monitoring
from commands.nietakkoord import nietakkoord
from commands.ongedaan import ongedaan
from commands.ophef import ophef
from commands.overdragen import overdragen
from commands.parkeer import parkeer
from commands.peiling import peiling
from commands.programma import programma
from commands.raadpleeg import raadpleeg
from commands.rol import rol
from commands.signaal import signaal
from commands.signalen import signalen
from commands.spoor import spoor
from commands.standpunt import standpunt
from commands.status import status
from commands.stil import stil
from commands.structuur import structuur
from commands.stuurbij import stuurbij
from commands.terugkoppeling import terugkoppeling
from commands.toon import toon
from commands.uitkomst import uitkomst
from commands.vergadering import vergadering
from commands.verleng import verleng
from commands.verslag import verslag
from commands.vervalt import vervalt
from commands.vervanger import vervanger
from commands.verzet import verzet
from commands.vierp import vierp
from commands.voeraf import voeraf
from commands.voorbehoud import voorbehoud
from commands.voortgang import voortgang
from commands.vrijgeef import vrijgeef
from commands.vulaan import vulaan
from commands.weeg import weeg
from commands.weiger import weiger
from commands.werkgroep import werkgroep
from commands.werkgroepen import werkgroepen
from commands.wie import wie
from commands.wieweet import wieweet
from commands.wijsaf import wijsaf
from commands.wijzig import wijzig
from commands.zoek import zoek
from commands.zwevend import zwevend

ALL: tuple[Command, ...] = (
    aandachtspunt,
    aanvaard,
    actie,
    acties,
    afhandel,
    afspraak,
    afspraken,
    agenda,
    agendeer,
    balans,
    bekrachtig,
    beleg,
    besluit,
    besluiten,
    bespreek,
    bijsturing,
    brengen,
    corrigeer,
    deescaleer,
    delegeer,
    digest,
    doorschuif,
    escaleer,
    exporteer,
    evaluatie,
    evalueer,
    gereed,
    hamerstuk,
    help_,
    herinner,
    heropen,
    hulpvraag,
    inbreng,
    intrek,
    kaart,
    kanaal,
    jaarplanning,
    jubel,
    klaag,
    koploper,
    koppel,
    mandaat,
    ligtbij,
    meldingen,
    midterm,
    mijn,
    monitoring,
    nietakkoord,
    ongedaan,
    ophef,
    overdragen,
    parkeer,
    peiling,
    programma,
    raadpleeg,
    rol,
    signaal,
    signalen,
    standpunt,
    spoor,
    status,
    structuur,
    stuurbij,
    stil,
    terugkoppeling,
    toon,
    uitkomst,
    vergadering,
    verslag,
    verleng,
    vervanger,
    vervalt,
    verzet,
    vierp,
    voeraf,
    voorbehoud,
    voortgang,
    vrijgeef,
    vulaan,
    weeg,
    weiger,
    werkgroep,
    werkgroepen,
    wie,
    wieweet,
    wijsaf,
    wijzig,
    zoek,
    zwevend,
)

COMMANDS: dict[str, Command] = {name: command for command in ALL for name in (command.name, *command.aliases)}
ALL_MOMENTS: tuple[Moment, ...] = (
    *ACTION_MOMENTS,
    *AGREEMENT_MOMENTS,
    *DIGEST_MOMENTS,
    *EVALUATION_MOMENTS,
    *POLL_MOMENTS,
    *GROUP_MOMENTS,
    ONE_DISCIPLINE,
    REMINDER,
    *CHOSEN_MOMENTS,
    FLOATS,
    UNANSWERED,
    DELEGATION,
    FEEDBACK_DUE,
    OVER,
    *MINUTES_MOMENTS,
    *CONSULTATION_MOMENTS,
    RADIO_SILENCE,
    CONNECTION_SILENCE,
    ROOM_BUNDLE,
    HOUSEKEEPING_NOTE,
    WHAT_TO_FETCH,
    STANDING_POINTS,
    INVITATION,
    INCOMPLETE_PLANNING,
    *question_moments(COMMANDS),
)
MOMENTS: dict[str, Moment] = {moment.kind: moment for moment in ALL_MOMENTS}
