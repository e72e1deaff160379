/** Never run: mistakes that the compiler finds. It is told to expect each, and complains if there
 * is none, as there would be if a type were not known. */
import type { components as AdminTypes } from "./findity/admin.ts";
import type { components as ConnectTypes } from "./findity/connect.ts";
import type { components as ControlTypes } from "./findity/control.ts";

type Voucher = ConnectTypes["schemas"]["Voucher"];
type VoucherUpdate = ConnectTypes["schemas"]["VoucherUpdate"];

// @ts-expect-error
export const number: VoucherUpdate = { id: 1, status: "SUCCESS" };
// @ts-expect-error
export const status: VoucherUpdate = { id: "1", status: "DONE" };
// @ts-expect-error
export const more: VoucherUpdate = { id: "1", status: "SUCCESS", number: 1 };
// @ts-expect-error
export const name: AdminTypes["schemas"]["NewAccount"] = { number: "5801" };
// @ts-expect-error
export const day: ControlTypes["schemas"]["ExpenseIn"] = { category: "Travel", date: 1 };
// @ts-expect-error
export const total = (voucher: Voucher) => voucher.totalDebitAmount + 1;
// @ts-expect-error
export const account = (voucher: Voucher) => voucher.voucherRows[0]?.accountNumber;
