import { MedRoundsError } from "#contracts";
import { declaredEncoding } from "../formats/decode-pieces.ts";
import { pageDocument } from "../formats/html.ts";
import { type PageContent, unreadable } from "./request-page.ts";

/** What a page says: its main text without what is hidden, and what it tells of itself. */
export type ReadPage = { title: string; text: string; site?: string; published?: string; licence?: string };

/** Throws `web-page-unreadable` for text in no known or in another encoding, and for a page that nests too deep or holds no text. */
export async function readPage({ type, charset, content, url }: PageContent): Promise<ReadPage> {
  const text = decode(content, charset ?? (type === "text/plain" ? "utf-8" : declaredEncoding(content)));
  if (type === "text/plain") return { title: "", text };
  const { readHtmlPage } = await import("../formats/html-page.ts");
  try {
    const page = readHtmlPage(text);
    const { title, text: body, licence, metadata } = pageDocument(url.href, page);
    const { site, published } = metadata;
    return {
      title,
      text: body,
      ...(typeof site === "string" ? { site } : {}),
      ...(typeof published === "string" ? { published } : {}),
      ...(licence ? { licence } : {}),
    };
  } catch (error) {
    if (MedRoundsError.is(error)) throw unreadable(error.message);
    throw error;
  }
}

function decode(content: Uint8Array, encoding: string): string {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    if (!text.includes("\0")) return text;
  } catch {
    // Reported below.
  }
  throw unreadable("The page is not text in the encoding that it declares.");
}
