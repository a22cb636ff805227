import type { DataSet, DicomElement } from "../dicom/data-set.ts";
import { tags } from "../dicom/tags.ts";
import { chooseAction, type DeidentificationOptions, isText } from "./choose-action.ts";
import { cleanPixels } from "./clean-pixels.ts";
import type { IdentityTerms } from "./identity-terms.ts";
import { hasForm } from "./kept-values.ts";
import { toLittleEndian } from "./little-endian.ts";
import { basicProfile } from "./profile.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { ChangeTally } from "./report.ts";
import { shiftDates } from "./shift-date.ts";
import type { WritableElement } from "./write-data-set.ts";

/** What is the same for all elements of a file. */
export type CleaningContext = {
  options: DeidentificationOptions;
  pseudonyms: Pseudonyms;
  /** Pseudonym of the patient. */
  patient: string;
  terms: IdentityTerms;
  tally: ChangeTally;
};

const patientName = 0x00100010;
const patientId = 0x00100020;
/** What a file says of its own de-identification. */
const writtenAnew = new Set([0x00120062, 0x00120063, 0x00120064, 0x00280303]);
const pixelTags = new Set<number>([tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData]);
const imageGroup = 0x0028;

/** The elements of a data set, or of an item, as they may be written. */
export function cleanDataSet(dataSet: DataSet, context: CleaningContext): WritableElement[] {
  const elements = [...dataSet.elements.values()].filter(({ tag }) => !writtenAnew.has(tag));
  const cleaned = elements.map((element) => cleanElement(element, dataSet, context));
  return cleaned.filter((element) => element !== undefined);
}

/** The patient as written into every file: one pseudonym as name and as id. */
export function patientElements(patient: string): WritableElement[] {
  return [textElement(patientName, "PN", patient), textElement(patientId, "LO", patient)];
}

function cleanElement(element: DicomElement, dataSet: DataSet, context: CleaningContext) {
  const { tag, vr } = element;
  const { tally } = context;
  if (tag === patientName || tag === patientId) {
    tally.add(tag, "replaced");
    return textElement(tag, tag === patientName ? "PN" : "LO", context.patient);
  }
  switch (chooseAction(element, context.options)) {
    case "X":
      return removed(tag, tally);
    case "Z":
      tally.add(tag, "emptied");
      return vr === "SQ" ? { ...empty(tag, vr), items: [] } : empty(tag, vr);
    case "D":
      tally.add(tag, "replaced");
      return vr === "SQ" ? { ...empty(tag, vr), items: [] } : dummy(tag, vr);
    case "U":
      return replaceUids(element, context);
    case "shift":
      return shiftElement(element, context);
    case "clean":
      return { ...empty(tag, vr), items: (element.items ?? []).map((item) => cleanDataSet(item, context)) };
    case "check":
      return checkElement(element, dataSet, context);
  }
}

function checkElement(element: DicomElement, dataSet: DataSet, { terms, tally }: CleaningContext) {
  const { tag, vr, bytes } = element;
  if (pixelTags.has(tag)) return cleanPixels(element, dataSet);
  if (!isText(vr)) return { tag, vr, bytes: dataSet.littleEndian ? bytes : toLittleEndian(bytes, vr) };
  const text = textOf(element);
  // Words that say how pixels are coded are needed even if somebody is called so; explanations in sentences are not.
  const isNeeded = (tag >>> 16 === imageGroup && vr !== "LO") || tag === tags.modality;
  const isRepeated = vr === "DS" || vr === "IS" ? terms.inNumbers(text) : terms.inText(text);
  if (!hasForm(vr, text) || (isRepeated && !isNeeded)) return removed(tag, tally);
  return { tag, vr, bytes };
}

/** UIDs that the table names are always replaced, others where they are not the standard's own. */
function replaceUids(element: DicomElement, { pseudonyms, tally }: CleaningContext) {
  const { tag } = element;
  const uids = textOf(element)
    .split("\\")
    .map((uid) => uid.replace(/[\0 ]+$/, ""));
  const mayKeep = !basicProfile.has(tag);
  const replaced = uids.map((uid) => {
    const isStandard = /^1\.2\.840\.10008\.[\d.]+$/.test(uid);
    return uid === "" || (mayKeep && isStandard) ? uid : pseudonyms.uid(uid);
  });
  if (replaced.join() !== uids.join()) tally.add(tag, "replaced");
  return textElement(tag, "UI", replaced.join("\\"));
}

function shiftElement(element: DicomElement, { pseudonyms, patient, tally }: CleaningContext) {
  const { tag, vr } = element;
  const shifted = shiftDates(textOf(element).replace(/\0+$/, ""), pseudonyms.days(patient));
  if (shifted === "") return empty(tag, vr);
  tally.add(tag, shifted === undefined ? "emptied" : "shifted");
  return shifted === undefined ? empty(tag, vr) : textElement(tag, vr, shifted);
}

function removed(tag: number, tally: ChangeTally): undefined {
  tally.add(tag, "removed");
}

function empty(tag: number, vr: string): WritableElement {
  return { tag, vr, bytes: new Uint8Array() };
}

const dummyTexts: Record<string, string> = {
  AS: "000Y",
  DA: "19000101",
  DS: "0",
  DT: "19000101000000",
  IS: "0",
  TM: "000000",
};

/** A value of the VR that says nothing (PS3.15 E.1.1, action D). */
function dummy(tag: number, vr: string): WritableElement {
  return isText(vr) || vr in dummyTexts
    ? textElement(tag, vr, dummyTexts[vr] ?? "REMOVED")
    : { tag, vr, bytes: new Uint8Array(8) };
}

function textElement(tag: number, vr: string, text: string): WritableElement {
  return { tag, vr, bytes: Buffer.from(text, "latin1") };
}

/** Characters as bytes: what is kept is ASCII, whatever the character set. */
function textOf({ bytes }: DicomElement): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
