// `/console/cases/{id}/segment/{reference}`: the balance segment in which an attempt lies, as a part of the case or as a page.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import { askCase, casePath } from "./case-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { type DrawnSegment, SegmentDrawing, segmentSchema } from "./segment-drawing.tsx";

const segmentsSchema = z.object({ segments: z.array(segmentSchema) });
type Segments = z.infer<typeof segmentsSchema>;

export function addCaseSegment(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console/cases/:id/segment/:reference", async (c) => {
    const { id, reference } = c.req.param();
    const file = await askCase(c, gateway, id);
    const attempt = file.ok ? file.value.attempts.find((one) => one.reference === reference) : undefined;
    if (!file.ok || attempt === undefined) return c.notFound();
    const path = `/admin/v1/providers/${encodeURIComponent(attempt.provider)}/segments`;
    const asked = await ask(c, gateway, { path, schema: segmentsSchema });
    const part = <SegmentOf asked={asked} reference={reference} provider={attempt.provider} />;
    if (c.req.header("HX-Request") === "true") return c.html(part);
    return c.html(
      <Page title="Balance segment" section="/console/cases" guest={c.get("session").guest}>
        <p>
          <a href={casePath(id)}>Back to the case</a>
        </p>
        {part}
      </Page>,
    );
  });
}

function SegmentOf(props: { readonly asked: Asked<Segments>; readonly reference: string; readonly provider: string }) {
  const { asked, reference, provider } = props;
  if (!asked.ok) return <RefusedNote refused={asked.refused} />;
  const found = asked.value.segments.filter(({ bars }) => bars.some(({ id }) => id === reference));
  if (found.length === 0) return <p class="muted">No balances of ours at {provider} speak about this attempt.</p>;
  return (
    <>
      {found.map((segment) => (
        <Segment segment={segment} reference={reference} />
      ))}
    </>
  );
}

function Segment({ segment, reference }: { readonly segment: DrawnSegment; readonly reference: string }) {
  return (
    <>
      <h4>Our balance around this attempt</h4>
      <SegmentDrawing segment={segment} reference={reference} />
      <p>{segment.words}</p>
      <details>
        <summary>The same in text</summary>
        <pre tabindex={0}>{segment.sketch}</pre>
      </details>
    </>
  );
}
