// The command line on a real terminal.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { confirm, isCancel, progress } from "@clack/prompts";
import { Ended } from "./ask.ts";
import { runCommand } from "./program.ts";
import type { Terminal } from "./terminal.ts";

const stopped = new AbortController();
process.on("SIGINT", () => {
  stopped.abort();
  process.exit(130);
});
// A reader such as `head` that has had enough is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

async function askPerson(question: string): Promise<boolean> {
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}

function createProgress(): (done: number | null, text: string) => void {
  let bar: ReturnType<typeof progress> | null = null;
  let shown = 0;
  return (done, text) => {
    if (bar === null && done === 1) return;
    if (bar === null) {
      bar = progress({ max: 100, output: process.stderr });
      bar.start(text);
    }
    const percent = done === null ? shown : Math.floor(done * 100);
    bar.advance(percent - shown, text);
    shown = percent;
    if (done === 1) bar.stop(text);
  };
}

const isWatched = process.stderr.isTTY;
const terminal: Terminal = {
  env: process.env,
  fetch,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  confirm: process.stdin.isTTY && isWatched ? askPerson : null,
  progress: isWatched ? createProgress() : null,
  readFile: (path) => {
    try {
      return readFileSync(path === "-" ? 0 : path, "utf8");
    } catch (cause) {
      throw new Ended("usage", `${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}).`);
    }
  },
  now: () => Date.now(),
  sleep: (ms) => pause(ms),
  stopped: stopped.signal,
};

process.exitCode = await runCommand(process.argv.slice(2), terminal);
