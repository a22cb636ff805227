import { Worker } from "node:worker_threads";
import { MedRoundsError } from "#contracts";
import { checkExpansion } from "./pdf-expansion.ts";
import { type PdfMessage, type PdfTask, pdfWorkerFile } from "./pdf-worker.ts";

/** The title that a PDF gives itself (empty where it has none), and the text of each page. */
export type PdfContent = { title: string; pages: string[] };

const pageLimit = 20_000;
/** Characters of all pages. */
const textLimit = 64 * 1024 * 1024;
/** Longest time for one page. */
const pageMilliseconds = 60_000;

/**
 * The text layer of a PDF, read in a thread of its own, so that a hostile one can't end or hold up this one. Throws `file-encrypted`
 * where it needs a password, `file-too-large` beyond 20,000 pages or 64 million characters, `file-expands-too-far` as `checkExpansion`
 * does, `file-damaged` for anything else that keeps it from being read, also a page that takes over a minute.
 */
export async function readPdfContent(bytes: Uint8Array): Promise<PdfContent> {
  checkExpansion(bytes);
  const task: PdfTask = { medroundsPdf: bytes, pageLimit };
  const worker = new Worker(pdfWorkerFile, {
    workerData: task,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 2_048 },
  });
  try {
    return await collect(worker);
  } finally {
    await worker.terminate();
  }
}

function collect(worker: Worker): Promise<PdfContent> {
  const pages: string[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const refuse = (reason: Extract<PdfMessage, { type: "refused" }>["reason"] | "text") =>
      reject(refusals[reason]());
    const watch = setTimeout(() => refuse("damaged"), pageMilliseconds);
    worker.on("error", () => refuse("damaged"));
    worker.on("exit", () => {
      clearTimeout(watch);
      refuse("damaged");
    });
    worker.on("message", (message: PdfMessage) => {
      watch.refresh();
      if (message.type === "end") resolve({ title: message.title, pages });
      else if (message.type === "refused") refuse(message.reason);
      else {
        pages.push(message.text);
        length += message.text.length;
        if (length > textLimit) refuse("text");
      }
    });
  });
}

const refusals = {
  password: () => new MedRoundsError("file-encrypted", "The PDF can't be read without its password."),
  pages: () => new MedRoundsError("file-too-large", `The PDF has more than ${pageLimit} pages.`),
  text: () => new MedRoundsError("file-too-large", "The PDF has more than 64 million characters."),
  damaged: () => new MedRoundsError("file-damaged", "The PDF can't be read."),
};
