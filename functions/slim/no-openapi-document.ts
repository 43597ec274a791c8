// In place of `@asteasolutions/zod-to-openapi`: the document of the API is an asset, `openapi.json`, that `scripts/openapi.ts`
// wrote; the running Worker keeps no list of its routes for it, and its schemas no words about themselves.

/** Registers nothing. */
export class OpenAPIRegistry {
  readonly definitions: readonly never[] = [];

  registerPath(): void {}

  registerWebhook(): void {}

  registerComponent(): void {}
}

/** `schema.openapi(…)` is the schema. zod gives each schema what its prototype enumerates. */
export function extendZodWithOpenApi({ ZodType }: { readonly ZodType: { readonly prototype: object } }): void {
  Object.defineProperty(ZodType.prototype, "openapi", {
    enumerable: true,
    value(this: unknown) {
      return this;
    },
  });
}

function refuseDocument(): never {
  throw new Error("the bundle writes no OpenAPI document");
}

export {
  refuseDocument as getOpenApiMetadata,
  refuseDocument as OpenApiGeneratorV3,
  refuseDocument as OpenApiGeneratorV31,
};
