"""The tables. Closed sets are strings with CHECK constraints; everything personal is a sealed `bytes` column.

Datetimes are aware and in UTC; dates are calendar days in the business's time zone.
"""

from store.models.cases import FIRST_REFERENCE, Case, Challenge, Correction, Point, Request, Standing, Tie
from store.models.post import WITHOUT_RAW, Letter, Mail, Mailbox, Post, Reminder
from store.models.record import Bookmark, DataKey, Entry, Purge, Seal
from store.models.sets import one_of
from store.models.team import Approval, Note, Preference, SenderBlock

__all__ = [
    "FIRST_REFERENCE",
    "WITHOUT_RAW",
    "Approval",
    "Bookmark",
    "Case",
    "Challenge",
    "Correction",
    "DataKey",
    "Entry",
    "Letter",
    "Mail",
    "Mailbox",
    "Note",
    "Point",
    "Post",
    "Preference",
    "Purge",
    "Reminder",
    "Request",
    "Seal",
    "SenderBlock",
    "Standing",
    "Tie",
    "one_of",
]
