// What the API needs to be given: built from the bindings by `services/surfaces.ts`, replaced piece by piece in tests.
import type { AccountCalls } from "../accounts/account.ts";
import type { BulkParts } from "../bulk/manage.ts";
import type { TestParts } from "../accounts/test-recharge.ts";
import type { ChatCalls } from "../accounts/chat-types.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Minor } from "../base/money.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import type { Authenticate, Authenticated } from "../partners/authenticate.ts";
import type { CopyParts } from "../operations/copies.ts";
import type { readAlerts, testChannels } from "../operations/watch.ts";
import type { ManageParts } from "../partners/manage.ts";
import type { StaffRulesParts } from "../partners/staff-rules.ts";
import type { AuthenticateStaff, StaffMember, StaffParts } from "../partners/staff.ts";
import type { StatementParts } from "../reconciliation/provider-statement/import.ts";
import type { SegmentParts } from "../reconciliation/segments/gather.ts";
import type { KeptRun } from "../reconciliation/kept-runs.ts";
import type { RunReport } from "../reconciliation/run.ts";
import type { StaffFloatParts } from "../reconciliation/staff-floats.ts";
import type { Mode } from "../recharges/recharge.ts";
import type { WebhookParts } from "../webhooks/verbs.ts";

export interface ListedProvider {
  readonly id: string;
  readonly protocol: string;
  readonly mode: Mode;
  readonly isOff: boolean;
  /** What its desk knows now. Times are epoch ms, money minor units; null: not known, or there is none. */
  readonly state: {
    readonly trippedUntil: number | null;
    readonly badInARow: number;
    readonly floor: Minor | null;
    readonly balance: { readonly amount: Minor; readonly at: number } | null;
    readonly lookupsLeft: number | null;
    readonly lookupsWaiting: number;
  };
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ApiServices {
  readonly clock: Clock;
  readonly log: Log;
  /** How long `POST /v1/recharges` waits without `Prefer`, and at most, ms. */
  readonly waitDefaultMs: number;
  readonly waitMaxMs: number;
  /** How long a code that links a chat can be used, ms. */
  readonly chatCodeMs: number;
  /** Requests that one key may send per minute. */
  readonly ratePerMinute: number;
  readonly authenticate: Authenticate;
  readonly authenticateStaff: AuthenticateStaff;
  /** A fresh stub on each call: one that has thrown may be broken. */
  account(number: number): AccountCalls & Pick<ChatCalls, "askChatUsers">;
  /** Read only here; written by the staff verbs. */
  readonly database: LedgerDatabase;
  /** The bots that are set up; null: there is none of this channel. */
  readonly bots: { readonly telegram: { readonly username: string } | null; readonly whatsapp: object | null };
  /** For partners' files of recharges. */
  readonly bulk: BulkParts;
  readonly manage: ManageParts;
  readonly staff: StaffParts;
  readonly staffRules: StaffRulesParts;
  /** For the tests of providers. */
  readonly tests: TestParts;
  /** What the installation's settings say of numbers; ms. */
  readonly numberSettings: {
    readonly velocityPerDay: number;
    readonly velocityWindowMs: number;
    readonly repeatWindowMs: number;
  };
  /** Every provider of the settings; `settings` without secrets. */
  listProviders(): Promise<readonly ListedProvider[]>;
  readonly webhooks: WebhookParts;
  /** For the import of the providers' statements. */
  readonly statements: StatementParts;
  /** For the judging of balance segments. */
  readonly segments: SegmentParts;
  /** Counts for staff; `day` is the UTC day in days since 1970, `account` 0 where a count belongs to none. */
  readCounters(): Promise<
    readonly { readonly name: string; readonly account: number; readonly day: number; readonly count: number }[]
  >;
  readonly floats: StaffFloatParts;
  readonly copies: CopyParts;
  /** What stands; and a test of every channel. */
  readonly alerts: {
    read(): ReturnType<typeof readAlerts>;
    test(): ReturnType<typeof testChannels>;
  };
  /** `token`: that of a scraper; null: it has none of its own. `read` gives OpenMetrics text. */
  readonly metrics: { readonly token: string | null; read(): Promise<string> };
  /** One run of the scheduled reconciliation, now, for this person. */
  reconcileNow(askedBy: string): Promise<RunReport>;
  /** The last runs, the newest first. */
  readRuns(): Promise<readonly KeptRun[]>;
  /** A file of `public/`, by its path. */
  asset(path: string): Promise<Response>;
}

/** What requests carry from the first middleware to the last. */
export interface ApiVariables {
  services: ApiServices;
  requestId: string;
  /** How this surface answers what is thrown. */
  answerThrown: (thrown: unknown) => Response;
  /** Set after check 1 on `/v1`. */
  authenticated: Authenticated;
  /** Set after check 1 on `/admin/v1`. */
  staff: StaffMember;
  /** Read before everything else; `too_large` was read and thrown away. */
  body: Uint8Array<ArrayBuffer> | "too_large";
}

export interface ApiEnv {
  Variables: ApiVariables;
}
