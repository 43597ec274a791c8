// A strict reader of OpenMetrics text 1.0, as far as we write it: whoever breaks a rule of the format is told which.

export interface ReadFamily {
  readonly type: string;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const nameOf = "[a-zA-Z_][a-zA-Z0-9_]*";
const labelPattern = new RegExp(`(${nameOf})="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"(,|$)`, "y");
const metaPattern = new RegExp(`^# (TYPE|UNIT|HELP) (${nameOf}) ([^]*)$`);
const samplePattern = new RegExp(`^(${nameOf})(?:\\{([^]*)\\})? (\\S+)$`);
const metaOrder = ["TYPE", "UNIT", "HELP"];

/** The families by name. Throws with the line that is wrong. */
export function readOpenMetrics(text: string): ReadonlyMap<string, ReadFamily> {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF") throw new Error("the text ends with # EOF and a line feed");
  const families = new Map<string, { type: string; samples: ReadFamily["samples"][number][] }>();
  let name = "";
  let said: string[] = [];
  for (const line of lines) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    const meta = metaPattern.exec(line);
    if (meta !== null) {
      const [, kind = "", of = "", rest = ""] = meta;
      if (kind === "TYPE") {
        if (families.has(of)) fail("a family stands together");
        if (!["gauge", "stateset"].includes(rest)) fail("an unknown type");
        families.set(of, { type: rest, samples: [] });
        [name, said] = [of, []];
      } else if (of !== name) fail("a line about another family");
      if (metaOrder.indexOf(kind) < said.length) fail("said twice, or out of order");
      said = metaOrder.slice(0, metaOrder.indexOf(kind) + 1);
      if (kind === "UNIT" && !of.endsWith(`_${rest}`)) fail("a name ends with its unit");
      if (kind === "HELP" && /\\(?![\\n"])/.test(rest)) fail("a wrong escape");
      continue;
    }
    const [, of = "", labels = "", value = ""] = samplePattern.exec(line) ?? fail("no sample");
    const family = families.get(of);
    if (of !== name || family === undefined) return fail("a sample of another family");
    if (!/^[+-]?(\d+(\.\d+)?([eE][+-]?\d+)?|Inf)$|^NaN$/.test(value)) fail("no number");
    const read = readLabels(labels) ?? fail("wrong labels");
    if (family.type === "stateset" && (read[of] === undefined || !["0", "1"].includes(value)))
      fail("a state is a label of the family's name, with 0 or 1");
    if (family.samples.some((one) => JSON.stringify(one.labels) === JSON.stringify(read))) fail("a sample twice");
    family.samples.push({ labels: read, value: Number(value.replace("Inf", "Infinity")) });
  }
  for (const [of, { samples }] of families)
    if (samples.length === 0) throw new Error(`a family without samples: ${of}`);
  return families;
}

function readLabels(text: string): Record<string, string> | null {
  const labels: Record<string, string> = {};
  labelPattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = labelPattern.lastIndex) {
    const [, name = "", value = ""] = labelPattern.exec(text) ?? [];
    if (name === "" || name in labels) return null;
    labels[name] = value.replaceAll(/\\([^])/g, (_all, one: string) => (one === "n" ? "\n" : one));
  }
  return labels;
}

/** The value of the sample with exactly these labels; undefined: there is none. */
export function sampleOf(
  families: ReadonlyMap<string, ReadFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  return families
    .get(name)
    ?.samples.find(
      (one) =>
        Object.keys(one.labels).length === wanted.length && wanted.every(([key, value]) => one.labels[key] === value),
    )?.value;
}
