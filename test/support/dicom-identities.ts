import { createRandom } from "../../src/statistics/index.ts";
import { transferSyntaxes, type WrittenElement, writeDicomImage } from "./dicom-writer.ts";

/**
 * Files with identities made up by code. Each planted text holds one of these marks, and nothing else does: a search for the marks
 * finds whatever is left of any identity, whole or in part.
 */
const plantedMarks = ["qwxzj", "7391846250", "19070329", "20070813"] as const;
const [word, digits, birthDate, studyDate] = plantedMarks;

export type PlantedFile = { name: string; bytes: Buffer; patient: number };

/** `count` X-rays of 48 × 40 pixels, two of each patient, with identities in every place where a standard file has them. */
export function plantedFiles(count: number): PlantedFile[] {
  return Array.from({ length: count }, (_, index) => {
    const patient = index >> 1;
    const folder = index % 2 === 0 ? "" : `${word}/`;
    const extension = index % 3 === 0 ? "" : ".dcm";
    const name = `${folder}${person(patient).replace("^", "_")}-${digits}${index}${extension}`;
    return { name, bytes: plantedFile(index, patient), patient };
  });
}

function person(number: number): string {
  return `${word}${letters(number)}^${letters(number + 1)}${word}`.toUpperCase();
}

function letters(number: number): string {
  return [...String(number).padStart(3, "0")].map((digit) => "bcdfghklmn"[Number(digit)]).join("a");
}

/** What names a person, a place, a number or a day. */
function identities(number: number): WrittenElement[] {
  const text = (what: string) => `${what} ${word} ${letters(number)}`;
  const id = `${digits}${number}`;
  return [
    [0x00080012, "DA", studyDate],
    [0x00080020, "DA", studyDate],
    [0x00080030, "TM", "101112"],
    [0x00080050, "SH", `A${id}`],
    [0x00080080, "LO", text("hospital")],
    [0x00080081, "ST", text("street")],
    [0x00080090, "PN", person(number)],
    [0x00080092, "ST", text("street")],
    [0x00080094, "SH", id],
    [0x00081010, "SH", text("st")],
    [0x00081030, "LO", text("study of")],
    [0x0008103e, "LO", text("series of")],
    [0x00081040, "LO", text("ward")],
    [0x00081048, "PN", person(number)],
    [0x00081050, "PN", person(number)],
    [0x00081070, "PN", person(number)],
    [0x00081080, "LO", text("because of")],
    [0x00082111, "ST", text("derived for")],
    [0x00084000, "LT", text("comment on")],
    [0x00100010, "PN", person(number)],
    [0x00100020, "LO", id],
    [0x00100021, "LO", text("issuer")],
    [0x00100030, "DA", birthDate],
    [0x00101000, "LO", `${id}\\X${id}`],
    [0x00101001, "PN", person(number)],
    [0x00101005, "PN", person(number)],
    [0x00101040, "LO", text("street")],
    [0x00101060, "PN", person(number)],
    [0x00101090, "LO", id],
    [0x00102154, "SH", id],
    [0x001021b0, "LT", text("history of")],
    [0x00104000, "LT", text("patient")],
    [0x00180015, "CS", word.toUpperCase()],
    [0x00181000, "LO", id],
    [0x00181030, "LO", text("protocol for")],
    [0x00185101, "CS", word.toUpperCase()],
    [0x00200010, "SH", id],
    [0x00204000, "LT", text("image of")],
    [0x00281055, "LO", text("window for")],
    [0x00321032, "PN", person(number)],
    [0x00324000, "LT", text("study")],
    [0x00380300, "LO", text("bed")],
    [0x00400254, "LO", text("procedure on")],
    [0x00402017, "LO", id],
  ];
}

function nested(number: number): WrittenElement[] {
  const inner = identities(number);
  const level = (items: readonly WrittenElement[]): WrittenElement => [
    0x00400275,
    "SQ",
    { items: [items], undefinedLength: number % 2 === 0 },
  ];
  const deep = level([...inner, level([...inner, level(inner)])]);
  return [[0x00081120, "SQ", { items: [inner] }], [0x00081140, "SQ", { items: [inner] }], deep];
}

function elsewhere(number: number): WrittenElement[] {
  const text = `${word} ${letters(number)}`;
  return [
    [0x00090010, "LO", text],
    [0x00091001, "LO", text],
    [0x00091002, "UN", Buffer.from(text, "utf16le")],
    [0x50000022, "LO", text],
    [0x50003000, "OW", Buffer.from(`${text} `)],
    [0x60000010, "US", [8]],
    [0x60000011, "US", [8]],
    [0x60000022, "LO", text],
    [0x60001500, "LO", text],
    [0x60003000, "OW", Buffer.from(text.padEnd(16))],
    [0xfffcfffc, "OB", Buffer.from(text.padEnd(16))],
  ];
}

const { explicitLittleEndian, implicitLittleEndian, explicitBigEndian, deflated } = transferSyntaxes;
const syntaxes = [explicitLittleEndian, implicitLittleEndian, explicitBigEndian, deflated];

function plantedFile(index: number, patient: number): Buffer {
  const random = createRandom(index);
  const spots = Array.from({ length: 8 }, () => [random() * 48, random() * 40] as const);
  const pixels = Array.from({ length: 48 * 40 }, (_, pixel) => {
    const [x, y] = [pixel % 48, Math.floor(pixel / 48)];
    const light = spots.map(([spotX, spotY]) => Math.exp(-((x - spotX) ** 2 + (y - spotY) ** 2) / 50));
    return Math.round(400 + 700 * light.reduce((sum, one) => sum + one, 0));
  });
  const uid = (what: number, number: number) => `1.2.826.0.${digits}.${what}.${number + 1}`;
  const elements: WrittenElement[] = [
    ...identities(patient),
    ...nested(patient),
    ...elsewhere(patient),
    [0x00080018, "UI", uid(1, index)],
    [0x0020000d, "UI", uid(2, patient)],
    [0x0020000e, "UI", uid(3, index)],
    [0x00080060, "CS", "DX"],
    [0x00281050, "DS", "1800"],
    [0x00281051, "DS", "3000"],
  ];
  const file = writeDicomImage({
    rows: 40,
    columns: 48,
    pixels,
    bitsStored: 12,
    transferSyntax: syntaxes[index % syntaxes.length] ?? "",
    photometric: index % 4 === 0 ? "MONOCHROME1" : "MONOCHROME2",
    elements,
    meta: [
      [0x00020003, "UI", uid(1, index)],
      [0x00020016, "AE", word.toUpperCase()],
    ],
  });
  file.write(`${word} ${digits}`, 0, "latin1");
  return file;
}

/** The marks that stand in bytes: as they are, in capitals, in UTF-16, or backwards. */
export function findMarks(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return plantedMarks.filter((mark) => {
    const reversed = [...mark].reverse().join("");
    const texts = [mark, mark.toUpperCase(), capitalized(mark), reversed, Buffer.from(mark).toString("hex")];
    return texts.some((text) => buffer.includes(text, 0, "latin1") || buffer.includes(text, 0, "utf16le"));
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
