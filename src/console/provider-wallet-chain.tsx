// The balance segments of a provider as a chain: each link from balance to balance, with what it proves; folded open one by one.
import type { Hono } from "hono";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { countText } from "./count-text.ts";
import { Press } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { providerApi, providerIn, providerPage, showProvider } from "./provider-frame.tsx";
import { chainSchema, type ChainSegment } from "./provider-wallet-answers.ts";
import { providersPage } from "./providers.tsx";
import { RefusedNote } from "./refused.tsx";
import { SegmentDrawing } from "./segment-drawing.tsx";
import type { Guest } from "../partners/sessions.ts";
import type { z } from "zod";

type Chain = z.infer<typeof chainSchema>;
const shownLinks = 12;
const [linkWidth, linkHeight] = [76, 64];

const judgements = {
  foots: ["succeeded", "✓", "foots"],
  proves: ["succeeded", "✓", "proves"],
  proves_number: ["doubt", "≈", "how many"],
  withdrawn: ["failed", "✗", "broken"],
  cannot: ["doubt", "…", "open"],
} as const satisfies Record<ChainSegment["judgement"], readonly [tone: string, sign: string, text: string]>;

/** As a part of the page of the wallet, or as a page where no script runs. */
export function addWalletChain(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${providerPage}/wallet/segments`, async (c) => {
    const place = `${providersPage}/${providerIn(c)}/wallet`;
    const { guest } = c.get("session");
    const asked = await ask(c, gateway, { path: providerApi(c, "/segments"), schema: chainSchema });
    if (c.req.header("HX-Request") !== "true")
      return showProvider(c, "/wallet", asked, (chain) => <Shown chain={chain} place={place} guest={guest} />);
    return c.html(<Part asked={asked} place={place} guest={guest} />);
  });
}

interface PartProps {
  readonly asked: Asked<Chain>;
  readonly place: string;
  readonly guest: Guest;
}

function Part({ asked, place, guest }: PartProps) {
  return asked.ok ? <Shown chain={asked.value} place={place} guest={guest} /> : <RefusedNote refused={asked.refused} />;
}

function Shown({ chain, place, guest }: { readonly chain: Chain } & Omit<PartProps, "asked">) {
  const links = chain.segments.slice(-shownLinks);
  return (
    <>
      <p>
        {footingText(chain.footing)}{" "}
        {chain.segments.length === 0
          ? "No other is known."
          : chain.segments.length === 1
            ? "One says more:"
            : `${chain.segments.length} say more:`}
      </p>
      {links.length === 0 ? null : <Drawn links={links} />}
      {links.map((link, index) => (
        <details class="card">
          <summary>
            <Verdict judgement={link.judgement} /> <Span link={link} />
          </summary>
          {link.bars.length + link.points.length === 0 ? null : (
            <SegmentDrawing segment={link} reference={`link-${index + 1}`} />
          )}
          <p>{link.words}</p>
          {link.closes_from === null ? null : (
            <p class="muted">
              A balance may close it from <Moment at={link.closes_from} /> on.
            </p>
          )}
          <details>
            <summary>The same in text</summary>
            <pre tabindex={0}>{link.sketch}</pre>
          </details>
        </details>
      ))}
      <OnlyFor guest={guest} scope="operator">
        <Press action={`${place}/judge`} text="Judge now" />
      </OnlyFor>
    </>
  );
}

function footingText(count: number): string {
  if (count === 0) return "No segment foots yet.";
  return `${countText(count, "segment foots", "segments foot")}: nothing was lost there, and every coin is explained.`;
}

function Verdict({ judgement }: Pick<ChainSegment, "judgement">) {
  const [tone, sign, text] = judgements[judgement];
  return (
    <span class={`badge ${tone}`}>
      {sign} {text}
    </span>
  );
}

function Span({ link }: { readonly link: ChainSegment }) {
  const opening = link.points.find(({ kind }) => kind === "opening");
  const closing = link.points.find(({ kind }) => kind === "closing");
  return (
    <>
      {opening === undefined ? "from a balance that is not known" : `${opening.balance} `}
      {opening === undefined ? null : <Moment at={opening.at} />}
      {" → "}
      {closing === undefined ? "still open" : `${closing.balance} `}
      {closing === undefined ? null : <Moment at={closing.at} />}
    </>
  );
}

/** One link each, in time; a ring where a balance is known, the bar by what is proved between two of them. */
function Drawn({ links }: { readonly links: readonly ChainSegment[] }) {
  const words = links.map(({ judgement }) => judgements[judgement][2]).join(", then ");
  const width = links.length * linkWidth + 16;
  return (
    <figure class="chain">
      <svg
        viewBox={`0 0 ${width} ${linkHeight}`}
        width={width}
        height={linkHeight}
        role="img"
        aria-label={`In time: ${words}`}
      >
        {links.map((link, index) => (
          <Link link={link} x={8 + index * linkWidth} />
        ))}
      </svg>
    </figure>
  );
}

function Link({ link, x }: { readonly link: ChainSegment; readonly x: number }) {
  const [tone, sign, text] = judgements[link.judgement];
  const has = (wanted: string) => link.points.some(({ kind }) => kind === wanted);
  return (
    <g>
      <title>{link.words}</title>
      <rect x={x + 4} y="18" width={linkWidth - 8} height="12" class={`bar ${tone}`} />
      <circle cx={x} cy="24" r="6" class={`mark ${has("opening") ? "" : "hollow"}`} />
      <circle cx={x + linkWidth} cy="24" r="6" class={`mark ${has("closing") ? "" : "hollow"}`} />
      <text x={x + linkWidth / 2} y="52" text-anchor="middle" class="axis">
        {sign} {text}
      </text>
    </g>
  );
}
