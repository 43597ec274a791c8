// An object's tables bring themselves to the newest version, and never below it.
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { runSchemaSteps } from "../../../src/base/schema-steps.ts";

function open() {
  const db = new DatabaseSync(":memory:");
  const exec = (query: string, ...values: number[]) => {
    const statement = db.prepare(query);
    const rows = statement.columns().length > 0 ? statement.all(...values) : [];
    if (statement.columns().length === 0) statement.run(...values);
    return { toArray: () => rows };
  };
  const transactionSync = (write: () => void): void => {
    db.exec("begin");
    try {
      write();
      db.exec("commit");
    } catch (fault) {
      db.exec("rollback");
      throw fault;
    }
  };
  const versions = () => exec("select id, version from schema_version").toArray();
  return { storage: { transactionSync, sql: { exec } }, exec, versions };
}

const first = ["create table coins (value integer)", "insert into coins values (1)"];
const second = "insert into coins values (2)";

describe("the steps of a schema", () => {
  it("run once each, in order, from whatever version there is", () => {
    const { storage, exec, versions } = open();
    runSchemaSteps(storage, [first], "purse");
    expect(versions()).toEqual([{ id: 1, version: 1 }]);
    runSchemaSteps(storage, [first, second], "purse");
    runSchemaSteps(storage, [first, second], "purse");
    expect(versions()).toEqual([{ id: 1, version: 2 }]);
    expect(exec("select value from coins order by rowid").toArray()).toEqual([{ value: 1 }, { value: 2 }]);
  });

  it("leave nothing behind when one fails", () => {
    const { storage, exec, versions } = open();
    runSchemaSteps(storage, [first], "purse");
    expect(() => runSchemaSteps(storage, [first, second, "insert into nowhere values (1)"], "purse")).toThrow(
      "nowhere",
    );
    expect(versions()).toEqual([{ id: 1, version: 1 }]);
    expect(exec("select value from coins").toArray()).toEqual([{ value: 1 }]);
  });

  it("refuse tables that are newer than the code, and leave them alone", () => {
    const { storage, versions } = open();
    runSchemaSteps(storage, [first, second], "purse");
    expect(() => runSchemaSteps(storage, [first], "purse")).toThrow(
      "invariant broken: the tables of the purse are not newer than its code",
    );
    expect(versions()).toEqual([{ id: 1, version: 2 }]);
  });
});
