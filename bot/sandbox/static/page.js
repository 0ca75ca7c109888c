// What people do on the page goes to /control/ as JSON; what changed comes back as a fresh rendering of the page.
"use strict";

const me = () => document.body.dataset.user;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

async function control(verb, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await (await fetch(`/control/${verb}`, options)).json();
    if (answer.error) notice(answer.error, true);
    else if (answer.timed_out) notice("The app did not answer within 3 seconds.", true);
    return answer;
  } catch {
    notice("The demo is not running any more.", true);
    return { ok: false };
  } finally {
    await refresh();
  }
}

let noticeTimer;
function notice(words, wrong = false) {
  const place = find("#notice");
  place.textContent = words;
  place.className = wrong ? "shown wrong" : "shown";
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => place.classList.remove("shown"), 4500);
}

// Rendering

let running = null;
let again = false;
function refresh() {
  if (running) again = true;
  else running = render().finally(() => { running = null; });
  return running;
}

async function render() {
  do {
    again = false;
    const address = location.href;
    let html;
    try {
      html = await (await fetch(address)).text();
    } catch {
      return;
    }
    if (address === location.href) show(new DOMParser().parseFromString(html, "text/html"));
    else again = true;
  } while (again);
}

function show(fresh) {
  const logs = all(".scroll[role=log]").map((log) => [log.id, log.scrollHeight - log.scrollTop - log.clientHeight < 60]);
  const focused = document.activeElement;
  const home = focused.closest(".message, .mailbox");
  const viewBefore = find("#modal")?.dataset.viewId;
  document.title = fresh.title;
  morph(document.body, document.adoptNode(fresh.body));
  settle(new Map(logs), viewBefore);
  if (!focused.isConnected && !find("dialog[open]")) refocus(home);
}

// What one used is gone: stay in its message or in the mailbox, or go to where one types.
function refocus(home) {
  const near = home?.isConnected && find("button, summary, a[aria-current], a", home);
  (near || find("#say"))?.focus({ preventScroll: true });
}

function settle(atEnd, viewBefore) {
  for (const log of all(".scroll[role=log]")) {
    if (atEnd.get(log.id) ?? true) log.scrollTop = log.scrollHeight;
  }
  const modal = find("#modal");
  if (modal && !modal.open) modal.showModal();
  if (modal && modal.dataset.viewId !== viewBefore) {
    find("input:not([type=hidden]), textarea, select, [data-testid=modal-submit], [data-close]", find(".dialog-body", modal))?.focus();
    find(".dialog-body", modal).scrollTop = 0;
  }
  const wrong = find(".b-input.wrong");
  if (wrong && !wrong.contains(document.activeElement) && wrong.dataset.told !== "yes") {
    wrong.dataset.told = "yes";
    find("input, textarea, select", wrong)?.focus();
  }
  const room = find(".room[data-channel]");
  if (room && room.dataset.unread !== "0" && !document.hidden) control("read", { user: me(), channel: room.dataset.channel });
}

async function visit(href) {
  history.pushState(null, "", href);
  await refresh();
  await arrive();
}

async function arrive() {
  if (new URL(location.href).searchParams.get("channel") === "home") await control("home", { user: me() });
}

// Blocks

function place(element) {
  const view = element.closest("[data-view-id]");
  if (view) return { view_id: view.dataset.viewId, values: valuesOf(view) };
  const message = element.closest("[data-ts]");
  return { channel: element.closest("[data-channel]").dataset.channel, ts: message.dataset.ts };
}

function valuesOf(view) {
  return Object.fromEntries(all("[data-field]", view).map((field) => [field.dataset.field, valueOf(field)]));
}

function valueOf(field) {
  const boxes = all("input[type=checkbox]", field);
  if (boxes.length) return boxes.filter((box) => box.checked).map((box) => box.value);
  const radios = all("input[type=radio]", field);
  if (radios.length) return radios.find((radio) => radio.checked)?.value ?? null;
  return find("input, textarea, select", field)?.value ?? null;
}

async function press(element, value) {
  if (element.dataset.confirmTitle && !(await confirmed(element.dataset))) return;
  const body = { user: me(), action_id: element.dataset.actionId, block_id: element.dataset.blockId, ...place(element) };
  if (value !== "") body.value = value;
  if (element.href) window.open(element.href, "_blank", "noopener");
  element.classList.add("busy");
  element.closest("details")?.removeAttribute("open");
  await control("press", body);
  element.classList.remove("busy");
}

