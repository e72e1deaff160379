"use strict";

// One document at a time, chosen by the part of the address after "#". Whatever is executed goes to
// the sandbox "default": the key below is the one that it always has.

const KEY = { client_id: "mockfindity-client", client_secret: "mockfindity-secret" };
const NAMES = ["admin", "connect", "oauth", "control"];
const NEED_A_TOKEN = ["admin", "connect"];

let token = null;

function say(text) {
  document.getElementById("signed-in").textContent = text;
}

// Asked for when something is executed, not before: the request stands in the sandbox's journal.
async function signIn() {
  token = null;
  const form = new URLSearchParams({ grant_type: "client_credentials", ...KEY });
  try {
    const answer = await fetch("/oauth/token", { method: "POST", body: form });
    if (answer.ok) {
      token = (await answer.json()).access_token;
      say(`Signed in as ${KEY.client_id}.`);
    } else {
      say(`Not signed in: POST /oauth/token was answered with ${answer.status}.`);
    }
  } catch {
    say("Not signed in: POST /oauth/token was not answered.");
  }
}

async function withToken(request) {
  if (request.loadSpec || request.headers.Authorization) {
    return request;
  }
  if (token === null) {
    await signIn();
  }
  if (token !== null) {
    request.headers.Authorization = `Bearer ${token}`;
    request.userFetch = fetchAgainWhenEnded;
  }
  return request;
}

// A token ends when the sandbox's clock says so, or with a reset.
async function fetchAgainWhenEnded(url, request) {
  const answer = await fetch(url, request);
  if (answer.status !== 401) {
    return answer;
  }
  await signIn();
  if (token === null) {
    return answer;
  }
  request.headers.Authorization = `Bearer ${token}`;
  return fetch(url, request);
}

// "#admin/getUser" is an operation of a document.
function open(place, operation) {
  const block = operation && place.querySelector(`.opblock[id$="-${CSS.escape(operation)}"]`);
  if (block) {
    block.querySelector(".opblock-summary-control").click();
    block.scrollIntoView();
  }
}

function show() {
  const [asked, operation] = location.hash.slice(1).split("/");
  const name = NAMES.includes(asked) ? asked : NAMES[0];
  for (const link of document.querySelectorAll("nav a")) {
    link.ariaCurrent = link.hash === `#${name}` ? "page" : null;
  }
  const file = document.getElementById("document");
  file.textContent = `/openapi/${name}.json`;
  file.href = file.textContent;

  const place = document.createElement("div");
  document.getElementById("operations").replaceChildren(place);
  const ui = SwaggerUIBundle({
    url: file.href,
    domNode: place,
    validatorUrl: null, // it would ask a server on the internet
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    showExtensions: true,
    requestInterceptor: NEED_A_TOKEN.includes(name) ? withToken : (request) => request,
    onComplete() {
      open(place, operation);
      ui.initOAuth({ clientId: KEY.client_id, clientSecret: KEY.client_secret });
      ui.preauthorizeBasic("client", KEY.client_id, KEY.client_secret);
    },
  });
}

function followColours(dark) {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
}

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", followColours);
followColours(dark);
addEventListener("hashchange", show);
show();
