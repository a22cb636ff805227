import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Failure, MedRoundsError, toFailure } from "#contracts";
import { type CaseRow, readCaseRow } from "#imaging";
import { containedPath, fileError, readBoundedFile, readJsonLines } from "#platform";

/** A case of a manifest, before its image is read. */
export type ManifestCase = {
  /** The row's id, else its file. */
  id: string;
  row: CaseRow;
  /** The row as the file has it. */
  fields: Readonly<Record<string, unknown>>;
  line: number;
  /** The image's bytes. Throws as `readBoundedFile` and `containedPath` do. */
  read(signal?: AbortSignal): Promise<Uint8Array>;
};

/** Why a row of a manifest, or its image, could not be used. */
export type RefusedCase = { line: number; id?: string } & Failure;

/**
 * Reads the cases of a manifest as `library add` does: JSON lines with a `file` each, labels in any form that it knows, ids that say
 * "unknown" left out. Rows about no image are passed over; bad ones and ids that come twice are refused alone. Labels are read from
 * another field where one is named; there a single text is a label too.
 * Throws `path-missing`, `path-unreadable`, `path-not-file` and what damage to the file itself does.
 */
export async function readManifest(request: {
  file: string;
  labelField?: string | undefined;
  signal?: AbortSignal | undefined;
}): Promise<{ cases: ManifestCase[]; refused: RefusedCase[] }> {
  const { file, labelField, signal } = request;
  const cases = new Map<string, ManifestCase>();
  const refused: RefusedCase[] = [];
  try {
    const folder = dirname(await realpath(file));
    for await (const entry of readJsonLines(file, signal)) {
      const { line } = entry;
      if (entry.type === "refused") refused.push({ line, ...entry.failure });
      else if (namesImage(entry.value)) {
        try {
          const found = readCase({ fields: withLabels(entry.value, labelField), line, folder });
          requireNew(cases, found.id);
          cases.set(found.id, found);
        } catch (error) {
          refused.push({ line, ...toFailure(error) });
        }
      }
    }
  } catch (error) {
    throw fileError(error, file);
  }
  return { cases: [...cases.values()], refused };
}

function namesImage({ file }: Record<string, unknown>): boolean {
  return file !== undefined && file !== null && file !== "";
}

function withLabels(
  fields: Record<string, unknown>,
  labelField: string | undefined,
): Record<string, unknown> {
  if (labelField === undefined) return fields;
  return { ...fields, labels: asLabels(fields[labelField]) };
}

/** A field's value as labels: a single text or number is a label. */
export function asLabels(value: unknown): unknown {
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" ? [value] : value;
}

function readCase(given: { fields: Record<string, unknown>; line: number; folder: string }): ManifestCase {
  const { fields, line, folder } = given;
  const row = readCaseRow(fields);
  return {
    id: row.id ?? row.file,
    row,
    fields,
    line,
    read: async (signal) =>
      readBoundedFile(await containedPath(folder, join(folder, row.file)), signal ? { signal } : {}),
  };
}

function requireNew(cases: ReadonlyMap<string, unknown>, id: string): void {
  if (!cases.has(id)) return;
  throw new MedRoundsError("id-conflict", `The id ${basename(id)} is there a second time.`, { id });
}
