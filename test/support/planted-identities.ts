import { createRandom } from "#statistics";
import { transferSyntaxes, type WrittenElement, writeDicomImage } from "./dicom-writer.ts";

/**
 * Files with identities made up by code. Each planted text holds one of these marks, and nothing else does: a search for the marks
 * finds whatever is left of any identity, whole or in part.
 */
const plantedMarks = ["qwxzj", "7391846250", "19070329", "20070813", "山田"] as const;
const [word, digits, birthDate, studyDate, ideographs] = plantedMarks;

export type PlantedFile = { name: string; bytes: Buffer; patient: number };
type Place = { patient: number; study?: number; instance: number };

/** `count` X-rays of 48 × 40 pixels, two of each patient, with identities in every place where a standard file has them. */
export function plantedFiles(count: number): PlantedFile[] {
  return Array.from({ length: count }, (_, index) =>
    plantedFile({ patient: index >> 1, instance: index & 1 }),
  );
}

/**
 * One instance of a study of a patient, in the study's one series. Equal patients and studies have equal names, ids and UIDs; transfer
 * syntax, character set and kind of name change from instance to instance.
 */
export function plantedFile({ patient, study = 0, instance }: Place): PlantedFile {
  const index = 2 * patient + instance;
  const folder = index % 2 === 0 ? "" : `${word}/`;
  const extension = index % 3 === 0 ? "" : ".dcm";
  const name = `${folder}${person(patient).replace("^", "_")}-${digits}${index}${extension}`;
  return { name, bytes: writeFile({ patient, study, instance }), patient };
}

function person(number: number): string {
  return `${family(number)}^${letters(number + 1)}${word}`.toUpperCase();
}

function family(number: number): string {
  return `${word}${letters(number)}`.toUpperCase();
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
    [0x00080070, "LO", `made for ${family(number)}`],
    [0x00081010, "SH", `st ${family(number)}`],
    [0x00081030, "LO", text("study of")],
    [0x0008103e, "LO", text("series of")],
    [0x00081032, "SQ", { items: [codeFor(`study of ${family(number)}`)] }],
    [0x00081040, "LO", text("ward")],
    [0x00081048, "PN", person(number)],
    [0x00081050, "PN", person(number)],
    [0x00081070, "PN", person(number)],
    [0x00081080, "LO", text("because of")],
    [0x00082111, "ST", text("derived for")],
    [0x00084000, "LT", text("comment on")],
    [0x00100010, "PN", `${person(number)}=${ideographs}^太郎`],
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
    [0x00180015, "CS", family(number)],
    [0x00180081, "DS", text("after")],
    [0x00181000, "LO", `for ${family(number)}`],
    [0x00181030, "LO", text("protocol for")],
    [0x00185101, "CS", family(number)],
    [0x0018fff1, "LO", text("unknown")],
    [0x00200010, "SH", id],
    [0x00204000, "LT", text("image of")],
    [0x00281055, "LO", `window for ${family(number)}`],
    [0x00321032, "PN", person(number)],
    [0x00324000, "LT", text("study")],
    [0x00380300, "LO", text("bed")],
    [0x00400244, "DA", studyDate],
    [0x00400254, "LO", text("procedure on")],
    [0x00402017, "LO", id],
    [0x0040a123, "PN", person(number)],
    [0x0040a160, "UT", text("report on")],
  ];
}

function codeFor(meaning: string): WrittenElement[] {
  return [
    [0x00080100, "SH", "T-D3000"],
    [0x00080102, "SH", "SRT"],
    [0x00080104, "LO", meaning],
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
  return [
    [0x00081120, "SQ", { items: [inner] }],
    [0x00081140, "SQ", { items: [inner] }],
    [0x00091003, "SQ", { items: [inner] }],
    [0x0040a730, "SQ", { items: [inner] }],
    [0x04000561, "SQ", { items: [[[0x04000550, "SQ", { items: [inner] }]]] }],
    deep,
  ];
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

function writeFile({ patient, study, instance }: Required<Place>): Buffer {
  const index = 2 * patient + instance;
  const random = createRandom(100 * index + study);
  const spots = Array.from({ length: 8 }, () => [random() * 48, random() * 40] as const);
  const pixels = Array.from({ length: 48 * 40 }, (_, pixel) => {
    const [x, y] = [pixel % 48, Math.floor(pixel / 48)];
    const light = spots.map(([spotX, spotY]) => Math.exp(-((x - spotX) ** 2 + (y - spotY) ** 2) / 50));
    return Math.round(400 + 700 * light.reduce((sum, one) => sum + one, 0));
  });
  const uid = (...numbers: number[]) =>
    `1.2.826.0.${digits}.${numbers.map((number) => number + 1).join(".")}`;
  const elements: WrittenElement[] = [
    ...identities(patient),
    ...nested(patient),
    ...elsewhere(patient),
    [0x00080005, "CS", index % 2 === 0 ? "ISO_IR 192" : "ISO_IR 100"],
    [0x00080018, "UI", uid(1, patient, study, instance)],
    [0x0008002a, "DT", `${studyDate}101500.25+0100`],
    [0x0020000d, "UI", uid(2, patient, study)],
    [0x0020000e, "UI", uid(3, patient, study)],
    [0x00080060, "CS", "DX"],
    [0x00281050, "DS", "1800"],
    [0x00281051, "DS", "3000"],
  ];
  const file = writeDicomImage({
    rows: 40,
    columns: 48,
    // More than the picture takes.
    pixels: [...pixels, ...new Uint16Array(new Uint8Array(Buffer.from(`${word} `)).buffer)],
    bitsStored: 12,
    transferSyntax: syntaxes[index % syntaxes.length] ?? "",
    photometric: index % 4 === 0 ? "MONOCHROME1" : "MONOCHROME2",
    elements,
    meta: [
      [0x00020003, "UI", uid(1, patient, study, instance)],
      [0x00020016, "AE", word.toUpperCase()],
      [0x00020102, "OB", Buffer.from(word)],
    ],
  });
  file.write(`${word} ${digits}`, 0, "latin1");
  return file;
}

/** A picture coded as JPEG that can't be decoded: what counts is what stands in its comments. */
export function plantedJpeg(): Buffer {
  const segment = (mark: number, content: string) =>
    Buffer.concat([Buffer.from([0xff, mark, 0, content.length + 2]), Buffer.from(content, "latin1")]);
  const codestream = [
    Buffer.from([0xff, 0xd8]),
    segment(0xfe, `of ${word}`),
    segment(0xe1, `Exif\0\0${word} ${digits}`),
    segment(0xda, "\x01\x01\0\0\x3f\0"),
    Buffer.from([0x12, 0x34, 0xff, 0xd9]),
  ];
  return writeDicomImage({
    rows: 40,
    columns: 48,
    bitsAllocated: 8,
    pixels: { fragments: [Buffer.concat(codestream)] },
    transferSyntax: transferSyntaxes.jpegBaseline,
    elements: identities(0),
  });
}

/** The marks that stand in bytes: as they are, in capitals, in UTF-16, or backwards. */
export function findMarks(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return plantedMarks.filter((mark) => {
    const reversed = [...mark].reverse().join("");
    const texts = [mark, mark.toUpperCase(), capitalized(mark), reversed, Buffer.from(mark).toString("hex")];
    const encodings = ["utf8", "utf16le"] as const;
    return texts.some((text) => encodings.some((encoding) => buffer.includes(text, 0, encoding)));
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
