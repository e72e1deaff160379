/**
 * A whole export, through clients whose types were generated from mockfindity's documents.
 * `docs/clients.md` says how they are made. What happens is printed as JSON.
 */
import createClient from "openapi-fetch";
import type { components as AdminTypes, paths as Admin } from "./findity/admin.ts";
import type { components as ConnectTypes, paths as Connect } from "./findity/connect.ts";
import type { paths as Control } from "./findity/control.ts";
import type { paths as OAuth } from "./findity/oauth.ts";

type Account = AdminTypes["schemas"]["Account"];
type Export = ConnectTypes["schemas"]["Export"];
type Voucher = ConnectTypes["schemas"]["Voucher"];
type VoucherUpdate = ConnectTypes["schemas"]["VoucherUpdate"];

const {
  FINDITY_BASE_URL: baseUrl = "http://127.0.0.1:4655",
  FINDITY_CLIENT_ID: client_id = "mockfindity-client",
  FINDITY_CLIENT_SECRET: client_secret = "mockfindity-secret",
  MOCKFINDITY_SANDBOX: sandbox = "default",
  MOCKFINDITY_CONTROL_TOKEN: controlToken = "",
} = process.env;
const externalId = "ACME";

/** The data of an answer; an error of Findity's says what was wrong. */
function given<T>({ data, error }: { data?: T; error?: unknown }): T {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

/** An access token, by client credentials. The header makes openapi-fetch send a form. */
async function signedIn(): Promise<string> {
  const answer = await createClient<OAuth>({ baseUrl }).POST("/oauth/token", {
    body: { grant_type: "client_credentials", client_id, client_secret },
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  return given(answer).access_token;
}

const authorization = { Authorization: `Bearer ${await signedIn()}` };
const admin = createClient<Admin>({
  baseUrl,
  headers: { ...authorization, "X-Findity-ApiVersion": "3" },
});
const connect = createClient<Connect>({ baseUrl, headers: authorization });
const control = createClient<Control>({
  baseUrl,
  headers: { "X-Mockfindity-Token": controlToken },
});

// ---- what a customer is set up with: the Admin API -----------------------------------------

const ORGANIZATION = "/api/admin/organizations/externalid/{externalId}";

/** An organization of two users, one of whom approves; its id. */
async function setUp(): Promise<string> {
  const organization = await admin.POST(ORGANIZATION, {
    params: { path: { externalId } },
    body: {
      externalSourceId: externalId,
      className: "com.findity.consumer.Company",
      settings: { templateOrganizationId: "tmpl-se-001" },
    },
  });
  const users = await admin.PUT(`${ORGANIZATION}/users`, {
    params: { path: { externalId } },
    body: [
      { externalSourceId: "ANNA", person: { firstName: "Anna", lastName: "Ek" } },
      { externalSourceId: "BO", person: { firstName: "Bo", lastName: "Ek" } },
    ],
  });
  given(users);
  const path = { externalId, definitionExternalId: "project" };
  const values = await admin.PUT(`${ORGANIZATION}/customdimensions/{definitionExternalId}/list`, {
    params: { path },
    body: { values: [{ id: "P1", value: "Harbour" }] },
  });
  given(values);
  const approvers = await admin.PUT(
    `${ORGANIZATION}/customdimensions/{definitionExternalId}/list/approvers`,
    {
      params: { path },
      body: { values: [{ id: "P1", approvers: [{ externalSourceId: "BO" }] }] },
    },
  );
  given(approvers);
  return given(organization).id;
}

/** The users. Without `max` they are an array, with it one page of it. */
async function names(): Promise<string[]> {
  const answer = await admin.GET(`${ORGANIZATION}/users`, { params: { path: { externalId } } });
  const users = given(answer);
  return (Array.isArray(users) ? users : users.userList).map((user) => user.person.firstName);
}

/** The account of this id; if there is none, a new one. */
async function account(organizationId: string, accountId: string): Promise<Account> {
  const accounts = "/api/v1/admin/organizations/{organizationId}/accounts";
  const found = await admin.GET(`${accounts}/{accountId}`, {
    params: { path: { organizationId, accountId } },
  });
  if (found.error?.code === "ACCOUNT_NOT_FOUND") {
    const made = await admin.POST(accounts, {
      params: { path: { organizationId } },
      body: { name: "Taxi", number: "5801" },
    });
    return given(made);
  }
  return given(found);
}

// ---- what people do: the control API -------------------------------------------------------

/** A report that Anna writes and submits, and that whoever is asked approves; its id. */
async function travel(): Promise<string> {
  const dimensionValues = [{ dimension: "project", value: "P1" }];
  const written = await control.POST(
    "/_mockfindity/sandboxes/{sandbox}/organizations/{organizationId}/reports",
    {
      params: { path: { sandbox, organizationId: externalId } },
      body: {
        owner: "ANNA",
        name: "Stockholm",
        expenses: [
          {
            category: "Travel",
            description: "Taxi",
            date: "2026-03-02",
            amount: 125.0,
            taxAmount: 7.08,
            dimensionValues,
          },
          { type: "MILEAGE", category: "Mileage", date: "2026-03-03", quantity: 120, rate: 2.5 },
        ],
      },
    },
  );
  const reportId = given(written).id;
  const steps = "/_mockfindity/sandboxes/{sandbox}/reports/{reportId}";
  const params = { path: { sandbox, reportId } };
  let report = given(await control.POST(`${steps}/submit`, { params }));
  while (report.status === "APPROVAL") {
    report = given(await control.POST(`${steps}/approve`, { params }));
  }
  return reportId;
}

/** The administrator's bulk send, and what became of a report. */
async function send() {
  const answer = await control.POST(
    "/_mockfindity/sandboxes/{sandbox}/organizations/{organizationId}/bulk-send",
    { params: { path: { sandbox, organizationId: externalId } } },
  );
  return given(answer);
}

async function statusOf(reportId: string) {
  const answer = await control.GET("/_mockfindity/sandboxes/{sandbox}/reports/{reportId}", {
    params: { path: { sandbox, reportId } },
  });
  return given(answer).status;
}

// ---- bookkeeping: the Connect API ----------------------------------------------------------

const EXPORTS = "/api/v1/connect/organizations/{organizationId}/exports";
const EXPORT = `${EXPORTS}/{exportId}` as const;

/** The exports that are not booked yet: an envelope, or an array as the connect guide has it. */
async function waiting(organizationId: string): Promise<Export[]> {
  const found = given(await connect.GET(EXPORTS, { params: { path: { organizationId } } }));
  return Array.isArray(found) ? found : found.data;
}

function sum(vouchers: Voucher[], side: "DEBIT" | "CREDIT"): number {
  const rows = vouchers.flatMap((voucher) => voucher.voucherRows);
  const cents = rows.map((row) => (row.type === side ? Math.round(row.amount * 100) : 0));
  return cents.reduce((total, amount) => total + amount, 0) / 100;
}

/** The basis of a voucher, to keep. Its URL is whole; only the token is added. */
async function pdf(voucher: Voucher): Promise<string> {
  const answer = await fetch(`${voucher.basisUrl}?format=pdf`, { headers: authorization });
  if (!answer.ok) throw new Error(`${answer.status} for ${voucher.basisUrl}`);
  return answer.text();
}

/** What is reported of a voucher: that it was booked, or why it was not. */
function bookedAs(voucher: Voucher, voucherNumber: string): VoucherUpdate {
  const { id, totalDebitAmount: debit, totalCreditAmount: credit } = voucher;
  if (debit !== null && credit !== null && debit !== credit) {
    return { id, status: "FAILED", errorText: `debit ${debit} is not credit ${credit}` };
  }
  return { id, status: "SUCCESS", bookingDate: "2026-03-31", voucherNumber };
}

/** Download an export, keep its bases, report every voucher; what was seen. */
async function book(organizationId: string, exportId: string) {
  const params = { path: { organizationId, exportId } };
  const one = given(await connect.GET(EXPORT, { params }));
  const { vouchers } = given(await connect.GET(`${EXPORT}/export`, { params }));
  const voucherUpdates = vouchers.map((voucher, index) => bookedAs(voucher, `A${index + 1}`));
  const bases = await Promise.all(vouchers.map(pdf));
  const booked = given(
    await connect.PUT(`${EXPORT}/updatestatus`, { params, body: { voucherUpdates } }),
  );
  return {
    format: one.recipient.verificationListsType,
    vouchers: vouchers.length,
    rows: vouchers.flatMap((voucher) => voucher.voucherRows).length,
    CREDIT: sum(vouchers, "CREDIT"),
    DEBIT: sum(vouchers, "DEBIT"),
    pdfs: bases.filter((basis) => basis.startsWith("%PDF-")).length,
    status: booked.status,
    numbers: voucherUpdates.map((update) => update.voucherNumber),
  };
}

/** Attach a file to an export, and read it back. */
async function attach(organizationId: string, exportId: string, content: string) {
  const path = { organizationId, exportId };
  const put = await connect.PUT(`${EXPORT}/content`, {
    params: { path, query: { fileName: "book.csv" } },
    body: content,
    bodySerializer: (body) => body,
    headers: { "Content-Type": "text/csv" },
  });
  given(put);
  return given(await connect.GET(`${EXPORT}/content`, { params: { path }, parseAs: "text" }));
}

const organizationId = await setUp();
const reportId = await travel();
const sent = await send();
const [listed] = await waiting(organizationId);
const exportId = listed?.id ?? "";
const seen = {
  users: await names(),
  sent: sent.numberOfVouchers,
  ...(await book(organizationId, exportId)),
  report: await statusOf(reportId),
  waiting: (await waiting(organizationId)).length,
  content: await attach(organizationId, exportId, "A1;125.00\n"),
  account: (await account(organizationId, "0".repeat(32))).number,
};
console.log(JSON.stringify(seen, null, 2));
