// What the admin API can be asked, read from `openapi.json`: path, query, body of each operation.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A JSON schema as far as the command line reads it. */
export interface Schema {
  readonly type: readonly string[];
  readonly what: string;
  readonly choices: readonly string[];
  /** Of a list: what it is a list of. */
  readonly items: Schema | null;
  /** The name under `components/schemas`; empty where it has none. */
  readonly name: string;
}

export interface Property {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly what: string;
  readonly scope: string;
  readonly query: readonly Property[];
  /** Null: it takes none. */
  readonly body: { readonly kind: "json"; readonly properties: readonly Property[] } | { readonly kind: "csv" } | null;
}

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  /** Several forms of one body. */
  anyOf: z.array(z.unknown()).optional(),
});

const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z
    .array(z.looseObject({ in: z.string(), name: z.string(), required: z.boolean().optional(), schema: z.unknown() }))
    .optional(),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) }).optional(),
});

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** Every operation under `/admin/v1`, by its id. */
export function readOperations(document: unknown = readDocument()): ReadonlyMap<string, Operation> {
  const { paths, components } = documentSchema.parse(document);
  const found = Object.entries(paths)
    .filter(([path]) => path.startsWith("/admin/v1"))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => {
        const query = (one.parameters ?? []).filter((parameter) => parameter.in === "query");
        return [
          one.operationId,
          {
            id: one.operationId,
            method: method.toUpperCase(),
            path,
            what: one.summary,
            scope: /`(\w+)`/.exec(one.description ?? "")?.[1] ?? "",
            query: query.map(({ name, required = false, schema }) => ({
              name,
              isRequired: required,
              schema: readSchema(schema, components.schemas),
            })),
            body: readBody(one.requestBody?.content ?? {}, components.schemas),
          },
        ];
      }),
    );
  return new Map(found);
}

function readDocument(): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "openapi.json"), "utf8"));
}

type Known = Readonly<Record<string, unknown>>;

function readBody(content: Readonly<Record<string, { readonly schema: unknown }>>, known: Known): Operation["body"] {
  const json = content["application/json"];
  if (json === undefined) return content["text/csv"] === undefined ? null : { kind: "csv" };
  const { schema } = resolve(json.schema, known);
  const forms = schema.anyOf === undefined ? [schema] : schema.anyOf.map((form) => resolve(form, known).schema);
  const properties = new Map(forms.flatMap((form) => Object.entries(form.properties ?? {})));
  return {
    kind: "json",
    properties: [...properties].map(([name, property]) => ({
      name,
      isRequired: forms.every((form) => form.required?.includes(name) === true),
      schema: readSchema(property, known),
    })),
  };
}

function readSchema(given: unknown, known: Known): Schema {
  const { schema, name } = resolve(given, known);
  return {
    type: typeof schema.type === "string" ? [schema.type] : (schema.type ?? []),
    what: schema.description ?? "",
    choices: (schema.enum ?? []).flatMap((choice) => (choice === null ? [] : [String(choice)])),
    items: schema.items === undefined ? null : readSchema(schema.items, known),
    name,
  };
}

function resolve(
  given: unknown,
  known: Known,
): { readonly schema: z.infer<typeof schemaSchema>; readonly name: string } {
  const schema = schemaSchema.parse(given);
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? { schema, name: "" } : { schema: schemaSchema.parse(known[name]), name };
}
