"use strict";
/* The script of the dashboard. Pages are made by the server; this does four things with them.

   live    an event of the sandbox makes the page anew, and what differs is changed in place
   send    <form data-send="POST" action="/_mockfindity/…"> asks the control API, in JSON
             data-type    of a field: number, json, list (one a line), or a text
             data-empty   of a field left empty: null sends null; it is left out otherwise
             a.b          as a field's name makes {"a": {"b": …}}, and a.0.b {"a": [{"b": …}]};
                          a checkbox is true or false
             data-done    what is said then; {name} stands for what the answer has under name,
                          {name:report} for "1 report" or "2 reports", and {name?this|that} for
                          one text or another, as the answer has something there or not
             data-then    where to go then, likewise
             data-shows   the id of an element that then shows the answer: what stands under name
                          in its elements with data-answer="name", or a text with several
                          {name} in those with data-answers
             data-edits   that its fields are of something that is there, and stay as they were saved
             .refused     an element in the form that says what was refused
             data-confirm what is asked before
   copy    <button data-copy="id"> takes the text of that element
   add     <button data-adds="id"> puts the content of that <template> before the row it is in,
           with a new number for each __n__; <button data-removes> takes its fieldset away
   sign in the control token, kept as a cookie that only reads

   What stands in an element with data-keep, or in a form somebody has begun to fill in, stays. */

const TOKEN = "x-mockfindity-token";
const QUIET = 120, PAUSE = 500; // ms: after an event, and between two pages made anew

const said = (text, tone = "ok") => {
  const line = document.createElement("p");
  line.textContent = text;
  line.dataset.tone = tone;
  document.getElementById("said").replaceChildren(line);
  clearTimeout(said.timer);
  if (tone === "ok") said.timer = setTimeout(() => line.remove(), 6000);
};

/* ---- live ------------------------------------------------------------------------------- */

const isBegun = (form) => [...form.elements].some((field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, 0);
  }
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
});

const stays = (node) => node.nodeType === 1 && (
  "keep" in node.dataset || (node.tagName === "FORM" && isBegun(node))
);

const MORPH = {
  morphStyle: "innerHTML",
  ignoreActiveValue: true,
  callbacks: {
    beforeNodeMorphed: (node) => !stays(node),
    beforeNodeRemoved: (node) => !(node.nodeType === 1 && "keep" in node.dataset),
    // What somebody opened stays open.
    beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
  },
};

const counted = () => new Map(
  [...document.querySelectorAll("[data-count]")].map((node) => [node.id, node.textContent]),
);

const show = (html) => {
  const made = new DOMParser().parseFromString(html, "text/html");
  const before = counted();
  Idiomorph.morph(document.body, made.body.innerHTML, MORPH);
  document.title = made.title;
  for (const [id, text] of counted()) {
    const node = document.getElementById(id);
    if (before.has(id) && before.get(id) !== text) {
      node.classList.remove("changed");
      void node.getBoundingClientRect(); // so that the same animation begins again
      node.classList.add("changed");
    }
  }
};

const refresh = async () => {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (answer.ok || answer.status === 404) show(await answer.text());
};

const live = {
  source: null, timer: null, last: 0, busy: false, again: false,

  get isOn() { return localStorage.getItem("mockfindity live") !== "off"; },

  open() {
    if (this.source || !this.isOn || document.hidden) return;
    // A browser has six connections to a server: a page that nobody looks at holds none.
    this.source = new EventSource(document.body.dataset.events);
    for (const kind of ["request", "webhook", "state", "lost"]) {
      this.source.addEventListener(kind, () => this.soon());
    }
    this.source.onopen = () => this.tell("Live");
    this.source.onerror = () => this.tell("Not connected");
  },

  close() {
    this.source?.close();
    this.source = null;
  },

  soon() {
    if (this.timer !== null) return;
    const wait = Math.max(QUIET, this.last + PAUSE - performance.now());
    this.timer = setTimeout(() => { this.timer = null; this.now(); }, wait);
  },

  async now() {
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    try { await refresh(); } catch { this.tell("Not connected"); }
    this.busy = false;
    this.last = performance.now();
    if (this.again) { this.again = false; this.soon(); }
  },

  tell(state) {
    const button = document.getElementById("live");
    button.textContent = this.isOn ? state : "Paused";
    button.dataset.state = this.isOn ? state : "Paused";
  },

  turn() {
    localStorage.setItem("mockfindity live", this.isOn ? "off" : "on");
    this.tell("Live");
    if (this.isOn) { this.open(); this.now(); } else this.close();
  },
};

/* ---- send ------------------------------------------------------------------------------- */

