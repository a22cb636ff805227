import { basename, dirname, resolve } from "node:path";
import type { Suite } from "#evaluation";

/** What rollouts are made of, and how. */
export type RolloutChoice = {
  /** The data set: file or folder, and what of it is asked. */
  data: string;
  format?: string | undefined;
  split?: string | undefined;
  images?: string | undefined;
  classField?: string | undefined;
  limit?: number | undefined;
  library: string;
  recipe?: string | undefined;
  retriever?: string | undefined;
  /** What is left out of these three is taken from the environment and the configuration file. */
  endpoint?: string | undefined;
  model?: string | undefined;
  provider?: string | undefined;
  /** 0–2. */
  temperature: number;
  /** Tries at each question. */
  attempts: number;
  seed: number;
  /** Larger images are made smaller before they are sent. */
  pixels?: number | undefined;
  /** That the model may write in a round. */
  tokens?: number | undefined;
  /** Requests at once at the endpoint, where it bears them. */
  concurrency?: number | undefined;
};

/** As many seconds a round may take before its answer is demanded. */
const roundSeconds = 300;

/** The suite of one arm that rollouts are run as, so that lanes, log and resumption are those of an evaluation. */
export function rolloutSuite(choice: RolloutChoice): Suite {
  const { data, format, split, images, classField, limit, recipe, retriever, endpoint, model } = choice;
  const { provider, temperature, attempts, seed, pixels, tokens, concurrency = 64 } = choice;
  const isFolder = (name: string | undefined) => name !== undefined && /[\\/.]/.test(name);
  return {
    name: "rollouts",
    dataSets: [
      {
        ...{ name: nameOf(data), path: resolve(data), format, split, classField, limit },
        images: images === undefined ? undefined : resolve(images),
      },
    ],
    models: [{ name: "model", policy: "tags", endpoint, model, provider, temperature, logprobs: true }],
    conditions: [
      {
        ...{ type: "round", name: "round", library: resolve(choice.library), retriever },
        recipe: recipe !== undefined && isFolder(recipe) ? resolve(recipe) : recipe,
        reconsideration: "off",
      },
    ],
    seeds: [seed],
    repeats: attempts,
    images: { pixels },
    limits: { tokens, seconds: roundSeconds, concurrency, retries: 1 },
    ...{ profile: "medrounds", keep: "answers", leaks: false },
  };
}

/** The last part of a path that says something. */
function nameOf(path: string): string {
  const whole = resolve(path);
  const own = basename(whole).replace(/\.[a-z\d]{2,8}$/i, "");
  const name = own === "manifest" ? basename(dirname(whole)) : own;
  const plain = name.toLowerCase().replace(/[^a-z\d]+/g, "-");
  return plain.replace(/^-+/, "").slice(0, 40).replace(/-+$/, "") || "data";
}
