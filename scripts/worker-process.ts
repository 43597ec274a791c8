// One Worker on a workerd of its own, reached through a direct socket: no proxy in front, so a client's reset arrives.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer, connect } from "node:net";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from "wrangler";
import { bundle } from "./bundle.ts";

export interface WorkerProcessOptions {
  readonly name: string;
  /** Path of the wrangler.toml; `main` replaces its entry. */
  readonly config: string;
  readonly main?: string;
  readonly port: number;
  /** Directory of objects and databases; absent: kept in a temporary one. */
  readonly statePath?: string;
  readonly vars?: Readonly<Record<string, string>>;
  /** Static files cost a Worker in front of every request: without them `ASSETS` is not bound. */
  readonly withPages?: boolean;
  /** Gets each line that the Worker logs; absent: printed. */
  readonly onLog?: (message: string) => void;
}

export interface WorkerProcess {
  readonly url: string;
  readonly miniflare: Miniflare;
  /** Ends workerd with SIGKILL; resolves once Miniflare has started it again on the same port and state. */
  crash(): Promise<void>;
  dispose(): Promise<void>;
}

/** Throws when the bundle or workerd does not start; the port must be free (`isPortFree`). */
export async function startWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  // Miniflare 5 cannot convert module rules; the script is one bundled module.
  const { modulesRules: _rules, ...withPages } = readWorkerOptions(options.config).workerOptions;
  const { assets: _assets, ...withoutPages } = withPages;
  const { script } = await bundle(options.config, options.main);
  const { onLog } = options;
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      ...(options.statePath === undefined ? {} : { resourcePersistencePath: options.statePath }),
      ...(onLog === undefined ? {} : { handleStructuredLogs: ({ message }) => onLog(message) }),
      workers: [
        {
          ...(options.withPages ? withPages : withoutPages),
          name: options.name,
          modules: true,
          scriptPath: script,
          modulesRoot: dirname(script),
          bindings: { ...readVars(options.config), ...options.vars },
          unsafeDirectSockets: [{ host: "127.0.0.1", port: options.port }],
        },
      ],
    }),
  );
  await miniflare.ready;
  return {
    url: `http://127.0.0.1:${options.port}`,
    miniflare,
    crash: () => crash(options.port),
    dispose: () => miniflare.dispose(),
  };
}

/** The `[vars]` of a wrangler.toml: texts only, as all settings of ours are. */
export function readVars(config: string): Record<string, string> {
  const { bindings } = readWorkerOptions(config).workerOptions;
  return Object.fromEntries(
    Object.entries(bindings ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** A port of the loopback address that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  return await listenOnce(0);
}

export async function isPortFree(port: number): Promise<boolean> {
  return await listenOnce(port).then(
    () => true,
    () => false,
  );
}

async function listenOnce(port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}

async function crash(port: number): Promise<void> {
  const killed = pidListeningOn(port);
  if (killed === null) throw new Error(`nothing listens on ${port}`);
  process.kill(killed, "SIGKILL");
  for (let waited = 0; waited < 30_000; waited += 50) {
    await sleep(50);
    const now = pidListeningOn(port);
    if (now !== null && now !== killed && (await accepts(port))) return;
  }
  throw new Error(`workerd did not come back on ${port}`);
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Reads Linux's own tables, so that no tool has to be there. */
function pidListeningOn(port: number): number | null {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const inode = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find((columns) => columns[1]?.endsWith(local) && columns[3] === "0A")?.[9];
  if (inode === undefined) return null;
  const pid = readdirSync("/proc").find((name) => /^\d+$/.test(name) && hasOpen(name, `socket:[${inode}]`));
  return pid === undefined ? null : Number(pid);
}

/** A process may end, or be another user's, while its files are read: then it is not ours. */
function hasOpen(pid: string, link: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === link);
  } catch {
    return false;
  }
}
