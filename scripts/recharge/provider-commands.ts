// The commands about providers, their statements, health and balances, one line each.
import type { Line } from "./commands.ts";

export const providerLines: readonly Line[] = [
  { words: "providers list", operation: "listProviders", columns: "id protocol mode is_off" },
  { words: "providers order <product>", operation: "changeOrder" },
  {
    words: "providers off <provider>",
    operation: "switchProvider",
    says: { is_off: true },
    what: "Switch a provider off",
  },
  {
    words: "providers on <provider>",
    operation: "switchProvider",
    says: { is_off: false },
    what: "Switch a provider on",
  },

  { words: "providers codes <provider>", operation: "listCodes", columns: "product code provenance is_on" },
  {
    words: "providers certify <provider> <product>",
    operation: "certifyCode",
    says: { is_certified: true },
    what: "Say that a code works at a provider",
  },
  {
    words: "providers withdraw <provider> <product>",
    operation: "certifyCode",
    says: { is_certified: false },
    what: "Use a code of a provider no more",
  },
  {
    words: "providers test <provider> <product> <number> <amount>",
    operation: "testProvider",
    asks: "Send {amount} to {number} through {provider} alone? The house pays for it.",
  },
  { words: "providers tests <provider>", operation: "listTests" },

  { words: "statements mapping <provider>", operation: "readStatementMapping" },
  { words: "statements preview <provider> <text>", operation: "previewStatement" },
  { words: "statements map <provider>", operation: "changeStatementMapping" },
  {
    words: "statements list <provider>",
    operation: "listProviderStatements",
    columns: "id state created_at created_by taken outdated",
  },
  { words: "statements plan <provider>", operation: "planProviderStatement", says: { dry_run: "true" } },
  {
    words: "statements apply <provider> <id>",
    operation: "applyProviderStatement",
    asks: "Apply the statement {id} of {provider}? It settles recharges.",
  },

  { words: "health all", operation: "readProvidersHealth" },
  { words: "health of <provider>", operation: "readProviderHealth" },

  { words: "segments book <provider>", operation: "readSegmentBook" },
  { words: "segments show <provider>", operation: "readSegments" },
  {
    words: "segments judge <provider>",
    operation: "judgeSegments",
    asks: "Judge the balance segments of {provider}? What they prove is settled.",
  },
  { words: "segments declare <provider> <kind>", operation: "declareWallet" },
  { words: "segments withdraw <provider> <kind>", operation: "withdrawDeclaration" },
  {
    words: "segments movement <provider> <direction> <amount>",
    operation: "recordFloatMovement",
    asks: "Record {amount} ({direction}) of our wallet at {provider} ({external_reference})?",
  },
];
