import { randomBytes } from "node:crypto";
import { toFailure } from "#contracts";
import {
  builtInDescriptor,
  type CaseEntry,
  caseToEntry,
  type DecodedImage,
  type DicomFacts,
  decodeImage,
  fingerprintOf,
  identifyDicom,
  isDicom,
  type Raster,
} from "#imaging";
import { fileError, mapConcurrently } from "#platform";
import { median, quantile } from "#statistics";
import { patientIdsOf } from "../patient-ids.ts";
import type { ManifestCase, RefusedCase } from "./read-manifest.ts";

/** A case with what its image gave; `patientIds` are all ids that its patient may have in a library. */
export type DescribedCase = ManifestCase & { entry: CaseEntry; patientIds: readonly string[] };

/** Gives the vectors of the image encoders, in their order. */
export type EmbedImage = (raster: Raster, signal?: AbortSignal) => Promise<CaseEntry["encoded"]>;

type Work = {
  cases: readonly ManifestCase[];
  embed: EmbedImage;
  /** Of a library's ids, where there is one. */
  key?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
};

const imagesAtOnce = 2;
const imagesTimed = 32;

/** Reads and describes every image once. A bad one is refused alone. Throws what `embed` does, and the signal's reason. */
export async function describeCases(
  work: Work,
): Promise<{ described: DescribedCase[]; refused: RefusedCase[] }> {
  const { embed, signal, onProgress } = work;
  // Ids of DICOM files are hashed with some key, so that none is kept as it is.
  const key = work.key ?? randomBytes(32);
  const refused: RefusedCase[] = [];
  let done = 0;
  const found = await mapConcurrently(work.cases, imagesAtOnce, async (given) => {
    signal?.throwIfAborted();
    const read = await readCase(given, { key, signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      const { id, line, row } = given;
      refused.push({ line, id, ...toFailure(fileError(error, row.file)) });
    });
    onProgress?.(++done);
    return read ? [describe(read, await embed(read.image.raster, signal))] : [];
  });
  return { described: found.flat(), refused };
}

type ReadCase = ManifestCase & {
  image: DecodedImage;
  facts: DicomFacts | undefined;
  patientIds: readonly string[];
};

async function readCase(
  given: ManifestCase,
  { key, signal }: { key: Uint8Array; signal?: AbortSignal | undefined },
): Promise<ReadCase> {
  const { row } = given;
  const options = { name: row.file, ...(signal ? { signal } : {}) };
  const bytes = await given.read(signal);
  // Each reading takes its bytes along.
  const facts = isDicom(bytes) ? await identifyDicom(new Uint8Array(bytes), { ...options, key }) : undefined;
  return {
    ...given,
    image: await decodeImage(bytes, options),
    facts,
    patientIds: patientIdsOf({ patientId: row.patientId, ownPatients: [facts?.patientId], key }),
  };
}

/** As the case of a library that has it. */
function describe({ image, facts, ...read }: ReadCase, encoded: CaseEntry["encoded"]): DescribedCase {
  const { id, row } = read;
  const { width, height, pixelHash, raster } = image;
  const found = {
    ...row,
    id,
    corpus: "",
    image: row.file,
    width,
    height,
    notes: [],
    patientId: row.patientId ?? facts?.patientId ?? "",
    metadata: { ...facts?.metadata, ...row.metadata },
  };
  const vector = Float32Array.of(...builtInDescriptor.embed(image), ...fingerprintOf(raster));
  return { ...read, entry: caseToEntry({ case: found, pixelHash, vector, encoded }) };
}

/** Milliseconds that reading and describing an image takes, of some spread over all, one after the other with nothing beside. */
export async function timeDescribing(
  cases: readonly ManifestCase[],
  { embed, signal }: Pick<Work, "embed" | "signal">,
): Promise<{ median: number; p95: number }> {
  const step = Math.max(1, Math.floor(cases.length / imagesTimed));
  const key = randomBytes(32);
  const times: number[] = [];
  for (const given of cases.filter((_, index) => index % step === 0).slice(0, imagesTimed)) {
    signal?.throwIfAborted();
    const began = performance.now();
    const read = await readCase(given, { key, signal });
    describe(read, await embed(read.image.raster, signal));
    times.push(performance.now() - began);
  }
  return { median: median(times), p95: quantile(times, 0.95) };
}
