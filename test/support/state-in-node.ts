// An object's state in plain Node, on an SQLite of its own.
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** The platform's storage, as far as our objects use it. What is kept alive is in `alive` until it is over. */
export function openState(alive = new Set<Promise<unknown>>()): DurableObjectState {
  const sqlite = new DatabaseSync(":memory:");
  const exec = (query: string, ...bindings: SQLInputValue[]) => {
    // Several statements at once are a step of a schema.
    const isStep = query.includes(";");
    if (isStep) sqlite.exec(query);
    const statement = sqlite.prepare(isStep ? "select 1 where 0" : query);
    const isRead = statement.columns().length > 0;
    const rows = isRead ? statement.all(...bindings) : [];
    const rowsWritten = isRead ? 0 : Number(statement.run(...bindings).changes);
    return { rowsWritten, toArray: () => rows, one: () => rows[0] };
  };
  const transactionSync = <Value>(write: () => Value): Value => {
    sqlite.exec("savepoint a_write");
    try {
      const value = write();
      sqlite.exec("release a_write");
      return value;
    } catch (fault) {
      sqlite.exec("rollback to a_write; release a_write");
      throw fault;
    }
  };
  const waitUntil = (work: Promise<unknown>): void => {
    const over = work.finally(() => alive.delete(over));
    alive.add(over);
  };
  let ringsAt: number | null = null;
  const setTo = async (at: number | null) => {
    ringsAt = at;
  };
  const alarm = { getAlarm: async () => ringsAt, setAlarm: setTo, deleteAlarm: async () => setTo(null) };
  const storage = { sql: { exec, databaseSize: 4_096 }, transactionSync, ...alarm };
  return asState({ storage, waitUntil });
}

/** What is missing is what none of our objects uses. */
function asState(parts: object): DurableObjectState {
  return parts as DurableObjectState;
}
