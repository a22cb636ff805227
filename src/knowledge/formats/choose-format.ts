import { extname } from "node:path";
import { MedRoundsError } from "#contracts";
import { uncompressedName } from "#platform";
import type { DocumentFormat } from "./format.ts";
import { documentFormats } from "./list.ts";

/**
 * The format of a file. An extension that one format has decides. Where several share it, the first that recognizes the content, else the
 * last; where none has it, the first that recognizes the content, else none (undefined). `head` gives the content's first
 * bytes, and is called only where they are needed; what it throws is thrown.
 */
export async function chooseFormat(request: {
  name: string;
  head: () => Promise<Uint8Array>;
  formats?: readonly DocumentFormat[];
}): Promise<DocumentFormat | undefined> {
  const { name, head, formats = documentFormats } = request;
  const extension = extname(uncompressedName(name)).toLowerCase();
  const sharing = formats.filter(({ extensions }) => extensions.includes(extension));
  if (sharing.length === 1) return sharing[0];
  const text = new TextDecoder().decode(await head());
  const candidates = sharing.length > 0 ? sharing : formats;
  return candidates.find((format) => format.recognizes(text)) ?? sharing.at(-1);
}

/** The format of a name. Throws `usage-invalid`, which lists the names, where there is none. */
export function formatNamed(
  name: string,
  formats: readonly DocumentFormat[] = documentFormats,
): DocumentFormat {
  const found = formats.find((format) => format.name === name);
  if (found) return found;
  const names = formats.map((format) => format.name).join(", ");
  throw new MedRoundsError("usage-invalid", `There is no format of that name; there are: ${names}.`);
}
