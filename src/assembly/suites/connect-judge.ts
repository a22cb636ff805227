import { MedRoundsError } from "#contracts";
import {
  type JudgeEmbedder,
  type JudgeModel,
  type OpenJudges,
  openJudges,
  type Sample,
  type Suite,
} from "#evaluation";
import { imageForModel } from "#imaging";
import type { ChatModel } from "#models";
import { parseJson } from "#platform";
import { loadNamedEmbedder } from "../load-models.ts";
import { hostsBeyond, placeOf, serverOf } from "../server-of.ts";
import { connectSuiteModel } from "./connect-suite-model.ts";

const mostTokens = 4_096;

/** The samples whose images judges may be shown. */
type ReadSamples = () => Promise<readonly Pick<Sample, "images">[]>;

/**
 * The judges that a suite names, asked about their test cases first. `folder` is the suite's. Their notes say which other machines are sent
 * what they judge. Dispose of them to free the embedder.
 *
 * @throws MedRoundsError `judge-missing`, `judge-invalid`, `judge-uncalibrated`, `judge-unreachable`; what connecting a model and opening an embedder throw; the
 * signal's reason
 */
export async function connectJudges(
  { prompts, embedder: source, ...endpoint }: NonNullable<Suite["judge"]>,
  options: {
    seed: number;
    folder: string;
    /** Images are sent no larger; as they are where left out. */
    pixels?: number | undefined;
    /** Asked once an image is to be shown. */
    samples: ReadSamples;
    /** Stands between the judges and their model, as what keeps judgments does. */
    remember?: (model: JudgeModel) => Promise<JudgeModel>;
    signal?: AbortSignal | undefined;
  },
): Promise<OpenJudges & AsyncDisposable> {
  const { seed, folder, pixels, samples, remember = async (model) => model, signal } = options;
  await using opening = new AsyncDisposableStack();
  const chatModel = await connectSuiteModel(endpoint, { purpose: "The judge of the suite" });
  const { images, responseSchema } = await chatModel.capabilities(signal);
  const model = await remember({
    name: `${chatModel.name} at ${chatModel.endpoint}`,
    images: images?.most === 0 ? null : { pixels: pixels ?? null },
    ask: asker(chatModel, { keepsSchema: responseSchema === true, readImage: openImages(samples) }),
  });
  const embedder = source === undefined ? null : opening.use(await openEmbedder(source));
  const open = await openJudges({ model, names: prompts, embedder, seed, folder, signal });
  const hosts = hostsBeyond([chatModel.endpoint, placeOf(source ?? "")].map(serverOf));
  const sent = `Questions, answers and what else its prompts show were sent to ${hosts.join(", ")} by the judge.`;
  const opened = opening.move();
  return {
    ...open,
    notes: [...open.notes, ...(hosts.length > 0 ? [sent] : [])],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openEmbedder(source: string): Promise<JudgeEmbedder & AsyncDisposable> {
  const embedder = await loadNamedEmbedder(source);
  return {
    name: embedder.id,
    embed: (texts, signal) => embedder.embedQueries(texts, signal),
    [Symbol.asyncDispose]: () => embedder[Symbol.asyncDispose](),
  };
}

type ReadImage = (sha256: string, signal?: AbortSignal) => Promise<Uint8Array>;

/** Images by the SHA-256 of their files. Rejects with `sample-changed` where none of the samples has the image any more. */
function openImages(samples: ReadSamples): ReadImage {
  let known: Promise<ReadonlyMap<string, Sample["images"][number]>> | undefined;
  const find = async () =>
    new Map((await samples()).flatMap((sample) => sample.images.map((image) => [image.sha256, image])));
  return async (sha256, signal) => {
    known ??= find();
    const image = (await known).get(sha256);
    if (image) return image.read(signal);
    throw new MedRoundsError("sample-changed", "An image to be judged is no longer in its data set.");
  };
}

/** Asks a chat model as judges do: once, without chance, for JSON, which it is kept to where its server can. */
function asker(
  model: ChatModel,
  { keepsSchema, readImage }: { keepsSchema: boolean; readImage: ReadImage },
): JudgeModel["ask"] {
  return async ({ system, text, images = [], schema, seed, signal }) => {
    const shown = await Promise.all(
      images.map(async ({ sha256, pixels }, index) => {
        const bytes = await readImage(sha256, signal);
        const options = { name: `image-${index + 1}`, ...(pixels === null ? {} : { pixels }) };
        const sent = await imageForModel(bytes, { ...options, ...(signal ? { signal } : {}) });
        return { type: "image" as const, bytes: sent.bytes, mediaType: sent.mediaType };
      }),
    );
    let reply = "";
    for await (const delta of model.stream({
      messages: [
        { role: "system", text: system },
        { role: "user", parts: [...shown, { type: "text", text }] },
      ],
      ...{ temperature: 0, seed, maxOutputTokens: mostTokens },
      ...(keepsSchema ? { responseSchema: schema } : {}),
      ...(signal ? { signal } : {}),
    })) {
      if (delta.type === "text") reply += delta.text;
    }
    if (reply.trim() === "") throw new MedRoundsError("model-silent", "The judge's reply is empty.", {});
    return readReply(reply);
  };
}

/** The JSON object in a reply, behind a thought or in a fence; undefined where there is none. */
function readReply(reply: string): unknown {
  const said = reply.slice(reply.lastIndexOf("</think>") + 1);
  return parseJson(said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1));
}
