import { existsSync, readFileSync } from "node:fs";
import { MedRoundsError } from "#contracts";
import { describeImage, type ImageDescription } from "#imaging";

const folder = new URL("../../../shared/data/dicom/", import.meta.url);

/** What became of a file of the collection, beside what the reference reader (pydicom with GDCM) gave. */
export type FileOutcome = {
  file: string;
  transferSyntax: string;
  outcome: "same" | "close" | "more" | "refused" | "differs";
  /** Of a refusal. */
  code?: string;
  reference: "decodes" | "fails";
  milliseconds: number;
};

type Row = {
  file: string;
  transfer_syntax?: string;
  transfer_syntax_name?: string;
  decoded?: { shape: number[]; dtype: string; mean: number; sha256_le: string };
};

/** Lossy processes: JPEG with DCT, near-lossless JPEG-LS, JPEG 2000 that may lose. */
const lossy = /\.4\.(?:5[0-6]|81|91|203)$/;

/** Describes every file of the collection; `null` where it is not at hand. */
export async function coverDicom(): Promise<FileOutcome[] | null> {
  if (!existsSync(folder)) return null;
  const lines = readFileSync(new URL("manifest.jsonl", folder), "utf8").trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as Row);
  const outcomes: FileOutcome[] = [];
  // The first one once more: it pays for starting threads.
  for (const row of [...rows.slice(0, 1), ...rows]) outcomes.push(await coverFile(row));
  outcomes.shift();
  return outcomes;
}

async function coverFile(row: Row): Promise<FileOutcome> {
  const bytes = readFileSync(new URL(row.file, folder));
  const file = row.file.replace(/^files\//, "");
  const transferSyntax = row.transfer_syntax_name || "not stated";
  const began = performance.now();
  const told = await describeImage(bytes, { name: file }).catch((error: unknown) => error);
  const milliseconds = performance.now() - began;
  const common = {
    file,
    transferSyntax,
    reference: row.decoded ? "decodes" : "fails",
    milliseconds,
  } as const;
  if (MedRoundsError.is(told)) return { ...common, outcome: "refused", code: told.code };
  if (told instanceof Error) throw told;
  const description = told as ImageDescription;
  const named = description.format === "DICOM" ? { transferSyntax: description.transferSyntax.name } : {};
  return { ...common, ...named, outcome: compare(description, row) };
}

function compare(told: ImageDescription, { decoded, transfer_syntax = "" }: Row): FileOutcome["outcome"] {
  if (!decoded) return "more";
  if (told.sha256 === decoded.sha256_le) return "same";
  const isAlike = String(told.shape) === String(decoded.shape) && told.type === typeOf(decoded.dtype);
  return isAlike && lossy.test(transfer_syntax) && Math.abs(told.mean - decoded.mean) <= 1
    ? "close"
    : "differs";
}

/** NumPy writes a big-endian type as `>u2`. */
function typeOf(dtype: string): string {
  const [, kind, size] = /^>([ui])(\d)$/.exec(dtype) ?? [];
  return kind ? `${kind === "u" ? "uint" : "int"}${Number(size) * 8}` : dtype;
}