/* The token byte by byte, as UTF-8: a header has no other letters. */
const token = () => {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${TOKEN}=`));
  const byte = (_, hex) => String.fromCharCode(parseInt(hex, 16));
  return found?.slice(TOKEN.length + 1).replace(/%([0-9A-F]{2})/g, byte);
};

const read = (field) => {
  if (field.type === "checkbox") return field.checked;
  const text = field.value;
  if (field.dataset.type === "list") return text.split(/\r?\n/).filter((line) => line.trim());
  if (text.trim() === "") return field.dataset.empty === "null" ? null : undefined;
  if (field.dataset.type === "number") return Number(text);
  if (field.dataset.type === "json") return JSON.parse(text);
  return text;
};

/* What was taken away from the middle of a list leaves no null there. */
const withoutHoles = (given) => {
  if (Array.isArray(given)) return given.filter(() => true).map(withoutHoles);
  if (given === null || typeof given !== "object") return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withoutHoles(value)]));
};

const filledIn = (form) => {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    let value;
    try { value = read(field); } catch {
      field.focus();
      throw new Error(`${field.labels?.[0]?.textContent.trim() ?? field.name}: this is no JSON.`);
    }
    if (value === undefined) continue;
    const names = field.name.split(".");
    const last = names.pop();
    let place = body;
    const within = [...names.slice(1), last];
    names.forEach((name, at) => { place = place[name] ??= /^\d+$/.test(within[at]) ? [] : {}; });
    place[last] = value;
  }
  return withoutHoles(body);
};

const worded = (text, answer) => text.replace(
  /\{(\w+)(?::(\w+)|\?([^|}]*)\|([^}]*))?\}/g,
  (_, name, noun, some, none) => {
    const found = answer?.[name] ?? "";
    if (some !== undefined) return found === "" ? none : some;
    return noun ? `${found} ${noun}${found === 1 ? "" : "s"}` : found;
  },
);

const ask = async (method, path, body) => {
  const headers = { "content-type": "application/json" };
  if (token()) headers[TOKEN] = token();
  const sends = body !== undefined && method !== "DELETE";
  const answer = await fetch(path, { method, headers, body: sends ? JSON.stringify(body) : undefined });
  const text = await answer.text();
  const told = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error(`${told?.description ?? answer.statusText} (${answer.status} ${told?.code ?? ""})`);
  return told;
};

/* A path may take fields too: {name} in it. */
const filledPath = (path, body) => path.replace(/%7B(\w+)%7D|\{(\w+)\}/gi, (_, one, other) => {
  const name = one ?? other;
  const value = body[name] ?? "";
  delete body[name];
  return encodeURIComponent(value);
});

/* What was saved is what the fields begin with from now on. */
const settle = (form) => {
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = field.checked;
    else if (field.tagName === "SELECT") for (const one of field.options) one.defaultSelected = one.selected;
    else if ("defaultValue" in field) field.defaultValue = field.value;
  }
};

const reveal = (place, answer) => {
  for (const node of place.querySelectorAll("[data-answer]")) node.textContent = answer?.[node.dataset.answer] ?? "";
  for (const node of place.querySelectorAll("[data-answers]")) node.textContent = worded(node.dataset.answers, answer);
  place.hidden = false;
  place.focus();
};

const refused = (form, text) => {
  const place = form.querySelector(".refused");
  if (!place) { if (text) said(text, "bad"); return; }
  place.textContent = text;
  place.hidden = !text;
  // Nothing that went well before is still to be read beside it.
  if (text) document.getElementById("said").replaceChildren();
};

const send = async (form) => {
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const buttons = [...form.querySelectorAll("button")];
  try {
    const body = filledIn(form);
    const path = filledPath(form.getAttribute("action"), body);
    for (const button of buttons) button.disabled = true;
    const answer = await ask(form.dataset.send, path, body);
    refused(form, "");
    if (form.dataset.then) { location.href = filledPath(form.dataset.then, { ...answer }); return; }
    if (form.dataset.done) said(worded(form.dataset.done, answer));
    if ("edits" in form.dataset) settle(form); else form.reset();
    await live.now();
    if (form.dataset.shows) reveal(document.getElementById(form.dataset.shows), answer);
  } catch (error) {
    refused(form, error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
};

/* ---- what is pressed --------------------------------------------------------------------- */

const copy = async (button) => {
  const text = document.getElementById(button.dataset.copy).textContent;
  try { await navigator.clipboard.writeText(text); } catch {
    const range = document.createRange();
    range.selectNodeContents(document.getElementById(button.dataset.copy));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    said("It is selected: copy it with your keyboard.");
    return;
  }
  said("Copied.");
};

const add = (button) => {
  const made = document.getElementById(button.dataset.adds).content.cloneNode(true);
  const number = add.number = (add.number ?? 0) + 1;
  for (const node of made.querySelectorAll("*")) {
    for (const one of node.attributes) one.value = one.value.replaceAll("__n__", number);
  }
  const row = made.firstElementChild;
  button.parentElement.before(made);
  row.querySelector("input, select").focus();
};

const signIn = async (form) => {
  const given = encodeURIComponent(form.elements.token.value);
  document.cookie = `${TOKEN}=${given}; path=/; samesite=strict`;
  const answer = await fetch(location.href);
  if (answer.status === 401) said("That is not this server's control token.", "bad");
  else location.reload();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "sign-in") { event.preventDefault(); signIn(form); }
  if (form.dataset.send) { event.preventDefault(); send(form); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.adds) add(button);
  if (button && "removes" in button.dataset) button.closest("fieldset").remove();
  if (button?.id === "live") live.turn();
  // A menu closes when something else is pressed.
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// On a narrow screen the menu is a line to be scrolled.
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

if (document.body.dataset.events) {
  live.tell("Live");
  live.open();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) live.close();
    else { live.open(); if (live.isOn) live.now(); }
  });
}
