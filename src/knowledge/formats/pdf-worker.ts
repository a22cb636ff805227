import { parentPort, workerData } from "node:worker_threads";
import { collapse } from "./markup.ts";
import { pageText } from "./pdf-page-text.ts";

// This file is a thread of its own: it may not import by #room, whose resolution depends on how the process was started.

/** What the thread tells, page by page in order; the last message is `end` or `refused`. */
export type PdfMessage =
  | { type: "page"; text: string }
  | { type: "end"; title: string }
  | { type: "refused"; reason: "password" | "pages" | "damaged" };

/** What the thread is started with. */
export type PdfTask = { medroundsPdf: Uint8Array; pageLimit: number };

/** The file that a thread is started from. */
export const pdfWorkerFile = new URL(import.meta.url);

/** What this file does where it is started as a thread; where it is imported, nothing. */
const task = workerData as PdfTask | null;
if (parentPort && task?.medroundsPdf) {
  // PDF.js leaves promises that nobody waits for; what matters is told by those that are.
  process.on("unhandledRejection", () => undefined);
  const port = parentPort;
  await readPages(task, (message) => port.postMessage(message));
}

async function readPages(task: PdfTask, tell: (message: PdfMessage) => void): Promise<void> {
  try {
    const { getDocumentProxy } = await import("unpdf");
    // Fonts are not needed for their text, and no code of the file may run.
    const safely = { verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false };
    const document = await getDocumentProxy(task.medroundsPdf, safely);
    if (document.numPages > task.pageLimit) return tell({ type: "refused", reason: "pages" });
    const { info } = await document.getMetadata();
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      page.cleanup();
      tell({ type: "page", text: pageText(items.filter((item) => "str" in item)) });
    }
    const { Title: title } = info as { Title?: unknown };
    tell({ type: "end", title: typeof title === "string" ? collapse(title) : "" });
  } catch (error) {
    const reason = error instanceof Error && error.name === "PasswordException" ? "password" : "damaged";
    tell({ type: "refused", reason });
  }
}
