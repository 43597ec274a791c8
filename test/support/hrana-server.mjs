// A small libSQL server for tests: Hrana 2 over HTTP (what the web client speaks) on the npm `libsql` engine, in memory, loopback only.
// Every pipeline must close its stream, as the client's `batch` and `execute` do. `PUT /control {"failures": [...]}` makes the next
// pipelines fail: "before" (nothing ran), "after" (ran, answer lost), "drop" (ran, connection cut); `{"isDown": true}`: all of them, before;
// `{"delayMs": 100}`: each answer is held back so long.
import { createServer } from "node:http";
import Database from "libsql";

/** @returns {Promise<{url: string, close: () => Promise<void>}>} */
export async function startHranaServer({ onFailure = () => {} } = {}) {
  const database = new Database(":memory:");
  const control = { isDown: false, failures: [], delayMs: 0 };
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => answer({ database, control, onFailure }, request, body, response),
      () => response.destroy(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          database.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answer({ database, control, onFailure }, request, body, response) {
  if (request.url === "/control" && request.method === "PUT") {
    Object.assign(control, { isDown: false, failures: [], delayMs: 0, ...JSON.parse(body) });
    return reply(response, 200, control);
  }
  if (request.url !== "/v2/pipeline" || request.method !== "POST")
    return reply(response, 404, { message: `not found: ${request.method} ${request.url}` });
  const failure = control.isDown ? "before" : control.failures.shift();
  if (failure !== undefined) onFailure(failure);
  if (failure === "before") return reply(response, 503, { message: "the database is down" });
  const results = runPipeline(database, JSON.parse(body).requests);
  if (failure === "after") return reply(response, 502, { message: "the answer was lost" });
  if (failure === "drop") return response.destroy();
  setTimeout(() => reply(response, 200, { baton: null, base_url: null, results }), control.delayMs);
}

/** One pipeline is one stream: nothing of it may stay open, so that pipelines never see each other's transaction. */
function runPipeline(database, requests) {
  const sqls = new Map();
  const results = requests.map((request) => {
    try {
      return { type: "ok", response: runRequest(database, sqls, request) };
    } catch (error) {
      return { type: "error", error: describe(error) };
    }
  });
  if (database.inTransaction) database.exec("ROLLBACK");
  return results;
}

function runRequest(database, sqls, request) {
  switch (request.type) {
    case "store_sql":
      sqls.set(request.sql_id, request.sql);
      return { type: "store_sql" };
    case "close_sql":
      sqls.delete(request.sql_id);
      return { type: "close_sql" };
    case "execute":
      return { type: "execute", result: runStatement(database, sqls, request.stmt) };
    case "batch":
      return { type: "batch", result: runBatch(database, sqls, request.batch.steps) };
    case "sequence":
      database.exec(request.sql ?? sqls.get(request.sql_id));
      return { type: "sequence" };
    case "close":
      return { type: "close" };
    default:
      throw new Error(`request ${request.type} is not supported`);
  }
}

function runBatch(database, sqls, steps) {
  const stepResults = [];
  const stepErrors = [];
  for (const step of steps) {
    let result = null;
    let failure = null;
    if (holds(step.condition, stepResults, stepErrors)) {
      try {
        result = runStatement(database, sqls, step.stmt);
      } catch (error) {
        failure = describe(error);
      }
    }
    stepResults.push(result);
    stepErrors.push(failure);
  }
  return { step_results: stepResults, step_errors: stepErrors };
}

function holds(condition, results, errors) {
  if (condition === undefined || condition === null) return true;
  switch (condition.type) {
    case "ok":
      return results[condition.step] !== null;
    case "error":
      return errors[condition.step] !== null;
    case "not":
      return !holds(condition.cond, results, errors);
    case "and":
      return condition.conds.every((one) => holds(one, results, errors));
    case "or":
      return condition.conds.some((one) => holds(one, results, errors));
    default:
      throw new Error(`condition ${condition.type} is not supported`);
  }
}

function runStatement(database, sqls, stmt) {
  const statement = database.prepare(stmt.sql ?? sqls.get(stmt.sql_id)).safeIntegers(true);
  const args = (stmt.args ?? []).map(decode);
  if (!statement.reader) {
    const { changes, lastInsertRowid } = statement.run(...args);
    return { cols: [], rows: [], affected_row_count: Number(changes), last_insert_rowid: String(lastInsertRowid) };
  }
  const cols = statement.columns().map(({ name, type }) => ({ name, decltype: type }));
  const rows = statement
    .raw(true)
    .all(...args)
    .map((row) => row.map(encode));
  return { cols, rows, affected_row_count: 0, last_insert_rowid: null };
}

function decode(value) {
  switch (value.type) {
    case "null":
      return null;
    case "integer":
      return BigInt(value.value);
    case "float":
    case "text":
      return value.value;
    case "blob":
      return Buffer.from(value.base64, "base64");
    default:
      throw new Error(`value ${value.type} is not supported`);
  }
}

function encode(value) {
  if (value === null) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: String(value) };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  return { type: "blob", base64: Buffer.from(value).toString("base64") };
}

function describe(error) {
  return { message: error.message, code: error.code ?? "UNKNOWN" };
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function reply(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
