// Writes docs/catalogue.md from the catalogue and the code tables: node scripts/catalogue-doc.ts
// A test compares the committed document with what this renders.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { formatAmount } from "../src/base/money.ts";
import { type Product, services } from "../src/catalog/product.ts";
import { products } from "../src/catalog/products.ts";
import { aopayCodeOf } from "../src/wire/codes/aopay.ts";
import { backnpayCodeOf } from "../src/wire/codes/backnpay.ts";
import { nurrCodeOf } from "../src/wire/codes/nurr.ts";
import type { ProductCode } from "../src/wire/codes/product-code.ts";

const introduction = `# The catalogue

Written by \`node scripts/catalogue-doc.ts\` from \`src/catalog\` and \`src/wire/codes\`; a test fails when they differ.

- A code is **documented** when a seed in \`docs/seeds/\` prints it; \`(inferred)\` when it was read out of a sample.
- \`*\` marks a code that the seed gives to several products, or prints doubtfully: it is off at a provider until staff
  certify it there. In our own dialect such a code is understood only where ten digits starting with 6 to 9 mean a mobile
  number or a well-formed STD code means a landline; otherwise the order is refused.
- \`-\` means that the protocol has no code for the product in that table: routing leaves the provider out.
- Every listed field is required; \`optional1\`, \`optional2\` of backnpay carry them in the order given.
- Limits are defaults, because the seeds give none; they are settings per product.

## What the seeds leave open, and what we do

- \`PD\` ("Tata Docomo Postpaid") is one letter code beside two numeric ones (76 GSM, 105 CDMA): it is marked for both.
- \`TP\` ("Tikona Postpaid") has no number, and Tikona's number 107 stands under landline: two products. A Tikona account is
  a bill account of digits, not a mobile number.
- The form of bill accounts is not documented. Accounts are 4 to 16 digits (spaces and dashes between digits are
  dropped); where bills of the biller carry letters, 4 to 24 letters, digits, \`/\` and \`-\` with at least one digit.
- An STD code is kept with its zero (\`11\` and \`011\` are the same), a month as two digits; names keep their case.
- Month, bill number and cycle number name a bill and not an account: the number guard ignores them, and also the case
  of the other fields.
- India: a prefix proves nothing (numbers are ported), and \`POST /v1/numbers/lookup\` suggests no product. Bangladesh: the
  protocol refuses a prefix of another operator, so the prefix decides; 017 and 013 fit Grameenphone and Skitto.
`;

function cell(code: ProductCode | null): string {
  if (code === null) return "-";
  return `${code.code}${code.shared ? " *" : ""}${code.provenance === "inferred" ? " (inferred)" : ""}`;
}

function codesOf(product: Product): string {
  if (product.country === "BD") return cell(nurrCodeOf(product.id));
  const backnpay = [backnpayCodeOf("numeric", product.id), backnpayCodeOf("alphabetic", product.id)];
  return [...backnpay, aopayCodeOf(product.id)].map(cell).join(" | ");
}

function row(product: Product): string {
  const fields = product.fields.map((spec) => `\`${spec.name}\``).join(", ");
  const own = product.prefixes === null ? fields : product.prefixes.join(", ");
  return `| \`${product.id}\` | ${product.name} | ${product.numberLabel} | ${own} | ${codesOf(product)} |`;
}

function limits(product: Product): string {
  const { minMinor, maxMinor, stepMinor, currency } = product;
  return `${formatAmount(minMinor)} to ${formatAmount(maxMinor)} ${currency} in steps of ${formatAmount(stepMinor)}.`;
}

function section(title: string, sold: readonly Product[], columns: readonly string[]): string {
  const head = ["Product", "Name", "Number", ...columns];
  const [first] = sold;
  const intro = first === undefined ? "" : limits(first);
  const lines = [
    `## ${title} (${sold.length})`,
    "",
    intro,
    "",
    `| ${head.join(" | ")} |`,
    `|${"---|".repeat(head.length)}`,
  ];
  return `${[...lines, ...sold.map(row)].join("\n")}\n`;
}

/** The whole document, ending in a newline. */
export function renderCatalogue(): string {
  const indian = services.map((service) => {
    const sold = products.filter((product) => product.country === "IN" && product.service === service);
    return section(`India, ${service}`, sold, ["Fields", "backnpay numeric", "backnpay letters", "aopay"]);
  });
  const bangladeshi = products.filter((product) => product.country === "BD");
  return [introduction, ...indian, section("Bangladesh", bangladeshi, ["Prefixes", "nurr"])].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync("docs/catalogue.md", renderCatalogue());
}
