"""What one message brought about, gathered before it is posted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from commands.kit.turn import Reply


@dataclass
class Said:
    """What one message brought about, gathered per destination before it is posted.

    `targets` names the message to answer where that is not the one that was heard; `aside` keeps questions and
    refusals in the private chat, where the person answered; `forgets` says that what was typed is not kept.
    """

    replies: dict[str, Reply] = field(default_factory=dict)
    questions: dict[str, int] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    aside: bool = False
    forgets: bool = False

    def add(self, to: str, reply: Reply, question: int | None = None) -> None:
        """One more outcome for that destination; several commands in one message get one combined answer."""
        before = self.replies.get(to)
        if before is None:
            self.replies[to] = reply
        else:
            self.replies[to] = replace(
                before,
                message=before.message + reply.message,
                about=tuple(dict.fromkeys(before.about + reply.about)),
                offers=before.offers + reply.offers,
                mentions=tuple(dict.fromkeys(before.mentions + reply.mentions)),
                receipt=before.receipt and reply.receipt,
                files=before.files + reply.files,
            )
        if question is not None:
            self.questions[to] = question
