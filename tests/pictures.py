"""Take the pictures in `docs/pictures/` anew: `make pictures`, with Chromium; the demo, worked as the README tells."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.journeys.demo import Demo

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
MAIL = """Hello,

please delete my account and everything you have on me, and stop selling my data. I live in Sacramento.

Robin Ashdown

On Fri, Nov 20, 2026 at 9:00 AM Example Shop <hello@shop.test> wrote:
> Thank you for your order.
"""


def main() -> None:
    """Start the demo, work a case, and take a picture of each thing on the way."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tools:
        demo = Demo(Path(folder)).start()
        browser = tools.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, device_scale_factor=1.5)
        expect.set_options(timeout=20_000)
        page.goto(demo.page)
        work(page)
        browser.close()
        demo.stop()


def work(page: Page) -> None:
    """From the mail to the digest."""
    card = page.locator('[data-testid="messages"] [data-testid="message"]', has_text="PR-1001").first
    modal = page.locator("dialog#modal")
    write(page)
    press(card, "claim", then="Sam")
    press(card, "read")
    expect(modal).to_contain_text("everything you have on me")
    take(modal, "read")
    page.locator('[data-testid="modal-close"]').click()
    press(card, "ask_to_verify")
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    answer_with_the_code(page)
    expect(card).to_contain_text("1 of 2")
    press(card, "verify")
    take(modal, "verify")
    modal.get_by_label("order number").check()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_be_hidden()
    expect(card).to_contain_text("2 of 2")
    take(card, "card")
    press(card, "resolve")
    modal.get_by_label("Complied in full").check()
    page.locator('[data-testid="modal-submit"]').click()
    expect(modal).to_contain_text("Preview")
    take(modal, "resolve")
    while modal.is_visible():
        page.locator('[data-testid="modal-close"]').click()
        page.wait_for_timeout(500)
    page.locator('[data-channel-link="home"]').click()
    home = page.locator('[data-testid="home"]')
    expect(home).to_contain_text("PR-1001")
    take(home, "home")
    page.locator('[data-testid="act-as"] [data-person="manager"]').click()
    page.locator('[data-advance="1d"]').click()
    page.locator('[data-channel-link="privacy-managers"]').click()
    digest = page.locator(
        '[data-testid="messages"] [data-testid="message"]', has_text=re.compile("digest", re.IGNORECASE)
    ).first
    expect(digest).to_be_visible()
    take(digest, "digest")


def write(page: Page) -> None:
    """The consumer's mail."""
    page.locator('[data-testid="write"]').click()
    page.locator("#mail-from").fill("robin@example.net")
    page.locator("#mail-name").fill("Robin Ashdown")
    page.locator("#mail-subject").fill("My data")
    page.locator("#mail-text").fill(MAIL)
    page.locator('[data-testid="mail-send"]').click()


def answer_with_the_code(page: Page) -> None:
    """The consumer's answer to the letter that asks for it."""
    page.locator('[data-testid="letter"]', has_text="confirm that the request").first.click()
    letter = page.locator('[data-testid="letter-text"]')
    expect(letter).to_contain_text("write this code")
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", letter.inner_text())
    if code is None:
        raise LookupError("The letter has no code.")
    page.locator("#reply-text").fill(f"Here it is: {code[0]}")
    page.locator('[data-testid="reply-send"]').click()


def press(card: Locator, action: str, then: str = "") -> None:
    """Press a button of the card, and wait for a word on it."""
    card.locator(f'[data-action-id="{action}"]').first.click()
    if then:
        expect(card).to_contain_text(then)


def take(what: Locator, name: str) -> None:
    """Keep a picture of one thing."""
    expect(what).to_be_visible()
    what.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    print(f"docs/pictures/{name}.png")  # noqa: T201 - said as it goes


if __name__ == "__main__":
    main()
