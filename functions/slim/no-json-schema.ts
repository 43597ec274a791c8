// In place of zod's writers of JSON Schema: nothing in the Worker asks a schema for one.
export { aggregateChecks } from "../../node_modules/zod/v4/core/json-schema-processors.js";

function refuseJsonSchema(): never {
  throw new Error("the bundle writes no JSON Schema");
}

/** What zod makes for each schema, and nobody calls. */
function neverCalled(): typeof refuseJsonSchema {
  return refuseJsonSchema;
}

export { neverCalled as createStandardJSONSchemaMethod, neverCalled as createToJSONSchemaMethod };
export {
  refuseJsonSchema as anyProcessor,
  refuseJsonSchema as arrayProcessor,
  refuseJsonSchema as bigintProcessor,
  refuseJsonSchema as booleanProcessor,
  refuseJsonSchema as catchProcessor,
  refuseJsonSchema as customProcessor,
  refuseJsonSchema as dateProcessor,
  refuseJsonSchema as defaultProcessor,
  refuseJsonSchema as enumProcessor,
  refuseJsonSchema as fileProcessor,
  refuseJsonSchema as functionProcessor,
  refuseJsonSchema as intersectionProcessor,
  refuseJsonSchema as js,
  refuseJsonSchema as lazyProcessor,
  refuseJsonSchema as literalProcessor,
  refuseJsonSchema as mapProcessor,
  refuseJsonSchema as nanProcessor,
  refuseJsonSchema as neverProcessor,
  refuseJsonSchema as nonoptionalProcessor,
  refuseJsonSchema as nullProcessor,
  refuseJsonSchema as nullableProcessor,
  refuseJsonSchema as numberProcessor,
  refuseJsonSchema as objectProcessor,
  refuseJsonSchema as optionalProcessor,
  refuseJsonSchema as pipeProcessor,
  refuseJsonSchema as prefaultProcessor,
  refuseJsonSchema as promiseProcessor,
  refuseJsonSchema as readonlyProcessor,
  refuseJsonSchema as recordProcessor,
  refuseJsonSchema as setProcessor,
  refuseJsonSchema as stringProcessor,
  refuseJsonSchema as successProcessor,
  refuseJsonSchema as symbolProcessor,
  refuseJsonSchema as templateLiteralProcessor,
  refuseJsonSchema as transformProcessor,
  refuseJsonSchema as tupleProcessor,
  refuseJsonSchema as undefinedProcessor,
  refuseJsonSchema as unionProcessor,
  refuseJsonSchema as unknownProcessor,
  refuseJsonSchema as voidProcessor,
};
