// A Mandat of one's own: started on a free port with an empty data directory, filled, and stopped without a trace.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A first start creates the cluster, migrates and imports: seconds, but a busy machine deserves patience. */
const START_SECONDS = 90;
const STOP_SECONDS = 20;
const INVITATION = /^\s+(http:\S+\/invitation\S+)$/m;
const LISTENING = /^listening on (http:\/\/127\.0\.0\.1:\d+)\s*$/m;

/** The caller's settings and database are not the test's: only what finds programs and temporary files passes. */
function environment() {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "PG_BIN"];
  return Object.fromEntries(kept.filter((name) => name in process.env).map((name) => [name, process.env[name]]));
}

/** Resolves with the exit code, whether the process has ended already or not. */
async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? child.signalCode;
}

/** Waits for `promise`, at most `seconds`; `undefined` when the time is up. */
async function within(seconds, promise) {
  let timer;
  const alarm = new Promise((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  try {
    return await Promise.race([promise, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts `mandat serve` and waits for its listening line.
 *
 * @param {string} binary path of the program
 * @returns {Promise<{origin: string, importContent: (folder: string) => Promise<void>, invitation: () => Promise<string>, stop: () => Promise<void>}>}
 */
export async function startServer(binary) {
  const home = await mkdtemp(join(tmpdir(), "mandat-browser-"));
  // Started by root, PostgreSQL runs as another user, who must be able to walk through this folder.
  await chmod(home, 0o755);
  const data = join(home, "data");
  const options = { cwd: home, env: environment(), stdio: ["ignore", "pipe", "pipe"] };
  const child = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--data", data], options);
  let output = "";
  let log = "";
  child.stderr.on("data", (chunk) => (log = (log + chunk).slice(-8000)));
  const ready = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => reject(new Error("the server ended before it listened")));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const line = LISTENING.exec(output);
      if (line) resolve(line[1]);
    });
  });

  async function stop() {
    child.kill("SIGTERM");
    const code = child.pid === undefined ? 0 : await within(STOP_SECONDS, ended(child));
    if (code === undefined) child.kill("SIGKILL");
    await rm(home, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server did not stop cleanly (${code ?? "still running"})\n${log}`);
  }

  async function importContent(folder) {
    const job = spawn(binary, ["import", folder, "--data", data], options);
    let said = "";
    job.stdout.on("data", (chunk) => (said += chunk));
    job.stderr.on("data", (chunk) => (said += chunk));
    const code = await ended(job);
    if (code !== 0) throw new Error(`import of ${folder} ended with ${code}\n${said}`);
  }

  /** The one-time link by which the first account is opened, which comes after the listening line. */
  async function invitation() {
    for (let tenth = 0; tenth < START_SECONDS * 10; tenth += 1) {
      const line = INVITATION.exec(output);
      if (line) return line[1];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("no link for the first account");
  }

  try {
    const origin = await within(START_SECONDS, ready);
    if (!origin) throw new Error(`no listening line after ${START_SECONDS} s`);
    return { origin, importContent, invitation, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw new Error(`${error.message}\n${log}`);
  }
}
