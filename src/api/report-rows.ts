// The columns and rows of each report.
import { partnerIdOf } from "../base/id.ts";
import type { Minor } from "../base/money.ts";
import type { FloatLine } from "../ledger/report-floats.ts";
import type { CommissionLine, DayBookLine } from "../ledger/report-recharges.ts";
import type { ReportMark } from "../ledger/report-runs.ts";
import type { WalletBook, WalletFigures } from "../ledger/report-wallets.ts";
import { count, currency, day, eventOf, money, presentDay, type ReportRow, word } from "./report-schema.ts";

const amount = (value: Minor) => ({ amount: value });

const dayBookFigures = {
  placed: count,
  placed_face: money,
  placed_cost: money,
  succeeded: count,
  succeeded_face: money,
  succeeded_commission: money,
  succeeded_cost: money,
  failed: count,
  failed_cost: money,
  reversed: count,
  reversed_cost: money,
  taken_again: count.openapi({ description: "Money that was given back and taken again by a ruling." }),
  taken_again_cost: money,
  as_of_event: count,
};

export const ownDayBookColumns = { day, currency, product: word, ...dayBookFigures };
export const dayBookColumns = { day, partner: word, currency, product: word, provider: word, ...dayBookFigures };

export function dayBookRows(lines: readonly DayBookLine[], marks: readonly ReportMark[]): readonly ReportRow[] {
  const asOf = eventOf(marks);
  return lines.map((line) => ({
    day: presentDay(line.day),
    partner: partnerIdOf(line.account),
    currency: line.currency,
    product: line.product,
    provider: line.provider,
    placed: line.placed.count,
    placed_face: amount(line.placed.face),
    placed_cost: amount(line.placed.cost),
    succeeded: line.succeeded.count,
    succeeded_face: amount(line.succeeded.face),
    succeeded_commission: amount(line.succeeded.commission),
    succeeded_cost: amount(line.succeeded.cost),
    failed: line.failed.count,
    failed_cost: amount(line.failed.cost),
    reversed: line.reversed.count,
    reversed_cost: amount(line.reversed.cost),
    taken_again: line.taken_again.count,
    taken_again_cost: amount(line.taken_again.cost),
    as_of_event: asOf(line.account),
  }));
}

const commissionFigures = {
  succeeded: count,
  reversed: count,
  face: money.openapi({ description: "Of successes less reversals, as the other amounts." }),
  commission: money.openapi({ description: "What the partner paid less than the face value." }),
  cost: money,
};
export const ownCommissionColumns = { currency, product: word, ...commissionFigures, as_of_event: count };
export const commissionColumns = {
  partner: word,
  currency,
  product: word,
  provider: word,
  ...commissionFigures,
  provider_commission: money.openapi({
    description: "What the provider took less than the face value, as far as it said so.",
  }),
  provider_silent: count.openapi({ description: "Successes whose provider did not say." }),
  earned: money.openapi({ description: "provider_commission − commission." }),
  as_of_event: count,
};

export function commissionRows(lines: readonly CommissionLine[], marks: readonly ReportMark[]): readonly ReportRow[] {
  const asOf = eventOf(marks);
  return lines.map((line) => ({
    partner: partnerIdOf(line.account),
    currency: line.currency,
    product: line.product,
    provider: line.provider,
    succeeded: line.succeeded,
    reversed: line.reversed,
    face: amount(line.face),
    commission: amount(line.commission),
    cost: amount(line.cost),
    provider_commission: amount(line.provided),
    provider_silent: line.unsaid,
    earned: amount(line.earned),
    as_of_event: asOf(line.account),
  }));
}

const walletFigures = { balance: money, held: money, debt: money };
export const walletColumns = {
  partner: word,
  currency,
  entry: word.openapi({ description: "`opening`, then a type of event each, then `closing`." }),
  ...walletFigures,
  as_of_event: count,
};

export function walletRows(wallets: readonly WalletBook[], marks: readonly ReportMark[]): readonly ReportRow[] {
  const asOf = eventOf(marks);
  return wallets.flatMap(({ account, currency: of, opening, moves, closing }) => {
    const row = (entry: string, { balance, held, debt }: WalletFigures): ReportRow => ({
      partner: partnerIdOf(account),
      currency: of,
      entry,
      balance: amount(balance),
      held: amount(held),
      debt: amount(debt),
      as_of_event: asOf(account),
    });
    return [row("opening", opening), ...moves.map((move) => row(move.type, move)), row("closing", closing)];
  });
}

export const floatColumns = {
  provider: word,
  currency,
  day,
  opening: money.openapi({ description: "As our book has it since its beginning; what staff pay in is not in it." }),
  sold: money.openapi({ description: "Face values of successes." }),
  returned: money.openapi({ description: "Face values of reversals." }),
  provider_commission: money,
  closing: money.openapi({ description: "opening − sold + returned + provider_commission." }),
};

export function floatRows(lines: readonly FloatLine[]): readonly ReportRow[] {
  return lines.map((line) => ({
    provider: line.provider,
    currency: line.currency,
    day: presentDay(line.day),
    opening: amount(line.opening),
    sold: amount(line.sold),
    returned: amount(line.returned),
    provider_commission: amount(line.provided),
    closing: amount(line.closing),
  }));
}
