// `/console/providers/{id}/wallet`: what staff declare of our wallet there, its recorded movements, and what its balances prove.
import type { Hono } from "hono";
import type { z } from "zod";
import type { Guest } from "../partners/sessions.ts";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field, Fold } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { providerApi, providerIn, providerPage, showProvider } from "./provider-frame.tsx";
import { addWalletActs } from "./provider-wallet-acts.tsx";
import { addWalletChain } from "./provider-wallet-chain.tsx";
import { walletBookSchema } from "./provider-wallet-answers.ts";
import { MovementTable, NewMovement } from "./provider-wallet-movements.tsx";
import { providersPage } from "./providers.tsx";

type Book = z.infer<typeof walletBookSchema>;
type Declaration = Book["declarations"][number];

const kinds = {
  exclusive: ["Only our calls and recorded movements move this wallet", "balances may then prove what was lost"],
  refund_free: [
    "No refund of the provider can come any more",
    "money that comes back is then no refund of a lost call",
  ],
} as const satisfies Readonly<Record<Declaration["kind"], readonly [text: string, why: string]>>;

export function addProviderWallet(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${providerPage}/wallet`, async (c) => {
    const { guest } = c.get("session");
    const place = `${providersPage}/${providerIn(c)}/wallet`;
    const book = await ask(c, gateway, { path: providerApi(c, "/wallet"), schema: walletBookSchema });
    return showProvider(c, "/wallet", book, (read) => (
      <>
        <Quiet quiet={read.quiet} />
        <Declarations place={place} declarations={read.declarations} guest={guest} />
        <section aria-labelledby="segments">
          <h2 id="segments">What its balances prove</h2>
          <div hx-get={`${place}/segments`} hx-trigger="load" hx-swap="innerHTML">
            <p>
              <a href={`${place}/segments`}>Ask every account for its calls there</a>
            </p>
          </div>
        </section>
        <MovementTable movements={read.movements} />
        <OnlyFor guest={guest} scope="finance">
          <NewMovement place={place} />
        </OnlyFor>
        <Commissions commissions={read.commissions} />
      </>
    ));
  });
  addWalletChain(app, gateway);
  addWalletActs(app, gateway);
}

function Quiet({ quiet }: Pick<Book, "quiet">) {
  if (quiet === null) return null;
  return (
    <p class="refused">
      <span class="badge doubt">◆ quiet</span> Since <Moment at={quiet.since} /> no new recharge goes there, so that its
      balance comes to rest. From <Moment at={quiet.calm_at} /> on one goes alone; at <Moment at={quiet.until} /> the
      quiet is over in any case.
    </p>
  );
}

interface DeclarationsProps {
  readonly place: string;
  readonly declarations: Book["declarations"];
  readonly guest: Guest;
}

function Declarations({ place, declarations, guest }: DeclarationsProps) {
  const over = declarations.filter(({ withdrawn }) => withdrawn !== null);
  return (
    <section aria-labelledby="declared">
      <h2 id="declared">What is declared</h2>
      <div class="cards wide">
        {(["exclusive", "refund_free"] as const).map((kind) => (
          <Standing
            kind={kind}
            standing={declarations.find((one) => one.kind === kind && one.withdrawn === null) ?? null}
            place={place}
            guest={guest}
          />
        ))}
      </div>
      {over.length === 0 ? null : (
        <details class="card">
          <summary>What was taken back ({over.length})</summary>
          <ol class="timeline">
            {over.map((one) => (
              <li>
                {kinds[one.kind][0]}: declared by {one.by} <Moment at={one.since} />.
                <blockquote>{one.reason}</blockquote>
                {one.withdrawn === null ? null : (
                  <>
                    Taken back by {one.withdrawn.by} <Moment at={one.withdrawn.at} />.
                    <blockquote>{one.withdrawn.reason}</blockquote>
                  </>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

interface StandingProps {
  readonly kind: Declaration["kind"];
  readonly standing: Declaration | null;
  readonly place: string;
  readonly guest: Guest;
}

function Standing({ kind, standing, place, guest }: StandingProps) {
  const [text, why] = kinds[kind];
  const verb = standing === null ? "declare" : "withdraw";
  return (
    <article class="card">
      <h3>{text}</h3>
      {standing === null ? (
        <p>
          <span class="badge">not declared</span> <small>If it is, {why}.</small>
        </p>
      ) : (
        <>
          <p>
            <span class="badge succeeded">✓ declared</span> by {standing.by} <Moment at={standing.since} />
          </p>
          <blockquote>{standing.reason}</blockquote>
        </>
      )}
      <OnlyFor guest={guest} scope="operator">
        <Fold title={standing === null ? "Declare it" : "Take it back"}>
          <form method="post" action={`${place}/${verb}`}>
            <input type="hidden" name="kind" value={kind} />
            <Field label="Reason" name="reason" hint="How you know it" />
            {kind === "exclusive" && standing === null ? (
              <Field
                label="Commissions it takes, %"
                name="rates"
                isOptional
                hint="Where its replies do not name them: 1.5 2.0"
              />
            ) : null}
            <button type="submit">Go on</button>
          </form>
        </Fold>
      </OnlyFor>
    </article>
  );
}

function Commissions({ commissions }: Pick<Book, "commissions">) {
  if (commissions.length === 0) return null;
  return (
    <p class="muted">
      It was seen to keep, or staff said that it keeps:{" "}
      {commissions.map(({ of, commission }) => `${commission} of ${of}`).join(", ")}.
    </p>
  );
}
