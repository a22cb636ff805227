import { canonicalJson, productVersion, sha256 } from "#platform";
import type { Suite, SuiteCondition, SuiteDataSet, SuiteModel } from "./suite-schema.ts";

/** One way of answering one data set's samples: what figures are told of. */
export type Arm = {
  /** Readable, fit for addresses and file names: the names of its parts and the first 8 digits of its hash. */
  id: string;
  /** SHA-256 of all that an answer depends on beside the sample and the repeat. */
  hash: string;
  dataSet: string;
  model: string;
  condition: string;
  seed: number;
};

/** The parts that an arm is of, as the suite has them. */
export type ArmParts = { dataSet: SuiteDataSet; model: SuiteModel; condition: SuiteCondition; seed: number };

/** A combination that is not asked, and why. */
export type LeftOutArm = { dataSet: string; model: string; condition: string; reason: string };

/**
 * Every data set × model × condition × seed of a suite that can be asked. `fingerprint` says what stands behind the names and paths of an arm, as
 * the contents of prompts, a recipe, a library or what examples are taken from: equal arms have equal answers to expect, whatever file
 * they are named in. Keys, prices and limits of time and load do not count, nor which samples are asked.
 */
export function expandSuite(
  suite: Suite,
  fingerprint: (parts: ArmParts) => unknown,
): { arms: Arm[]; leftOut: LeftOutArm[] } {
  const arms: Arm[] = [];
  const leftOut: LeftOutArm[] = [];
  for (const dataSet of suite.dataSets)
    for (const model of suite.models)
      for (const condition of suite.conditions) {
        const names = { dataSet: nameOf(dataSet), model: nameOf(model), condition: nameOf(condition) };
        const reason = impossible(model, condition);
        if (reason !== undefined) leftOut.push({ ...names, reason });
        else
          for (const seed of suite.seeds) {
            const parts = { dataSet, model, condition, seed };
            const hash = hashOf(suite, { parts, fingerprint });
            arms.push({ id: idOf({ ...names, seed, hash }), hash, ...names, seed });
          }
      }
  return { arms, leftOut };
}

function impossible(model: SuiteModel, condition: SuiteCondition): string | undefined {
  if (model.policy !== "reader" || condition.type === "round") return undefined;
  return "the built-in reader takes no prompt; it answers in conditions of type round";
}

function hashOf(
  suite: Suite,
  { parts, fingerprint }: { parts: ArmParts; fingerprint: (parts: ArmParts) => unknown },
): string {
  const { dataSet, model, condition, seed } = parts;
  const { format, split, classField } = dataSet;
  const { policy, endpoint, model: modelName, provider, temperature, logprobs } = model;
  const { name: _name, ...asked } = condition;
  return sha256(
    canonicalJson({
      dataSet: { name: dataSet.name, format, split, classField },
      model: { policy, endpoint, model: modelName, provider, temperature, logprobs },
      condition: {
        ...asked,
        library: undefined,
        recipe: undefined,
        records: undefined,
        prompt: undefined,
        pool: undefined,
        barred: undefined,
      },
      behind: fingerprint(parts),
      seed,
      images: suite.images,
      tokens: suite.limits.tokens,
      version: productVersion(),
    }),
  );
}

function idOf({ dataSet, model, condition, seed, hash }: Omit<Arm, "id">): string {
  return `${dataSet}.${model}.${condition}.${seed}-${hash.slice(0, 8)}`;
}

function nameOf({ name }: { name?: string | undefined }): string {
  return name ?? "";
}
