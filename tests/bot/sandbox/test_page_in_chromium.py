"""The page in a real browser, by mouse and by keyboard, with a small app on the other end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import async_playwright, expect

from bot.sandbox.events import Letter, LetterArrived

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from conftest import Hands
    from playwright.async_api import Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="There is no /usr/bin/chromium to drive the page with.")

SAM = "U0SAMRIVERA"


@pytest.fixture
async def browser_page(hands: Hands) -> AsyncIterator[Page]:
    """The page in a window of 1280 by 800, which must not complain or ask anybody else for anything."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on(
            "request", lambda request: request.url.startswith(hands.world.page_url) or complaints.append(request.url)
        )
        await page.goto(hands.world.page_url)
        yield page
        await browser.close()
    assert [each for each in complaints if "400 (Bad Request)" not in each] == []


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def card(owner: str = "") -> list[dict[str, Any]]:
    claim = {"type": "button", "action_id": "claim", "value": "PR-1001", "text": plain("Claim")}
    ask = {"title": plain("Sure?"), "text": plain("It closes."), "confirm": plain("Close it"), "deny": plain("Keep")}
    drop = {"type": "button", "action_id": "drop", "value": "PR-1001", "text": plain("Drop"), "confirm": ask}
    menu = {"type": "overflow", "action_id": "more", "options": [{"text": plain("Verify"), "value": "verify"}]}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*PR-1001* {owner or 'unclaimed'}"}},
        {"type": "actions", "elements": [drop, menu] if owner else [claim, drop, menu]},
    ]


def form() -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "r", "multiline": True}
    ticks = {"type": "checkboxes", "action_id": "t", "options": [{"text": plain("Order number"), "value": "order"}]}
    return {
        "type": "modal",
        "callback_id": "verify",
        "title": plain("Verify PR-1001"),
        "submit": plain("Confirm"),
        "blocks": [
            {"type": "input", "block_id": "points", "label": plain("Matched"), "element": ticks, "optional": True},
            {"type": "input", "block_id": "reason", "label": plain("Reason"), "element": element},
        ],
    }


