import { readFile } from "node:fs/promises";

/**
 * This process as a text that a file can hold: its id and, where the system tells (Linux), when it started. An id alone comes
 * again: after a restart, and in containers at once.
 */
export async function ownProcessMark(): Promise<string> {
  const process_ = await inspectProcess(process.pid);
  return JSON.stringify({ id: process.pid, ...(process_ ? { started: process_.started } : {}) });
}

/** Whether the process that wrote a mark still runs. A process that has ended and was not yet reaped does not. */
export async function isRunningProcess(mark: string): Promise<boolean> {
  const { id, started } = parseMark(mark);
  if (id === undefined || !isKnown(id)) return false;
  const found = await inspectProcess(id);
  if (!found) return true;
  return !found.ended && (started === undefined || started === found.started);
}

function parseMark(mark: string): { id?: number; started?: string } {
  try {
    const { id, started } = JSON.parse(mark) as { id?: unknown; started?: unknown };
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id <= 0) return {};
    return typeof started === "string" ? { id, started } : { id };
  } catch {
    return {};
  }
}

function isKnown(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** State and start of a process by /proc/<id>/stat (proc(5): fields 3 and 22); undefined where the system has none. */
async function inspectProcess(id: number): Promise<{ ended: boolean; started: string } | undefined> {
  const text = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  // The second field, the command in parentheses, may hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields[0], fields[19]];
  if (!state || !started) return undefined;
  return { ended: state === "Z" || state === "X", started };
}
