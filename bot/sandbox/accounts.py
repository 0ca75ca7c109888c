"""Who and what is in the demo's workspace: made-up people, channels, user groups and tokens."""

from __future__ import annotations

from dataclasses import dataclass

TEAM = "T0SHOPTEST"
TEAM_DOMAIN = "shop-test"
TEAM_NAME = "Shop Test"
APP = "A0RIGHTSDK"
BOT = "B0RIGHTSDK"
BOT_USER = "U0RIGHTSDK"
BOT_NAME = "rightsdesk"
BOT_ALIAS = "bot"
"""What the control interface calls the app's own user."""
BOT_TOKEN = "xoxb-demo-only-accepted-by-the-local-stand-in"  # noqa: S105 - opens nothing but the demo on this machine
SIGNING_SECRET = "5a" * 16
APP_TOKEN = "xapp-demo-only-accepted-by-the-local-stand-in"  # noqa: S105 - opens nothing but the demo on this machine
VERIFICATION_TOKEN = "demo-verification"  # noqa: S105 - Slack sends one in each payload, nobody should read it


@dataclass(frozen=True, slots=True)
class Person:
    """One human account.

    Args:
        alias: what the control interface calls the person, whatever the display name.
        id: Slack's user id.
        handle: the name without spaces that Slack puts in `user_name`.
        name: the display name.
        title: what the page says about the person.
        time_zone: the IANA name.
        groups: ids of the user groups the person is in.
        marks: what is special about the account, as `users.info` says it, such as "is_restricted".
        team: the workspace that the account is of.
    """

    alias: str
    id: str
    handle: str
    name: str
    title: str
    time_zone: str = "America/Los_Angeles"
    groups: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    team: str = TEAM


@dataclass(frozen=True, slots=True)
class Room:
    """A channel as it is when the workspace is new.

    Args:
        id: Slack's channel id.
        name: without the number sign.
        purpose: one line, shown on the page.
        private: whether only members see it.
        members: user ids, with the app's own where it was invited.
    """

    id: str
    name: str
    purpose: str
    private: bool
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A user group (`@handle`)."""

    id: str
    handle: str
    name: str


STAFF = Group("S0PRIVSTAFF", "privacy-staff", "Privacy staff")
MANAGERS = Group("S0PRIVMGRS", "privacy-managers", "Privacy managers")

SAM = Person("staff1", "U0SAMRIVERA", "sam", "Sam Rivera", "Privacy staff", groups=(STAFF.id,))
DANA = Person("staff2", "U0DANAOKAFO", "dana", "Dana Okafor", "Privacy staff", groups=(STAFF.id,))
MO = Person("manager", "U0MOLINDQVI", "mo", "Mo Lindqvist", "Privacy manager", groups=(STAFF.id, MANAGERS.id))
OLLY = Person("outsider", "U0OLLYBRANT", "olly", "Olly Brandt", "Works elsewhere, no role")


@dataclass(frozen=True, slots=True)
class Accounts:
    """Everybody and every place of a new workspace."""

    people: tuple[Person, ...] = (SAM, DANA, MO, OLLY)
    groups: tuple[Group, ...] = (STAFF, MANAGERS)
    rooms: tuple[Room, ...] = (
        Room(
            "C0REQUESTS",
            "privacy-requests",
            "One card for each case, redrawn in place",
            private=False,
            members=(SAM.id, DANA.id, MO.id, OLLY.id, BOT_USER),
        ),
        Room(
            "C0MANAGERS",
            "privacy-managers",
            "The daily digest and what needs a manager",
            private=True,
            members=(MO.id, BOT_USER),
        ),
        Room(
            "C0GENERAL1",
            "general",
            "Everybody; the app was not invited here",
            private=False,
            members=(SAM.id, DANA.id, MO.id, OLLY.id),
        ),
    )

    def person(self, name: str) -> Person | None:
        """Find a person by alias or user id; None when nobody answers to it."""
        return next((person for person in self.people if name in (person.alias, person.id)), None)

    def alias(self, user: str) -> str:
        """What the control interface calls this user id."""
        person = self.person(user)
        if person is not None:
            return person.alias
        return BOT_ALIAS if user == BOT_USER else user

    def members(self, group: str) -> tuple[str, ...]:
        """User ids of a user group."""
        return tuple(person.id for person in self.people if group in person.groups)
