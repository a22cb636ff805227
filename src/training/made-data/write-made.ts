import { join } from "node:path";
import { MedRoundsError, medicalNotice } from "#contracts";
import { openLineFile, parseJson, readBoundedFile, writeFileAtomically } from "#platform";
import type { EvaluationSet } from "./evaluation-sets.ts";
import { guardEvaluationSets } from "./evaluation-sets.ts";
import type { Made, MadeRow } from "./made-row.ts";

/** What data are made of and by whom, as the manifest tells it. */
export type Making = {
  kind: "reasoning" | "questions" | "strata" | "reasoner" | "summarizer";
  /** Null without a model. */
  model: string | null;
  prompts: readonly { name: string; hash: string }[];
  seed: number | null;
  sources: readonly { name: string; sha256: string }[];
};

type Part = { file: string; lines: number; sha256: string };

/** `manifest.json` of a folder of made data: what is in it, where it comes from, and what was kept apart. */
export type MadeManifest = Making & {
  version: 1;
  notice: string;
  /** Items of the source. */
  items: number;
  rows: Part;
  /** The same rows in another form, where one was asked for. */
  table: Part | null;
  failures: Part & { reasons: Readonly<Record<string, number>> };
  leaks: Part & { sets: readonly { set: string; samples: number; rows: number }[] };
  /** Rows by license. */
  licenses: Readonly<Record<string, number>>;
  notes: readonly string[];
};

const manifestName = "manifest.json";
const manifestLimit = 4 * 1024 * 1024;

/**
 * Writes what was made into a folder: rows, failures and leaks as JSON lines, each file whole or not at all, and the manifest last. Rows that
 * hold something of an evaluation set are leaks and no rows. Throws `path-occupied` where the folder holds made data of another kind,
 * `path-unwritable`, `disk-full`, and what `made` throws.
 */
export async function writeMade(request: {
  folder: string;
  making: Making;
  made: AsyncIterable<Made>;
  evaluationSets: readonly EvaluationSet[];
  maximumOverlap?: number | undefined;
  table?: { name: string; header: string; line(row: MadeRow): string } | undefined;
  notes?: readonly string[];
}): Promise<MadeManifest> {
  const { folder, making, evaluationSets, maximumOverlap: maximum, table } = request;
  await requireKind(folder, making.kind);
  const guard = guardEvaluationSets(evaluationSets, { maximum });
  const touched = new Map(evaluationSets.map(({ name }) => [name, 0]));
  const licenses = new Map<string, number>();
  const reasons = new Map<string, number>();
  const names = { rows: `${making.kind}.jsonl`, failures: "failures.jsonl", leaks: "leaks.jsonl" };
  await using rows = await openLineFile(join(folder, names.rows));
  await using failures = await openLineFile(join(folder, names.failures));
  await using leaks = await openLineFile(join(folder, names.leaks));
  await using copy = table ? await openLineFile(join(folder, table.name)) : null;
  if (table) await copy?.write(table.header);
  let items = 0;
  for await (const one of request.made) {
    items++;
    for (const failure of one.failures) {
      count(reasons, failure.reason);
      await failures.write(JSON.stringify(failure));
    }
    for (const row of one.rows) {
      const found = guard.check(row);
      if (found.length > 0) {
        for (const set of new Set(found.map((leak) => leak.set))) count(touched, set);
        await leaks.write(JSON.stringify({ id: row.id, leaks: found }));
        continue;
      }
      count(licenses, row.license);
      await rows.write(JSON.stringify(row.fields));
      if (table) await copy?.write(table.line(row));
    }
  }
  const manifest: MadeManifest = {
    version: 1,
    ...making,
    notice: medicalNotice,
    items,
    rows: { file: names.rows, ...(await rows.commit()) },
    table: table && copy ? { file: table.name, ...(await copy.commit()) } : null,
    failures: { file: names.failures, ...(await failures.commit()), reasons: sorted(reasons) },
    leaks: {
      file: names.leaks,
      ...(await leaks.commit()),
      sets: evaluationSets.map(({ name, samples }) => ({
        set: name,
        samples: samples.length,
        rows: touched.get(name) ?? 0,
      })),
    },
    licenses: sorted(licenses),
    notes: [...(request.notes ?? []), ...licenseNotes(licenses), ...leakNotes(evaluationSets)],
  };
  await writeFileAtomically(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function requireKind(folder: string, kind: Making["kind"]): Promise<void> {
  const bytes = await readBoundedFile(join(folder, manifestName), { limit: manifestLimit }).catch(
    (error: unknown) => {
      if (MedRoundsError.is(error) && error.code === "path-missing") return null;
      throw error;
    },
  );
  if (bytes === null) return;
  const known = parseJson(new TextDecoder().decode(bytes));
  if (typeof known === "object" && known !== null && "kind" in known && known.kind === kind) return;
  throw new MedRoundsError("path-occupied", `${folder} holds something else already.`, { path: folder });
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function licenseNotes(licenses: ReadonlyMap<string, number>): string[] {
  const closed = [...licenses.keys()].filter((license) => /\bND\b|no[- ]?deriv/i.test(license));
  if (closed.length === 0) return [];
  return [`These licenses let nobody pass on what is made of the rows: ${closed.sort().join("; ")}.`];
}

function leakNotes(sets: readonly EvaluationSet[]): string[] {
  if (sets.length > 0) return [];
  return ["No evaluation set was named: what stands in one may be in these rows."];
}
