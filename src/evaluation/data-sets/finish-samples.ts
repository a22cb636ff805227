import { MedRoundsError, questionLimit } from "#contracts";
import { mapConcurrently } from "#platform";
import type { Gold, RefusedSample, Sample, SampleImage } from "../samples/sample.ts";
import { sampleId } from "../samples/sample-id.ts";
import type { CollectedDraft } from "./collect-drafts.ts";
import type { Draft, DraftImage } from "./data-set-format.ts";
import { invalidSample } from "./fields.ts";
import type { ImageRequest } from "./images/image-files.ts";
import { choice, labelOptions } from "./options.ts";

/** The rows that a query gives on the database of the set. */
export type RunQuery = (
  query: string,
  signal?: AbortSignal,
) => Promise<readonly (readonly (string | number | null)[])[]>;

export type Finishing = {
  findImage(request: ImageRequest): Promise<SampleImage>;
  /** All classes that the rows of a set name, by the set; not only those of the rows that are taken. */
  classes: ReadonlyMap<string, readonly string[]>;
  runQuery?: RunQuery | undefined;
  /** Is given each sample once it and all before it are finished, of so many at the most; is waited for before more are read. */
  onSample?: ((sample: Sample, of: number) => Promise<void> | void) | undefined;
  signal?: AbortSignal | undefined;
};

type Unnumbered = Omit<Sample, "id" | "group"> & { group: string | undefined };

const atOnce = 8;

/** Drafts as samples: their images found and hashed, their gold answers complete. What can't be a sample is refused alone. */
export async function finishSamples(
  drafts: readonly CollectedDraft[],
  finishing: Finishing,
): Promise<{ samples: Sample[]; refused: RefusedSample[] }> {
  const refused: RefusedSample[] = [];
  const samples: Sample[] = [];
  const occurrences = new Map<string, number>();
  const waiting = new Map<number, Unnumbered | RefusedSample>();
  let next = 0;
  const take = async (place: number, sample: Unnumbered | RefusedSample) => {
    waiting.set(place, sample);
    let taken: unknown;
    for (let first = waiting.get(next); first; first = waiting.get(next)) {
      waiting.delete(next++);
      if ("code" in first) refused.push(first);
      else {
        const numbered = withId(first, occurrences);
        samples.push(numbered);
        taken = finishing.onSample?.(numbered, drafts.length);
      }
    }
    await taken;
  };
  await mapConcurrently([...drafts.keys()], atOnce, async (place) => {
    finishing.signal?.throwIfAborted();
    const collected = drafts[place]!;
    const finished = await finish(collected, finishing).catch((error: unknown) => {
      finishing.signal?.throwIfAborted();
      if (!MedRoundsError.is(error)) throw error;
      return { sourceId: collected.draft.sourceId, code: error.code, message: error.message };
    });
    await take(place, finished);
  });
  return { samples, refused };
}

function withId({ group, ...sample }: Unnumbered, occurrences: Map<string, number>): Sample {
  const content = sampleId(sample);
  const occurrence = occurrences.get(content) ?? 0;
  occurrences.set(content, occurrence + 1);
  return { id: sampleId(sample, occurrence), ...sample, group: group ?? `question ${content}` };
}

async function finish({ draft, folder, tags }: CollectedDraft, finishing: Finishing): Promise<Unnumbered> {
  const { sourceId, question, patient = "", slide = "", sources = [] } = draft;
  if (question.length > questionLimit)
    throw invalidSample(`The question is longer than ${questionLimit} characters.`);
  const { gold, options } = await complete(draft, finishing);
  if (gold.type === "option" && !options.some(({ label }) => label === gold.label))
    throw invalidSample(`The answer ${gold.label.slice(0, 60)} is none of the options.`);
  const images = [];
  for (const image of draft.images ?? []) images.push(await findImage({ image, folder, finishing }));
  return {
    ...{ sourceId, question, options, images, gold, patient, slide, tags },
    group: groupOf(draft, images[0]),
    ...(sources.length > 0 ? { sources } : {}),
  };
}

async function findImage(request: {
  image: DraftImage;
  folder: string;
  finishing: Finishing;
}): Promise<SampleImage> {
  const { image, folder, finishing } = request;
  if (image.type === "embedded") return { name: image.name, sha256: image.sha256, read: image.read };
  const below = image.folders ?? [""];
  const folders = [
    ...new Set([...below.map((name) => (folder && name ? `${folder}/${name}` : folder || name)), ...below]),
  ];
  return finishing.findImage({ path: image.path, folders });
}

function groupOf({ patient, slide, group }: Draft, image: SampleImage | undefined): string | undefined {
  if (patient) return `patient ${patient}`;
  if (slide) return `slide ${slide}`;
  return group ?? (image && `image ${image.sha256}`);
}

async function complete(
  { gold, options = [] }: Draft,
  { classes, runQuery, signal }: Finishing,
): Promise<{ gold: Gold; options: Sample["options"] }> {
  if (gold.type === "class") {
    const names = classes.get(gold.of) ?? [];
    if (names.length < 2) throw invalidSample(`All rows are of one class, ${gold.name.slice(0, 60)}.`);
    return choice(labelOptions(names), gold.name);
  }
  if (gold.type !== "query") return { gold, options };
  if (!runQuery)
    throw invalidSample("The row holds a query instead of its answer, and no database is named.");
  return { gold: { type: "rows", rows: await runQuery(gold.query, signal) }, options };
}
