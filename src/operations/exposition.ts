// OpenMetrics text, version 1.0: families with type, unit, help and samples, and the end mark. Pure.

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  /** A name ends with its unit, where it has one. */
  readonly unit?: "seconds" | "bytes";
  readonly type: "gauge" | "stateset";
  readonly help: string;
  readonly samples: readonly Sample[];
}

export const openMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** The whole text. A family without samples is left out: what is not known has no value. */
export function writeExposition(families: readonly Family[]): string {
  const lines = families
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, unit, type, help, samples }) => [
      `# TYPE ${name} ${type}`,
      ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
      `# HELP ${name} ${escape(help)}`,
      ...samples.map(({ labels, value }) => `${name}${writeLabels(labels)} ${writeValue(value)}`),
    ]);
  return `${[...lines, "# EOF"].join("\n")}\n`;
}

function writeLabels(labels: Sample["labels"]): string {
  const written = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return written.length === 0 ? "" : `{${written.join(",")}}`;
}

function writeValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
