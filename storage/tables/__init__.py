"""The tables. Enums are checked by the database, keys are unique, nothing is an orphan."""

from storage.tables.groups import Evaluation, Feedback, Respondent, Voice, Workgroup
from storage.tables.helping import Expertise, HelpAsker, HelpRequest, Success
from storage.tables.history import Counter, Deed, History
from storage.tables.meetings import (
    AgendaItem,
    AgendaItemSignal,
    Agreement,
    AttentionPoint,
    Bulletin,
    Consultation,
    Correction,
    Decision,
    Mandate,
    Meeting,
)
from storage.tables.people import Address, Body, Person, Preference, Role, Room
from storage.tables.signals import Action, Proposal, Signal, SignalAnchor, SignalRaiser
from storage.tables.waiting import Due, Inbox, InboxState, Memory, News, Outbox, Question, QuestionState, Reminder

__all__ = [
    "Action",
    "Address",
    "AgendaItem",
    "AgendaItemSignal",
    "Agreement",
    "AttentionPoint",
    "Body",
    "Bulletin",
    "Consultation",
    "Correction",
    "Counter",
    "Decision",
    "Deed",
    "Due",
    "Evaluation",
    "Expertise",
    "Feedback",
    "HelpAsker",
    "HelpRequest",
    "History",
    "Inbox",
    "InboxState",
    "Mandate",
    "Meeting",
    "Memory",
    "News",
    "Outbox",
    "Person",
    "Preference",
    "Proposal",
    "Question",
    "QuestionState",
    "Reminder",
    "Respondent",
    "Role",
    "Room",
    "Signal",
    "SignalAnchor",
    "SignalRaiser",
    "Success",
    "Voice",
    "Workgroup",
]