async def with_app(hands: Hands) -> list[Any]:
    """An app that claims, drops and verifies; gives what reached it."""
    heard: list[Any] = []

    @hands.app.action("claim")
    async def claim(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "text": "PR-1001"}
        await client.chat_update(ts=body["message"]["ts"], blocks=card(f"<@{body['user']['id']}>"), **place)
        await client.chat_postMessage(thread_ts=body["message"]["ts"], **{**place, "text": "Claimed by Sam."})

    @hands.app.action("drop")
    async def drop(ack: Any, respond: Any) -> None:
        await ack()
        heard.append("drop")
        await respond("Dropped.", replace_original=False)

    @hands.app.action("more")
    async def more(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @hands.app.view("verify")
    async def verify(ack: Any, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"])
        if view["state"]["values"]["reason"]["r"]["value"] == "no":
            await ack(response_action="errors", errors={"reason": "Please say why."})
        else:
            await ack()

    @hands.app.command("/privacy")
    async def privacy(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"You asked for {command['text']}")

    @hands.app.event("app_home_opened")
    async def home(event: dict[str, Any], client: Any) -> None:
        blocks = [{"type": "header", "text": plain("Your cases")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    await hands.online()
    await hands.client.chat_postMessage(channel=hands.requests, text="PR-1001", blocks=card())
    return heard


async def test_a_card_arrives_is_claimed_in_place_and_its_thread_tells(hands: Hands, browser_page: Page) -> None:
    await with_app(hands)
    cards = browser_page.locator("[data-testid=messages] [data-testid=message]")
    await expect(cards).to_have_count(1)
    ts = await cards.get_attribute("data-ts")
    await browser_page.click("[data-action-id=claim]")
    await expect(cards).to_contain_text("@Sam Rivera")
    await expect(cards).to_have_count(1)
    await browser_page.click("[data-testid=open-thread]")
    await expect(browser_page.get_by_test_id("thread")).to_contain_text("Claimed by Sam.")

    assert await cards.get_attribute("data-ts") == ts


async def test_a_form_is_filled_in_by_keyboard_alone_and_keeps_what_was_typed(hands: Hands, browser_page: Page) -> None:
    heard = await with_app(hands)
    press = browser_page.keyboard.press
    await browser_page.locator("details.menu summary").focus()
    await press("Enter")
    await press("Tab")
    await press("Enter")
    await expect(browser_page.locator("dialog#modal")).to_be_visible()
    await press("Space")
    await press("Tab")
    await browser_page.keyboard.type("no")
    await press("Tab")
    await press("Tab")
    await press("Enter")
    await expect(browser_page.get_by_test_id("field-error")).to_have_text("Please say why.")
    await expect(browser_page.locator("[data-field=reason] textarea")).to_have_value("no")
    await expect(browser_page.locator("[data-field=reason] textarea")).to_be_focused()
    await browser_page.keyboard.type(" record")
    await press("Tab")
    await press("Tab")
    await press("Enter")
    await expect(browser_page.locator("dialog#modal")).to_have_count(0)

    assert heard[-1]["reason"]["r"]["value"] == "no record"
    assert [option["value"] for option in heard[-1]["points"]["t"]["selected_options"]] == ["order"]


async def test_escape_closes_a_modal_for_slack_too(hands: Hands, browser_page: Page) -> None:
    await with_app(hands)
    await browser_page.click("details.menu summary")
    await browser_page.click("[data-action-id=more]")
    await expect(browser_page.locator("dialog#modal")).to_be_visible()
    await browser_page.keyboard.press("Escape")
    await expect(browser_page.locator("dialog#modal")).to_have_count(0)

    assert (await hands.state())["views"]["staff1"] is None


async def test_a_button_that_asks_first_is_pressed_only_after_yes(hands: Hands, browser_page: Page) -> None:
    heard = await with_app(hands)
    await browser_page.click("[data-action-id=drop]")
    await expect(browser_page.locator("dialog#confirm")).to_contain_text("It closes.")
    await browser_page.click("#confirm-no")
    before = list(heard)
    await browser_page.click("[data-action-id=drop]")
    await browser_page.click("#confirm-yes")
    own = browser_page.locator("[data-ephemeral=true]")
    await expect(own).to_contain_text("Only visible to you")
    await browser_page.click("[data-person=staff2]")
    await expect(browser_page.locator("[data-person=staff2]")).to_have_attribute("aria-current", "true")
    await expect(own).to_have_count(0)
    await browser_page.click("[data-person=staff1]")
    await own.get_by_test_id("dismiss").click()
    await expect(own).to_have_count(0)

    assert (before, heard) == ([], ["drop"])


async def test_what_one_types_stays_while_the_world_changes(hands: Hands, browser_page: Page) -> None:
    await browser_page.fill("#mail-text", "Dear shop, ")
    await browser_page.locator("#mail-text").focus()
    await hands.client.chat_postMessage(channel=hands.requests, text="something new")
    await expect(browser_page.get_by_test_id("messages")).to_contain_text("something new")
    await browser_page.keyboard.press("End")
    await browser_page.keyboard.type("hello")

    assert await browser_page.input_value("#mail-text") == "Dear shop, hello"


async def test_a_command_is_typed_and_home_is_drawn(hands: Hands, browser_page: Page) -> None:
    await with_app(hands)
    await browser_page.fill("#say", "/privacy mine")
    await browser_page.keyboard.press("Enter")
    await expect(browser_page.locator("[data-ephemeral=true]")).to_contain_text("You asked for mine")
    await expect(browser_page.locator("#say")).to_have_value("")
    await browser_page.fill("#say", "/nonsense")
    await browser_page.keyboard.press("Enter")
    await expect(browser_page.locator("#notice")).to_contain_text("not a valid command")
    await expect(browser_page.locator("#say")).to_have_value("/nonsense")
    await browser_page.click("[data-channel-link=home]")
    await expect(browser_page.get_by_test_id("home")).to_contain_text("Your cases")


async def test_a_letter_is_read_and_the_clock_is_moved(hands: Hands, browser_page: Page) -> None:
    sent = ("privacy@shop.test", "Shop Privacy", "riley@example.net", "privacy+x@shop.test")
    at = hands.world.clock().isoformat()
    hands.world.record.enter(LetterArrived(Letter("<1@shop.test>", *sent, "We received it", "Hello\n\nRiley", "", at)))
    await browser_page.click("[data-testid=letters]")
    await browser_page.click("[data-letter=r0]")
    await expect(browser_page.get_by_test_id("letter-text")).to_have_text("Hello\n\nRiley")
    before = hands.world.clock()
    await browser_page.click("[data-advance='38d']")
    await expect(browser_page.get_by_test_id("clock-reset")).to_be_visible()
    await browser_page.fill("#clock-date", "2027-02-03")
    await browser_page.click("#clock-to button")
    await expect(browser_page.locator(".clock-day")).to_contain_text("Feb 3, 2027")

    assert (hands.world.clock() - before).days > 38


@pytest.mark.parametrize("width", [900, 1280, 1700])
async def test_nothing_sticks_out_of_a_window(hands: Hands, browser_page: Page, width: int) -> None:
    await with_app(hands)
    await browser_page.set_viewport_size({"width": width, "height": 800})
    await expect(browser_page.locator("[data-action-id=claim]")).to_be_visible()
    overhang = await browser_page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert overhang == 0
