// Makes a piece of the page equal to a fresh rendering of it, touching only what differs, so that focus, typed text,
// scroll positions and open menus stay. What a person aims at keeps its identity: children with an id, and buttons, are
// matched by their name, so that a button never turns into another one under the pointer; others by their place.
"use strict";

const KEPT_ATTRIBUTES = { DIALOG: ["open"], DETAILS: ["open"] };

function nameOf(node) {
  if (node.id) return `#${node.id}`;
  const { actionId, value } = node.dataset ?? {};
  return actionId ? `${actionId} ${value ?? ""}` : null;
}

function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || nameOf(old) !== nameOf(fresh)) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.hasAttribute("data-keep")) return;
  morphAttributes(old, fresh);
  if (old.nodeName !== "TEXTAREA") morphChildren(old, fresh);
}

function morphAttributes(old, fresh) {
  const kept = KEPT_ATTRIBUTES[old.nodeName] || [];
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function morphChildren(old, fresh) {
  const named = new Map([...old.children].filter(nameOf).map((child) => [nameOf(child), child]));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const name = nameOf(child);
    const match = name ? named.get(name) : place && !nameOf(place) ? place : null;
    if (name) named.delete(name);
    if (match) {
      if (match !== place) old.insertBefore(match, place);
      const following = match.nextSibling;
      morph(match, child);
      place = following;
    } else {
      if (child.classList?.contains("message")) child.classList.add("arrived");
      old.insertBefore(child, place);
    }
  }
  while (place) {
    const following = place.nextSibling;
    place.remove();
    place = following;
  }
}
