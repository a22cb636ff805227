import { createHash } from "node:crypto";
import { MedRoundsError } from "#contracts";
import type { DataSet, DicomFile } from "../dicom/data-set.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { tags } from "../dicom/tags.ts";
import { readText } from "../dicom/values.ts";
import { readView } from "../studies/view.ts";
import type { DeidentificationOptions } from "./choose-action.ts";
import { cleanDataSet, patientElements } from "./clean-data-set.ts";
import { collectIdentityTerms } from "./identity-terms.ts";
import { methodElements, methodNames } from "./methods.ts";
import { patientIdentity } from "./patient-identity.ts";
import { createPseudonyms } from "./pseudonyms.ts";
import { createTally, type DeidentificationReport } from "./report.ts";
import { type WritableElement, writeDataSet, writeFileMeta } from "./write-data-set.ts";

/** A file without identities. */
export type DeidentifiedFile = {
  bytes: Uint8Array;
  /** A name for it, since names carry identities too: the hashed instance, 32 hexadecimal digits, with .dcm. */
  fileName: string;
  report: DeidentificationReport;
};

const sopInstance = 0x00080018;
const burnedInAnnotation = 0x00280301;
const explicitLittleEndian = "1.2.840.10008.1.2.1";
const mediaDirectory = "1.2.840.10008.1.3.10";
/** Under 2.25 from a random UUID (PS3.5 B.2): which program wrote the file. */
const implementationClass = "2.25.205726626676651058810740209117950941601";

/**
 * A DICOM file without what identifies persons, by the Basic Application Level Confidentiality Profile of PS3.15 annex E, with two of
 * its options (both on unless said otherwise). Stricter than the profile where a value could hold anything: text, blobs and attributes
 * that its table doesn't name are removed but for a list, and so is text that repeats a name or a number of the same file.
 *
 * The view of a radiograph is kept as View Position where only a description told it. Native pixels are written as explicit little endian, encapsulated ones in their transfer syntax byte for byte, but for comments in
 * them. What stands in the pixels themselves is not looked at. `name` stands in errors; give one that may be shown.
 *
 * @throws MedRoundsError `key-invalid` (under 16 bytes); `file-unsupported` for a DICOMDIR; what reading the file throws. Neither
 * errors nor the report hold values of the file.
 */
export function deidentifyFile(
  bytes: Uint8Array,
  request: { key: Uint8Array; name: string } & Partial<DeidentificationOptions>,
): DeidentifiedFile {
  const { key, name, dates = "shifted", device = "kept" } = request;
  const pseudonyms = createPseudonyms(key);
  const file = readDicom(bytes, { name });
  requireInstance(file);
  const tally = createTally();
  const options = { dates, device };
  const patient = pseudonyms.patient(patientIdentity(file.dataSet) ?? contentIdentity(bytes));
  const terms = collectIdentityTerms(file.dataSet);
  const cleaned = cleanDataSet(file.dataSet, { options, pseudonyms, patient, terms, tally });
  const patientAndMethod = [...patientElements(patient), ...methodElements(options)];
  const written = [...cleaned, ...viewElements(file.dataSet), ...patientAndMethod];
  const elements = new Map(written.map((element) => [element.tag, element]));
  const instance = pseudonyms.uid(readText(file.dataSet, sopInstance) ?? contentIdentity(bytes));
  const meta = metaElements(file, instance);
  return {
    bytes: Buffer.concat([...writeFileMeta(meta), ...writeDataSet([...elements.values()])]),
    fileName: `${BigInt(instance.slice("2.25.".length)).toString(16).padStart(32, "0")}.dcm`,
    report: {
      methods: methodNames(options),
      ...tally.read(),
      burnedInAnnotation: readBurnedIn(file.dataSet),
    },
  };
}

/** A directory of a medium names patients and files, and is nothing without them. */
function requireInstance({ name, meta }: DicomFile): void {
  if (readText(meta, 0x00020002) !== mediaDirectory) return;
  const message = `${name} is a directory of DICOM files, not one of them.`;
  throw new MedRoundsError("file-unsupported", message, { name });
}

/** The view that descriptions tell, since they are removed. */
function viewElements(dataSet: DataSet): WritableElement[] {
  const view = readView(dataSet);
  return view ? [{ tag: tags.viewPosition, vr: "CS", bytes: Buffer.from(view.position) }] : [];
}

function contentIdentity(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function metaElements(file: DicomFile, instance: string): WritableElement[] {
  const isEncapsulated = file.dataSet.elements.get(tags.pixelData)?.fragments !== undefined;
  const transferSyntax = isEncapsulated ? file.transferSyntax.uid : explicitLittleEndian;
  const sopClass = readText(file.dataSet, tags.sopClass);
  const texts: [number, string, string][] = [
    ...(sopClass?.startsWith("1.2.840.10008.")
      ? [[0x00020002, "UI", sopClass] as [number, string, string]]
      : []),
    [0x00020003, "UI", instance],
    [tags.transferSyntax, "UI", transferSyntax],
    [0x00020012, "UI", implementationClass],
    [0x00020013, "SH", "MEDROUNDS"],
  ];
  const version = { tag: 0x00020001, vr: "OB", bytes: Uint8Array.of(0, 1) };
  return [version, ...texts.map(([tag, vr, text]) => ({ tag, vr, bytes: Buffer.from(text, "latin1") }))];
}

function readBurnedIn(dataSet: DataSet): DeidentificationReport["burnedInAnnotation"] {
  const stated = readText(dataSet, burnedInAnnotation)?.toUpperCase();
  if (stated === "YES") return "yes";
  return stated === "NO" ? "no" : "not stated";
}