function confirmed({ confirmTitle, confirmText, confirmYes, confirmNo }) {
  const dialog = find("#confirm");
  find("#confirm-title").textContent = confirmTitle;
  find("#confirm-text").textContent = confirmText;
  find("#confirm-yes").textContent = confirmYes;
  find("#confirm-no").textContent = confirmNo;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function changed(element) {
  const choices = element.closest(".choices");
  if (!choices) return element.value;
  const boxes = all("input[type=checkbox]", choices);
  return boxes.length ? boxes.filter((box) => box.checked).map((box) => box.value) : element.value;
}

async function closeModal() {
  const modal = find("#modal");
  if (modal) await control("close", { user: me(), view_id: modal.dataset.viewId });
}

// What people do

const clicks = [
  ["a[data-nav]", (link) => visit(link.getAttribute("href"))],
  ["[data-press]", (button) => press(button, button.dataset.value)],
  ["[data-close]", closeModal],
  ["[data-dismiss]", (button) => control("dismiss", { user: me(), ...place(button) })],
  ["[data-advance]", (button) => moveClock({ advance: button.dataset.advance })],
  ["[data-reset]", () => moveClock({ to: new Date().toISOString() })],
  ["#confirm-yes", () => find("#confirm").close("yes")],
  ["#confirm-no", () => find("#confirm").close("no")],
];

document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.removeAttribute("open");
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  for (const [selector, act] of clicks) {
    const hit = event.target.closest(selector);
    if (hit) {
      event.preventDefault();
      act(hit);
      return;
    }
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-change]")) press(event.target, changed(event.target));
});

document.addEventListener("cancel", (event) => {
  if (event.target.id === "modal") {
    event.preventDefault();
    closeModal();
  }
}, true);

// A menu near the lower edge opens upwards.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.menu[open]")) return;
  const items = find(".menu-items", menu);
  const edge = menu.closest(".scroll, .dialog-body")?.getBoundingClientRect().bottom ?? innerHeight;
  menu.classList.toggle("up", items.getBoundingClientRect().bottom > edge);
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (menu) {
    menu.removeAttribute("open");
    find("summary", menu).focus();
  }
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const send = { compose: write, reply: answer, "clock-to": goTo }[form.id];
  if (send) send(form);
  else if (form.classList.contains("say")) say(form);
  else submitModal(form);
});

async function say(form) {
  const text = form.elements.text.value.trim();
  if (!text) return;
  const body = { user: me(), channel: form.dataset.channel, text, thread_ts: form.dataset.thread || "" };
  const answer = await control(text.startsWith("/") ? "command" : "say", body);
  if (answer.ok) form.reset();
}

async function submitModal(form) {
  const modal = form.closest("#modal");
  const button = find("[data-testid=modal-submit]", modal);
  button?.classList.add("busy");
  await control("submit", { user: me(), view_id: modal.dataset.viewId, values: valuesOf(modal) });
  button?.classList.remove("busy");
}

async function write(form) {
  const answer = await control("mail", Object.fromEntries(new FormData(form)));
  if (answer.ok) await visit(find("[data-testid=letters]").getAttribute("href"));
  if ("reply" in answer) notice(answer.ok ? "The privacy inbox took your mail." : answer.reply, !answer.ok);
}

async function answer(form) {
  const answer = await control("mail", { in_reply_to: form.dataset.letterId, text: form.elements.text.value });
  if (answer.ok) await visit(find("[data-testid=letters]").getAttribute("href"));
  if ("reply" in answer) notice(answer.ok ? "The privacy inbox took your answer." : answer.reply, !answer.ok);
}

async function goTo(form) {
  const day = find("#clock-date", form).value;
  await moveClock({ to: new Date(`${day}T09:00:00`).toISOString() });
}

async function moveClock(move) {
  for (const button of all("[data-advance]")) button.classList.add("busy");
  await control("clock", move);
  for (const button of all("[data-advance]")) button.classList.remove("busy");
}

// The live line

window.addEventListener("popstate", async () => {
  await refresh();
  await arrive();
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());

const changes = new EventSource("/changes");
changes.addEventListener("message", ({ data }) => {
  if (data !== document.body.dataset.version) refresh();
});
window.addEventListener("pagehide", () => changes.close());
setInterval(refresh, 30_000);
settle(new Map(), undefined);
arrive();
