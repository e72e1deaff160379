// A client of Findity's in JavaScript that keeps every rule: the twin of reference.py, for Node 20
// or later, without packages. Start from this.
//
//     node reference.mjs          do all that waits to be done, and end
//     node reference.mjs serve    go on, taking webhooks at $PORT (of $BIND_ADDRESS, or else of
//                                 127.0.0.1; in a container it is 0.0.0.0)
//
// The environment says where Findity is, as `mockfindity env` prints it: FINDITY_BASE_URL,
// FINDITY_TOKEN_URL, FINDITY_CLIENT_ID, FINDITY_CLIENT_SECRET, FINDITY_ORGANIZATION_ID. Without
// FINDITY_LEDGER only exports are looked at; without FINDITY_BOOKINGS no books or PDFs are kept.

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TRIES = 5;
const PAUSE = 100; // milliseconds before the second try; each further one waits twice as long
const TIME_OUT = 5000;
const NOT_OURS = new Set(["6072"]); // accounts that our ledger does not have

/** A call that will not go better: says what was asked, what was answered, and its requestId. */
class GivenUp extends Error {
  constructor(method, url, why, answer) {
    const said = json(answer?.bytes) ?? {};
    const requestId = said.requestId ?? answer?.headers.get("x-request-id");
    super(`${method} ${url}: ${why} ${said.code ?? said.error ?? ""} (requestId ${requestId})`);
    this.code = said.code;
  }
}

