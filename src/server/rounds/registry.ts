import { access, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PreparedRound } from "#assembly";
import { MedRoundsError } from "#contracts";
import { reportDefect } from "#platform";
import type { ByteBudget, Reservation } from "../byte-budget.ts";
import { createGate } from "../gate.ts";
import type { ServerLimits } from "../limits.ts";
import { type Growth, type Journal, openJournal } from "./journal.ts";
import { endJournal, markRunning, recoverRounds, unmarkRunning } from "./recovery.ts";
import { derivedImageFile, type Identity, journalFile, writeRoundFolder } from "./round-folder.ts";

/** A round in its folder. `growth` is there while this server runs it. */
export type StoredRound = { id: string; folder: string; growth: Growth | undefined };

export type RoundRegistry = {
  /**
   * Begins the round that `prepare` makes, or lets it wait for its turn; resolves when readers can find it. Throws
   * `server-busy` and `server-closing`, both before `prepare` is called.
   */
  begin(prepare: () => Promise<{ round: PreparedRound; identity: Identity }>): Promise<StoredRound>;
  /** Throws `round-missing`. */
  find(id: string): Promise<StoredRound>;
  /** Stops the work of a round; one that has ended stays as it is. Throws `round-missing`. */
  cancel(id: string): Promise<void>;
  count(): { running: number; waiting: number };
  /** Takes no more rounds, gives those there are `milliseconds` to end, and cancels the rest. */
  close(milliseconds: number): Promise<{ finished: string[]; cancelled: string[] }>;
};

/** Most that the working copy of an image takes: 512 × 512 pixels in color. */
const decodedBytes = 512 * 512 * 3;

type LiveRound = {
  round: PreparedRound;
  stored: StoredRound & { growth: Growth };
  journal: Journal;
  memory: Reservation;
  controller: AbortController;
  ended: Promise<void>;
};

/** Runs rounds, a few at once and each to its end whoever reads it, and finds them again in `folder`. */
export async function openRoundRegistry(request: {
  folder: string;
  limits: ServerLimits;
  budget: ByteBudget;
}): Promise<RoundRegistry> {
  const { folder: roundsFolder, limits, budget } = request;
  await recoverRounds(roundsFolder);
  const live = new Map<string, LiveRound>();
  const gate = createGate(limits.runningRounds);
  const opening = new Set<Promise<LiveRound>>();
  let preparing = 0;
  let closing = false;

  const checkOpen = () => {
    if (closing) throw new MedRoundsError("server-closing", "The server is about to stop.");
  };

  const open = async (round: PreparedRound, identity: Identity): Promise<LiveRound> => {
    const { id, images } = round;
    const folder = join(roundsFolder, id);
    const memory = budget.reserve(images.reduce((sum, { bytes }) => sum + bytes.length + decodedBytes, 0));
    try {
      await markRunning(roundsFolder, id);
      await writeRoundFolder({ folder, images, identity });
      const journal = await openJournal(journalFile(folder));
      const stored = { id, folder, growth: journal.growth };
      const controller = new AbortController();
      const started: LiveRound = { round, stored, journal, memory, controller, ended: Promise.resolve() };
      live.set(id, started);
      started.ended = run(started);
      return started;
    } catch (error) {
      memory[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
      await unmarkRunning(roundsFolder, id);
      throw error;
    }
  };

  const run = async ({ round, stored, journal, memory, controller: { signal } }: LiveRound) => {
    try {
      // A round that is cancelled while it waits runs too: its events then say so.
      using _turn = await gate.enter(signal).catch(() => undefined);
      const keepImage = ({ bytes }: { bytes: Uint8Array }, number: number) =>
        writeFile(derivedImageFile(stored.folder, number), bytes);
      for await (const event of round.run(signal, keepImage)) await journal.append(event);
    } catch (error) {
      reportDefect(error);
      await endJournal(stored.folder).catch(reportDefect);
    } finally {
      memory[Symbol.dispose]();
      live.delete(stored.id);
      await journal.end().catch(reportDefect);
      await unmarkRunning(roundsFolder, stored.id).catch(reportDefect);
    }
  };

  const find = async (id: string): Promise<StoredRound> => {
    const running = live.get(id);
    if (running) return running.stored;
    const folder = join(roundsFolder, id);
    if (isRoundId(id) && (await exists(journalFile(folder)))) return { id, folder, growth: undefined };
    throw new MedRoundsError("round-missing", "There is no such round.");
  };

  return {
    find,
    async begin(prepare) {
      checkOpen();
      if (preparing + live.size >= limits.runningRounds + limits.waitingRounds) {
        throw new MedRoundsError("server-busy", "As many rounds are waiting as this server takes.");
      }
      preparing++;
      try {
        const { round, identity } = await prepare();
        checkOpen();
        const opened = open(round, identity);
        opening.add(opened);
        const started = await opened.finally(() => opening.delete(opened));
        return started.stored;
      } finally {
        preparing--;
      }
    },
    async cancel(id) {
      const reason = new MedRoundsError("interrupted", "The round was stopped.");
      const { id: found } = await find(id);
      live.get(found)?.controller.abort(reason);
    },
    count() {
      const running = Math.min(gate.inside, live.size);
      return { running, waiting: live.size - running };
    },
    async close(milliseconds) {
      closing = true;
      await Promise.allSettled(opening);
      const all = [...live.values()];
      const deadline = new AbortController();
      const ended = Promise.all(all.map((round) => round.ended)).finally(() => deadline.abort());
      await pause(milliseconds, undefined, { signal: deadline.signal }).catch(() => undefined);
      const left = all.filter(({ stored }) => live.has(stored.id));
      const reason = new MedRoundsError("interrupted", "The server was stopped.");
      for (const { controller } of left) controller.abort(reason);
      await ended;
      const cancelled = left.map(({ stored }) => stored.id);
      const finished = all.map(({ stored }) => stored.id).filter((id) => !cancelled.includes(id));
      return { finished, cancelled };
    },
  };
}

function isRoundId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
