"""What people of the team may choose, and what a second signature can say: closed sets."""

from __future__ import annotations

from enum import StrEnum


class Manner(StrEnum):
    """How a request reached the business (section 7101(b))."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    FORM = "form"
    IN_PERSON = "in_person"
    SLACK = "slack"

    @property
    def plain(self) -> str:
        """As a person reads it, such as "by phone"."""
        return _WORDS[self]


_WORDS = {
    Manner.EMAIL: "by e-mail",
    Manner.PHONE: "by phone",
    Manner.POST: "by post",
    Manner.FORM: "by a form",
    Manner.IN_PERSON: "in person",
    Manner.SLACK: "by a message in Slack",
}


class Reminders(StrEnum):
    """Where a person is reminded of dates."""

    THREAD = "thread"
    DIRECT = "direct"
    BOTH = "both"


class Twofold(StrEnum):
    """What a business may want a second person for."""

    DENIED_DELETION = "denied_deletion"
    DISCLOSURE = "disclosure"
    MANAGER_LETTERS = "manager_letters"

    @property
    def plain(self) -> str:
        """As a person reads it, such as "to deny a deletion"."""
        return _NEEDED[self]


_NEEDED = {
    Twofold.DENIED_DELETION: "to deny a deletion",
    Twofold.DISCLOSURE: "to send a letter in which the disclosure guard found something",
    Twofold.MANAGER_LETTERS: "to write, as a manager, in a case that is somebody else’s",
}


class Signed(StrEnum):
    """What became of a decision that waited for a second person."""

    APPROVED = "approved"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"
