// What the gateway itself says that it can be asked.
import { z } from "zod";
import { ask } from "./api-journey.ts";

const methods = ["get", "put", "post", "delete"] as const;
const operation = z.looseObject({ operationId: z.string() }).optional();
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ get: operation, put: operation, post: operation, delete: operation })),
});

/** The operations of `/openapi.json` whose path begins so. */
export async function readOperations(
  begin: string,
): Promise<readonly { readonly id: string; readonly method: string; readonly path: string }[]> {
  const { paths } = documentSchema.parse((await ask("", "/openapi.json")).body);
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(begin))
    .flatMap(([path, said]) =>
      methods.flatMap((method) => {
        const id = said[method]?.operationId;
        return id === undefined ? [] : [{ id, method: method.toUpperCase(), path }];
      }),
    );
}