/** The JSON of an answer's body; undefined where it is none. */
function json(bytes) {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Findity's API: signs in by itself, and tries again what may help. */
class Findity {
  constructor(given) {
    this.given = given;
    this.token = undefined;
  }

  /** The JSON at a path. Throws GivenUp. */
  get(path) {
    return this.call("GET", path);
  }

  /** The JSON that a call is answered with; of one without a body nothing. Throws GivenUp. */
  async call(method, path, body) {
    const answer = await this.ask(method, path, body, (it) => it.status === 204 || json(it.bytes));
    return json(answer.bytes);
  }

  /** The bytes of a PDF. Throws GivenUp. */
  async pdf(path) {
    const isWhole = (it) => it.bytes.subarray(0, 5).toString() === "%PDF-";
    return (await this.ask("GET", path, undefined, isWhole)).bytes;
  }

  /** A good answer, and a whole one. What the server refused is not asked again. */
  async ask(method, path, body, isWhole) {
    const url = new URL(path, this.given.baseUrl);
    let answer, why, renewed = false;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      answer = undefined;
      try {
        answer = await this.send(method, url, body);
        if (answer.ok && isWhole(answer)) return answer;
        why = answer.ok ? "got no whole answer" : `was answered ${answer.status}`;
      } catch (problem) {
        if (problem instanceof GivenUp) throw problem;
        why = `got no answer (${problem.cause?.code ?? problem.name})`;
      }
      if (answer?.status === 401 && !renewed) {
        this.token = undefined;
        renewed = true;
      } else if (mayHelp(answer) && attempt + 1 < TRIES) {
        await sleep(pause(answer, attempt));
      } else {
        break;
      }
    }
    throw new GivenUp(method, url, why, answer);
  }

  async send(method, url, body) {
    this.token ??= await this.signIn();
    const headers = { authorization: `Bearer ${this.token}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (url.pathname.startsWith("/api/admin/")) headers["x-findity-apiversion"] = "3";
    return fetched(url, { method, headers, body: body && JSON.stringify(body) });
  }

  /** A new token. Throws GivenUp where our key is refused. */
  async signIn() {
    const { tokenUrl, clientId, clientSecret } = this.given;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    const answer = await fetched(tokenUrl, { method: "POST", body });
    const token = json(answer.bytes)?.access_token;
    if (answer.ok && token) return token;
    if (answer.ok || mayHelp(answer)) throw new Error(`no token, but ${answer.status}`);
    throw new GivenUp("POST", tokenUrl, "the key was refused,", answer);
  }
}

/** An answer with its body read to the end. */
async function fetched(url, options) {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(TIME_OUT) });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { ok: answer.ok, status: answer.status, headers: answer.headers, bytes };
}

/** Whether asking again may go better: not where the request itself was refused. */
function mayHelp(answer) {
  return !answer || answer.ok || answer.status === 429 || answer.status >= 500;
}

/** Milliseconds to wait before the next try: those we are told, else twice as many each time. */
function pause(answer, attempt) {
  const told = Number(answer?.headers.get("retry-after"));
  return told > 0 ? told * 1000 : PAUSE * 2 ** attempt;
}

/** Our own books: a line per row, and for every voucher the number that it was booked under. */
class Books {
  constructor(path) {
    this.path = path;
    const text = path && existsSync(path) ? readFileSync(path, "utf8") : "";
    const entries = text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    this.numbers = new Map(entries.map((entry) => [entry.voucherId, entry.voucherNumber]));
  }

  /** Book a voucher, unless that was done; the number it has. */
  book(exportId, voucher) {
    const done = this.numbers.get(voucher.id);
    if (done) return done;
    const voucherNumber = `A${this.numbers.size + 1}`;
    const lines = voucher.voucherRows.map((row) => ({
      exportId,
      voucherId: voucher.id,
      voucherNumber,
      rowId: row.id,
      account: row.accountingNumber?.number ?? null,
      debit: row.type === "DEBIT" ? row.amount : 0,
      credit: row.type === "CREDIT" ? row.amount : 0,
    }));
    if (this.path) appendFileSync(this.path, lines.map((it) => `${JSON.stringify(it)}\n`).join(""));
    this.numbers.set(voucher.id, voucherNumber);
    return voucherNumber;
  }
}

/** What is done with Findity: book the exports, keep what Findity knows in line. */
class Integration {
  constructor(given) {
    this.given = given;
    this.organizationId = given.organizationId;
    this.findity = new Findity(given);
    this.books = new Books(given.bookings);
    this.problems = [];
  }

  /** Do all that waits to be done; whether nothing was left undone. */
  async work() {
    this.problems = [];
    try {
      const { ledger } = this.given;
      if (ledger && existsSync(ledger)) await this.align(JSON.parse(readFileSync(ledger, "utf8")));
      for (const exportId of await this.unprocessed()) await this.tried(exportId);
    } catch (problem) {
      if (!(problem instanceof GivenUp)) throw problem;
      this.problems.push(problem.message);
    }
    for (const problem of this.problems) console.error(problem);
    return this.problems.length === 0;
  }

  // ---- exports ---------------------------------------------------------------------------------

  get exports() {
    return `/api/v1/connect/organizations/${this.organizationId}/exports`;
  }

  /** The ids of the exports that wait, from every page of the list. */
  async unprocessed() {
    const found = [];
    for (;;) {
      const page = await this.findity.get(`${this.exports}?max=100&offset=${found.length}`);
      found.push(...page.data.map((one) => one.id));
      if (page.data.length === 0 || found.length >= page.meta.total) return found;
    }
  }

  /** Process an export; one that does not go stops no other. */
  async tried(exportId) {
    try {
      await this.process(exportId);
    } catch (problem) {
      if (!(problem instanceof GivenUp)) throw problem;
      // One that is gone was withdrawn; its vouchers come again in another export.
      if (problem.code !== "EXPORT_NOT_FOUND") this.problems.push(problem.message);
    }
  }

  /** Download an export, archive and book it, and say what became of each voucher. */
  async process(exportId) {
    const { vouchers } = await this.findity.get(`${this.exports}/${exportId}/export`);
    for (const voucher of vouchers) await this.archive(voucher);
    const voucherUpdates = vouchers.map((voucher) => this.booked(exportId, voucher));
    await this.findity.call("PUT", `${this.exports}/${exportId}/updatestatus`, { voucherUpdates });
  }

  /** Book a voucher; what to report of it. */
  booked(exportId, voucher) {
    const accounts = voucher.voucherRows.map((row) => row.accountingNumber?.number);
    const refused = accounts.find((number) => NOT_OURS.has(number));
    if (refused) {
      const errorText = `Our ledger has no account ${refused}: map the category to another one.`;
      return { id: voucher.id, status: "FAILED", errorText };
    }
    const voucherNumber = this.books.book(exportId, voucher);
    return { id: voucher.id, status: "SUCCESS", voucherNumber, bookingDate: voucher.bookingDate };
  }

  /** Keep the voucher's PDF, beside our books. */
  async archive(voucher) {
    if (!this.given.bookings) return;
    const folder = join(dirname(this.given.bookings), "archive");
    mkdirSync(folder, { recursive: true });
    const pdf = await this.findity.pdf(`${voucher.basisUrl}?format=pdf`);
    writeFileSync(join(folder, `${voucher.id}.pdf`), pdf);
  }

  // ---- what Findity knows ----------------------------------------------------------------------

  /** Bring what Findity knows in line with our ledger; write only what differs. */
  async align({ organization, dimensions, users, accounts }) {
    const admin = `/api/admin/organizations/externalid/${encoded(organization.externalSourceId)}`;
    const found = await this.alignOrganization(admin, organization);
    if (!found) return;
    this.organizationId = found.id;
    await this.alignDimensions(`${admin}/customdimensions/`, dimensions);
    await this.alignUsers(`${admin}/users/`, users);
    await this.alignAccounts(found, accounts);
  }

  /** The organization, created or changed where it must be; nothing if it is not ours. */
  async alignOrganization(admin, wanted) {
    const lookup = "/api/admin/organizations/externalid/lookup/";
    const held = await this.findity.get(`${lookup}?vat=${encoded(wanted.vat)}`);
    const isOurs = held.externalSourceId === wanted.externalSourceId;
    if (held.result !== "NOT_FOUND" && !isOurs) {
      this.problems.push(`${wanted.vat} is in Findity already: ${held.result}`);
      return undefined;
    }
    const { partnerCode, templateOrganizationId, externalSourceId, name, vat } = wanted;
    const address = Object.fromEntries(Object.entries(wanted.address).filter(([, it]) => it));
    const body = { externalSourceId, name, vat, address };
    const found = isOurs ? await this.findity.get(`${admin}/`) : {};
    if (!differs(body, found)) return found;
    const className = "com.findity.consumer.Company";
    const creates = { className, partnerCode, settings: { templateOrganizationId } };
    await this.findity.call("POST", `${admin}/`, isOurs ? body : { ...body, ...creates });
    return this.findity.get(`${admin}/`);
  }

  /** Fields and their values. What we do not know is not ours, and stays. */
  async alignDimensions(path, wanted) {
    const there = (await this.findity.get(path)).dimensions;
    const fields = wanted.map(({ externalSourceId, description }) => (
      { externalSourceId, description }
    ));
    const changed = differing("externalSourceId", fields, there);
    if (changed.length) await this.findity.call("PUT", path, changed);
    for (const { externalSourceId, values: known } of wanted) {
      const list = `${path}${encoded(externalSourceId)}/list/`;
      const values = differing("id", known, (await this.findity.get(list)).values);
      const put = `${list}?clearBeforeUpdate=false`;
      if (values.length) await this.findity.call("PUT", put, { values });
    }
  }

  /** All in one call: they are all written, or none. */
  async alignUsers(path, wanted) {
    const users = wanted.map(({ externalSourceId, employeeId, firstName, lastName, email }) => (
      { externalSourceId, employeeId, person: { firstName, lastName, email } }
    ));
    const changed = differing("externalSourceId", users, await this.findity.get(path));
    if (changed.length) await this.findity.call("PUT", `${path}?sendInvitationMail=false`, changed);
  }

  async alignAccounts(organization, wanted) {
    const path = `/api/v1/admin/organizations/${organization.id}/accounts`;
    const { data } = await this.findity.get(path);
    const gone = new Map(data.map((account) => [account.number, account]));
    for (const { number, name } of wanted) {
      const found = gone.get(number);
      gone.delete(number);
      if (!found) await this.findity.call("POST", path, { number, name });
      else if (found.name !== name) {
        await this.findity.call("PUT", `${path}/${found.id}`, { id: found.id, number, name });
      }
    }
    const used = inUse(organization);
    for (const { id, number } of gone.values()) {
      if (used.has(id)) this.problems.push(`account ${number} is in use, and stays`);
      else await this.findity.call("DELETE", `${path}/${id}`);
    }
  }
}

const encoded = encodeURIComponent;

/** The ids of the accounts that categories, payment types and tax are booked on. */
function inUse({ services: [service] }) {
  const named = [...service.categories, ...service.paymentTypes];
  return new Set([service.taxAccountingNumberId, ...named.map((one) => one.accountingNumberId)]);
}

/** What is wanted and not there so, told apart by a key. */
function differing(key, wanted, there) {
  const known = new Map(there.map((one) => [one[key], one]));
  return wanted.filter((one) => differs(one, known.get(one[key]) ?? {}));
}

/** Whether something that is wanted is not found so; what else is there does not matter. */
function differs(wanted, found) {
  return Object.entries(wanted).some(([key, value]) =>
    value && typeof value === "object" ? differs(value, found[key] ?? {}) : found[key] !== value,
  );
}

// ---- how it is run -----------------------------------------------------------------------------

function fromEnvironment() {
  const named = (name) => {
    const value = process.env[`FINDITY_${name}`];
    if (value) return value;
    console.error(`The environment lacks FINDITY_${name}: see \`mockfindity env\`.`);
    return process.exit(1);
  };
  return {
    baseUrl: named("BASE_URL"),
    tokenUrl: named("TOKEN_URL"),
    clientId: named("CLIENT_ID"),
    clientSecret: named("CLIENT_SECRET"),
    organizationId: named("ORGANIZATION_ID"),
    ledger: process.env.FINDITY_LEDGER,
    bookings: process.env.FINDITY_BOOKINGS,
  };
}

/** Take webhooks: answer at once, and work later, one thing after the other. */
async function serve(integration, port) {
  await integration.work(); // what came while nobody listened
  let last = Promise.resolve();
  let isWaiting = false;
  createServer(async (request, response) => {
    const isGood = request.method === "POST" && tellsOfAnExport(await received(request));
    response.writeHead(isGood ? 200 : 400).end();
    // What there is to book is asked of Findity: a webhook may be late, double, or anybody's.
    if (!isGood || isWaiting) return;
    isWaiting = true;
    last = last.then(() => {
      isWaiting = false; // from now on, what comes needs another run
      return integration.work();
    }).catch(console.error);
  }).listen(port, process.env.BIND_ADDRESS || "127.0.0.1");
}

/** The JSON that was sent; undefined where it is none, or broke off. */
async function received(request) {
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return json(Buffer.concat(chunks));
}

/** Whether it is one of the two payloads: the export's id, or the package itself. */
function tellsOfAnExport(told) {
  return typeof told?.exportId === "string" || Array.isArray(told?.vouchers);
}

const integration = new Integration(fromEnvironment());
if (process.argv[2] === "serve") {
  await serve(integration, Number(process.env.PORT));
} else {
  process.exitCode = (await integration.work()) ? 0 : 1;
}
