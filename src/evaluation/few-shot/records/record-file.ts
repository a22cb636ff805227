import { MedRoundsError } from "#contracts";
import { parseJson, readBoundedFile, sha256, writeFileAtomically } from "#platform";
import { type FewShotRecord, recordSchema, toFileRecord } from "./few-shot-record.ts";

const largest = 512 * 1024 * 1024;

/** What a file holds, and which rows, from 1, are no records, with the reason. */
type Records = {
  records: readonly FewShotRecord[];
  refused: readonly { row: number; message: string }[];
};

/** With the SHA-256 of its bytes. */
export type RecordFile = Records & { hash: string };

/** @throws MedRoundsError `few-shot-file-invalid` where the file is no list of records; the errors of reading a file */
export async function readRecordFile(file: string, signal?: AbortSignal): Promise<RecordFile> {
  const bytes = await readBoundedFile(file, { limit: largest, ...(signal ? { signal } : {}) });
  return { ...parseRecords(new TextDecoder().decode(bytes)), hash: sha256(bytes) };
}

/** A bad record is refused alone. Throws `few-shot-file-invalid` where none is good. */
export function parseRecords(written: string): Records {
  const list = parseJson(written);
  if (!Array.isArray(list)) throw invalid("The file is no JSON list of records.");
  const records: FewShotRecord[] = [];
  const refused: { row: number; message: string }[] = [];
  for (const [index, value] of list.entries()) {
    const { success, data, error } = recordSchema.safeParse(value);
    if (success) records.push(data);
    else {
      const [issue] = error.issues;
      refused.push({ row: index + 1, message: `${issue?.path.join(".")}: ${issue?.message}.` });
    }
  }
  if (records.length > 0 || list.length === 0) return { records, refused };
  throw invalid(`No row of the file is a record. The first: ${refused[0]?.message}`);
}

/** One list over all data sets. The same records give the same bytes. */
export function writeRecordFile(file: string, records: readonly FewShotRecord[]): Promise<void> {
  return writeFileAtomically(file, formatRecords(records));
}

export function formatRecords(records: readonly FewShotRecord[]): string {
  return `${JSON.stringify(records.map(toFileRecord), null, 4)}\n`;
}

function invalid(message: string): MedRoundsError {
  return new MedRoundsError("few-shot-file-invalid", message);
}
