// What the judging of balance segments asks of an account, and hands it.
import type { ToldCall } from "../recharges/segment-calls.ts";
import type { SegmentWord } from "../recharges/segment-evidence.ts";

/** Which calls to a provider a segment must know. */
export interface CallQuestion {
  readonly provider: string;
  /** Epoch ms: those that were sent since then, those that are open, and those about which anything was heard since then. */
  readonly from: number;
}

/** A segment's word about one attempt, by the account's attempt counter. */
export interface SegmentWordGiven extends Omit<SegmentWord, "callId"> {
  readonly attempt: number;
}

export interface SegmentCalls {
  /** A scan of the account's attempts at the provider. */
  readWalletCalls(question: CallQuestion): Promise<readonly ToldCall[]>;
  /** Writes the words of segments in one write, each once; answers how many attempts were settled by them. */
  takeSegmentWords(provider: string, words: readonly SegmentWordGiven[]): Promise<number>;
}
