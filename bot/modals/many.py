"""Several cases at once: which, what to do with them, and how many that are before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, context, literal, option, section
from bot.modals.frame import Matter, choice, day_field, modal, person, select, several, word_field
from bot.names import Field
from bot.names import View as Name
from bot.words import counted, escape
from store.casefile import ref_of
from store.picking import MOST, Picked, Whose
from store.replies import Template
from store.rules.kinds import Kind

CLAIM, ASSIGN, DISMISS, ANSWER = "claim", "assign", "dismiss", "answer"
DEEDS = {
    CLAIM: "Claim them",
    ASSIGN: "Assign them to somebody",
    DISMISS: "Mark them as no requests",
    ANSWER: "Answer them by one template",
}
MOST_OF_A_DOMAIN, SHOWN = 253, 20


def many(templates: Sequence[Template]) -> JSON:
    """Ask which cases, and what to do with them.

    Args:
        templates: those that they could be answered by.
    """
    deeds = [option(name, deed) for deed, name in DEEDS.items() if templates or deed != ANSWER]
    whose = [
        option("Cases that nobody has", Whose.UNCLAIMED),
        option("My cases", Whose.MINE),
        option("Everybody’s open cases", Whose.ANYBODY),
    ]
    blocks: list[Block] = [
        choice(Field.WHOSE, "Which cases", whose, chosen=Whose.UNCLAIMED),
        several(Field.KINDS, "That ask for", [option(kind.plain, kind) for kind in Kind], optional=True),
        word_field(Field.DOMAIN, "From the domain", hint="Such as example.net.", optional=True, most=MOST_OF_A_DOMAIN),
        day_field(Field.DAY, "Received from this day on", optional=True),
        day_field(Field.UNTIL, "Received until this day", optional=True),
        choice(Field.DEED, "What to do", deeds, chosen=CLAIM),
        person(Field.ASSIGNEE, "To whom", hint="Where you assign them.", optional=True),
    ]
    if templates:
        named = [option(each.title, each.name) for each in templates]
        blocks.append(select(Field.TEMPLATE, "Template", named, hint="Where you answer them.", optional=True))
    return modal(Name.MANY, "Many at once", blocks, Matter(), submit="Count them")


def many_sure(picked: Picked, deed: str, to: str, template: Template | None = None) -> JSON:
    """Say how many cases that are, before anything is done.

    Args:
        picked: the cases.
        deed: what is to be done.
        to: the person or the template that was chosen.
        template: with what they are answered.
    """
    taken = len(picked.ids)
    head = f"*{counted(picked.count, 'open case')}* fit{'s' if picked.count == 1 else ''}. {DEEDS[deed]}: {taken}?"
    if picked.count > MOST:
        head += f" At most {MOST} are done at a time, the oldest first; do it again for the rest."
    refs = ", ".join(ref_of(case_id) for case_id in picked.ids[:SHOWN])
    more = f" and {taken - SHOWN} more" if taken > SHOWN else ""
    blocks: list[Block] = [section(head), context(escape(f"{refs}{more}"))]
    if deed in (DISMISS, ANSWER):
        blocks.append(context("Each consumer gets a letter. Each case keeps its own line in the ledger."))
    if template:
        blocks += [block for text in template.texts.values() for block in (context("*The words:*"), literal(text))]
    matter = Matter(outcome=deed, first=to, cases=picked.ids)
    return modal(Name.MANY_SURE, "Many at once", blocks, matter, submit=f"Do it: {taken}", close="Back")
