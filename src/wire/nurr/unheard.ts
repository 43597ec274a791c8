// nurr's answer about an order of which nothing is known yet: ours, in the shape of its replies (`lists.md`, "Where the seeds are silent").

export interface NurrUnheard {
  readonly phone: string;
  /** Taka with two decimals. */
  readonly amount: string;
  readonly operatorName: string;
}

/** Pending without the figures, which nobody has. It goes out with HTTP 202. */
export function writeNurrUnheard({ phone, amount, operatorName }: NurrUnheard): string {
  const order = { phone, amount, operator_name: operatorName };
  return JSON.stringify({ success: false, ...order, operator_transaction_id: null, status: "Pending" });
}
