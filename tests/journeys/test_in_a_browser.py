"""The story as a newcomer clicks it: a browser, the demo's page, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.journeys.demo import Demo

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SLOW = 20_000

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (Debian package chromium).")


@pytest.fixture
def page(demo: Demo) -> Iterator[Page]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        window = browser.new_page(viewport={"width": 1440, "height": 900})
        window.set_default_timeout(SLOW)
        expect.set_options(timeout=SLOW)
        elsewhere: list[str] = []
        window.on("request", lambda request: elsewhere.append(request.url))
        window.goto(demo.page)
        yield window
        browser.close()
        assert all(url.startswith((demo.page, "data:")) for url in elsewhere), elsewhere


def test_a_newcomer_takes_a_mail_to_a_resolved_case(page: Page, demo: Demo) -> None:  # noqa: PLR0915 - one story
    card = page.locator('[data-testid="messages"] [data-testid="message"]', has_text="PR-1001").first

    # 1, 2: write as the consumer; a card stands, the acknowledgement is there
    page.locator('[data-testid="write"]').click()
    page.locator("#mail-from").fill("robin@example.net")
    page.locator("#mail-name").fill("Robin Ashdown")
    page.locator("#mail-subject").fill("My data")
    page.locator("#mail-text").fill("Please delete my account and everything you have on me, and stop selling my data.")
    page.locator('[data-testid="mail-send"]').click()
    expect(card).to_contain_text("r•••@e•••.net")
    expect(card).to_contain_text("unclaimed")
    expect(card).not_to_contain_text("Robin")
    page.locator('[data-testid="letters"]').click()
    expect(page.locator('[data-testid="letter"]', has_text="PR-1001").first).to_be_visible()

    # 3: claim; the second member of staff sees it and has no Claim any more
    card.locator('[data-action-id="claim"]').click()
    expect(card).to_contain_text("Sam")
    expect(card.locator('[data-action-id="claim"]')).to_have_count(0)

    # 4: a command answers only me; the mail is read in a modal
    page.locator("#say").fill("/privacy list")
    page.locator('[data-testid="say-send"]').click()
    expect(page.locator('[data-ephemeral="true"]', has_text="PR-1001")).to_be_visible()
    page.locator('[data-testid="dismiss"]').first.click()
    card.locator('[data-action-id="read"]').click()
    modal = page.locator("dialog#modal")
    expect(modal).to_contain_text("everything you have on me")
    page.locator('[data-testid="modal-close"]').click()

    # 5: the opt-out at once
    card.locator('[data-action-id="resolve"]').click()
    modal.get_by_label("Complied in full").check()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_contain_text("processed on")
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    expect(card).to_contain_text("complied in full", ignore_case=True)

    # 6: ask to verify, answer with the code, tick the second point
    card.locator('[data-action-id="ask_to_verify"]').click()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    page.locator('[data-testid="letter"]', has_text="confirm that the request").first.click()
    letter = page.locator('[data-testid="letter-text"]')
    expect(letter).to_contain_text("write this code")
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", letter.inner_text())
    assert code is not None
    page.locator("#reply-text").fill(f"Here it is: {code[0]}")
    page.locator('[data-testid="reply-send"]').click()
    expect(card).to_contain_text("1 of 2")
    card.locator('[data-action-id="verify"]').click()
    modal.get_by_label("order number").check()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    expect(card).to_contain_text("verified")

    # 7: extend once
    card.locator('[data-action-id="extend"]').click()
    modal.locator('[data-field="reason"] textarea, [data-field="reason"] input').fill("We must search an archive.")
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_contain_text("The reason: We must search an archive.")
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()

    # 8: the answer
    card.locator('[data-action-id="resolve"]').click()
    modal.get_by_label("Complied in full").check()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_contain_text("we deleted")
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    expect(card).to_contain_text("closed")
    expect(page.locator('[data-testid="letter"]', has_text="We did what you asked").first).to_be_visible()
    assert demo.rightsdesk("case", "PR-1001")["status"] == "closed"


def test_the_clock_on_the_page_brings_the_digest(page: Page) -> None:
    page.locator('[data-testid="act-as"] [data-person="manager"]').click()

    page.locator('[data-advance="1d"]').click()
    page.locator('[data-channel-link="privacy-managers"]').click()

    expect(page.locator('[data-testid="messages"]')).to_contain_text("digest", ignore_case=True)
