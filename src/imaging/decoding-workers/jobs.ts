import { randomBytes } from "node:crypto";
import { encodePng } from "../codec.ts";
import { type DecodedImage, decodeImage, describeRaster } from "../decode.ts";
import { findBurnedInText } from "../deidentify/burned-in/find-burned-in-text.ts";
import type { DeidentificationOptions } from "../deidentify/choose-action.ts";
import { deidentifyFile } from "../deidentify/deidentify-file.ts";
import { readIdentities } from "../deidentify/read-identities.ts";
import type { DeidentificationReport } from "../deidentify/report.ts";
import { builtInDescriptor } from "../descriptor/index.ts";
import { type DicomDescription, describeDicom } from "../dicom/describe-dicom.ts";
import type { Window } from "../dicom/display/values-of-interest.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { type DicomFacts, readFacts } from "../dicom-facts.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { classifyImageKind } from "../kind/classify-image-kind.ts";
import type { KindVerdict } from "../kind/kind-verdict.ts";
import type { Raster } from "../raster.ts";
import type { CaseEntry } from "../similarity/case-entry.ts";
import type { storedImage } from "../stored-image.ts";
import { readView } from "../studies/view.ts";
import { shrinkRaster, workingSide } from "../working-copy.ts";

/** Which frame (from 1) of a file is shown, and by which window instead of the file's own. */
export type ImageView = { frame?: number; window?: Window };

/** An image as a library keeps it. */
type StoredImage = Awaited<ReturnType<typeof storedImage>>;

/** An image, decoded and as a library keeps it. `burnedInText` and `removed`, how many attributes were changed, are of DICOM alone. */
export type ReadImage = {
  image: DecodedImage;
  stored: StoredImage;
  kind: KindVerdict;
  burnedInText: BurnedInText;
  removed: DeidentificationReport["counts"] | null;
};

/** Where text in the pixels is known from: the file's own attribute (0028,0301), or the look of the picture. */
type BurnedInText = "stated" | "seen" | null;

/** A picture at full size as a PNG, with sentences about how it is shown. */
export type RenderedImage = { png: Uint8Array; width: number; height: number; notes: string[] };

/** What a DICOM file says of its picture in the standard's terms, and what in it identifies persons, without a value of that. */
export type DicomDetails = Pick<DicomFacts["metadata"], "modality" | "bodyPart" | "view"> & {
  /** The attributes that de-identification changes. */
  identifying: DeidentificationReport["changes"];
  burnedInAnnotation: DeidentificationReport["burnedInAnnotation"];
};

/** What a picture is compared with others by. */
export type ImageLikeness = Pick<CaseEntry, "descriptor" | "pixelHash" | "fingerprint">;

type Given = { bytes: Uint8Array; name: string };

/** What a thread can do with a DICOM file; `compare` with any image. Each job gets the file whole; all but `name` give nothing that identifies a person. */
export const jobs = { decode, read, identify, describe, render, deidentify, name, compare };
export type Jobs = typeof jobs;

/** Without de-identification: no more than pixels and facts about them comes out. */
function decode({ bytes, ...options }: Given & ImageView): Promise<DecodedImage> {
  return decodeImage(bytes, options);
}

/** The picture, decoded and as it may be kept: as it is shown, 8 bits a sample. */
async function read({ bytes, name, ...view }: Given & ImageView): Promise<ReadImage> {
  const lookedFrom = readView(readDicom(bytes, { name }).dataSet);
  const { bytes: cleaned, report } = deidentifyFile(bytes, { key: randomBytes(32), name });
  const { raster, ...full } = await decodeImage(cleaned, { name, ...view, side: Number.POSITIVE_INFINITY });
  const burnedInText = judgeText(report, raster);
  const working = describeRaster(await shrinkRaster(raster, workingSide));
  const { modality, bodyPart } = readFacts(readDicom(cleaned, { name }), lookedFrom).metadata;
  return {
    image: { ...full, ...working, notes: [...full.notes, ...sayText(burnedInText)] },
    kind: classifyImageKind(working.raster, { modality, bodyPart, plane: lookedFrom?.plane }),
    stored: { bytes: await encodePng(raster), extension: "png" },
    burnedInText,
    removed: report.counts,
  };
}

async function identify({ bytes, ...options }: Given & { key: Uint8Array }): Promise<DicomFacts> {
  const view = readView(readDicom(bytes, options).dataSet);
  return readFacts(readDicom(deidentifyFile(bytes, options).bytes, options), view);
}

async function describe({ bytes, name }: Given): Promise<DicomDescription & DicomDetails> {
  const file = readDicom(bytes, { name });
  const description = await describeDicom(file);
  const made = deidentifyFile(bytes, { key: randomBytes(32), name });
  const { metadata } = readFacts(readDicom(made.bytes, { name }), readView(file.dataSet));
  const terms = (["modality", "bodyPart", "view"] as const).filter((term) => metadata[term] !== undefined);
  const { changes, burnedInAnnotation } = made.report;
  return {
    ...description,
    ...Object.fromEntries(terms.map((term) => [term, metadata[term]])),
    identifying: changes,
    burnedInAnnotation,
  };
}

async function render({ bytes, ...options }: Given & ImageView): Promise<RenderedImage> {
  const { raster, width, height, notes } = await decodeImage(bytes, {
    ...options,
    side: Number.POSITIVE_INFINITY,
  });
  return { png: await encodePng(raster), width, height, notes };
}

async function deidentify(request: Given & { key: Uint8Array } & DeidentificationOptions): Promise<{
  bytes: Uint8Array;
  fileName: string;
  report: DeidentificationReport;
  burnedInText: BurnedInText;
}> {
  const { bytes, ...options } = request;
  const made = deidentifyFile(bytes, options);
  // What can't be shown is de-identified all the same.
  const { name } = options;
  const shown = await decodeImage(made.bytes, { name, side: Number.POSITIVE_INFINITY }).catch(() => null);
  return { ...made, burnedInText: judgeText(made.report, shown?.raster) };
}

/** What names the patient, for a guard over what leaves the machine. */
async function name({ bytes, name }: Given): Promise<string[]> {
  return readIdentities(readDicom(bytes, { name }).dataSet);
}

/** What the picture is compared by; describing it takes several times as long as decoding. */
async function compare({ bytes, name }: Given): Promise<ImageLikeness> {
  const image = await decodeImage(bytes, { name });
  const { pixelHash, raster } = image;
  return { pixelHash, fingerprint: fingerprintOf(raster), descriptor: builtInDescriptor.embed(image) };
}

function judgeText({ burnedInAnnotation }: DeidentificationReport, raster: Raster | undefined): BurnedInText {
  if (burnedInAnnotation === "yes") return "stated";
  return raster && findBurnedInText(raster).found ? "seen" : null;
}

function sayText(burnedInText: BurnedInText): string[] {
  if (burnedInText === "stated") return ["the file says that there is text in its pixels"];
  return burnedInText === "seen" ? ["there seems to be text in its pixels"] : [];
}
