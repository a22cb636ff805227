import { parentPort, workerData } from "node:worker_threads";
import { MedRoundsError } from "#contracts";
import { bestExcerpt } from "./best-excerpt.ts";
import { type PageContent, type ReadPage, readPage } from "./read-page.ts";

/** A page whose excerpt for a query is wanted. */
export type PageTask = { page: PageContent; query: string };

/** What the page says of itself, with the excerpt as its text, which is undefined where nothing fits; or why it cannot be read. */
export type PageReply =
  | { type: "read"; page: Omit<ReadPage, "text"> & { text: string | undefined } }
  | { type: "refused"; message: string };

/** What a thread is started with. */
export const pageThread = { medroundsPages: true };

/** The file that a thread is started from. */
export const pageWorkerFile = new URL(import.meta.url);

// Where this file is started as a thread it serves pages, one after another; where it is imported it does nothing.
if (parentPort && (workerData as Partial<typeof pageThread> | null)?.medroundsPages) {
  const port = parentPort;
  port.on("message", async (task: PageTask) => port.postMessage(await answer(task)));
}

async function answer({ page, query }: PageTask): Promise<PageReply> {
  try {
    const read = await readPage(page);
    return { type: "read", page: { ...read, text: bestExcerpt(read.text, query) } };
  } catch (error) {
    return {
      type: "refused",
      message: MedRoundsError.is(error) ? error.message : "The page could not be read.",
    };
  }
}
