import { MedRoundsError } from "#contracts";
import { hostOf, sendGet } from "./download-request.ts";
import { defaultPatience, type Patience, withPatience } from "./download-retry.ts";

const sizeLimit = 64 * 1024 * 1024;

/**
 * A JSON document of at most 64 MB, with the headers that came with it. Throws `download-missing`, `download-refused`,
 * `download-unreachable`, `download-broken` where it is no JSON, and the signal's reason.
 */
export async function downloadJson(request: {
  url: string;
  patience?: Patience;
  signal?: AbortSignal;
}): Promise<{ value: unknown; headers: Headers }> {
  const { url, patience = defaultPatience, signal } = request;
  const given = { patience, ...(signal ? { signal } : {}) };
  return withPatience({
    ...given,
    work: async () => {
      const { headers, body } = await sendGet({ url, accept: [200], ...given });
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      for await (const piece of body) {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > sizeLimit) throw broken(url);
      }
      return { value: parse(Buffer.concat(pieces).toString("utf8"), url), headers };
    },
  });
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(url);
  }
}

function broken(url: string): MedRoundsError {
  return new MedRoundsError("download-broken", `${hostOf(url)} did not answer with JSON.`, { address: url });
}
