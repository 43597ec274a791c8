// The parts of zod that the gateway uses, from the package's own files (`zod-in-english.js`):
// `test/node/slim/zod-words.test.ts` says which word of it is missing here, or not used any more.
export * as coerce from "../../node_modules/zod/v4/classic/coerce.js";
export { ZodError } from "../../node_modules/zod/v4/classic/errors.js";
export * as iso from "../../node_modules/zod/v4/classic/iso.js";
export {
  array,
  boolean,
  cidrv4,
  cidrv6,
  custom,
  discriminatedUnion,
  email,
  enum,
  int,
  ipv4,
  ipv6,
  literal,
  looseObject,
  null,
  number,
  object,
  preprocess,
  record,
  strictObject,
  string,
  tuple,
  union,
  unknown,
  url,
  ZodType,
} from "../../node_modules/zod/v4/classic/schemas.js";
export { NEVER } from "../../node_modules/zod/v4/core/core.js";
