import { createRandom } from "#statistics";
import { transferSyntaxes, type WrittenElement, writeDicomImage } from "./dicom-writer.ts";

/** A DICOM file in which everything that identifies somebody was made up by code, and all of these values. */
export type PlantedFile = {
  bytes: Buffer;
  fileName: string;
  /** Values that may stand nowhere, not even in another case, encoding or order. */
  secrets: string[];
  /** What the file says, to compare what is made of it. */
  patientId: string;
  studyUid: string;
  studyDate: string;
};

/**
 * One instance of a study of a patient. Equal patients and studies get equal names, ids and UIDs. The transfer syntax and the character
 * set change from instance to instance.
 */
export function plantIdentities(place: { patient: number; study: number; instance: number }): PlantedFile {
  const { patient, study, instance } = place;
  const person = makeWords(patient * 1_000_000);
  const visit = makeWords(patient * 1_000_000 + (study + 1) * 1_000);
  const own = makeWords(patient * 1_000_000 + (study + 1) * 1_000 + instance + 1);
  const [family, given] = [person.word(), person.word()];
  const name = `${family}^${given}`;
  const patientId = person.number();
  const uidRoot = `1.2.826.0.1.${person.number()}`;
  const studyUid = `${uidRoot}.${study + 1}`;
  const studyDate = `20${10 + study}0${1 + (patient % 9)}1${study % 9}`;
  const birthDate = `19${30 + (patient % 60)}0417`;
  const secrets = [family, given, patientId, uidRoot, studyDate, birthDate];
  const secret = (words: { word: () => string }) => {
    const value = words.word();
    secrets.push(value);
    return value;
  };
  const ideographs = "山田^太郎";
  const isUnicode = instance % 2 === 0;
  const fullName = isUnicode ? `${name}=${ideographs}` : name;
  if (isUnicode) secrets.push("山田", "太郎");

  const nested: WrittenElement[] = [
    [0x00100010, "PN", name],
    [0x00100020, "LO", patientId],
    [0x00321060, "LO", `for ${secret(own)}`],
  ];
  const code = (meaning: string): WrittenElement[] => [
    [0x00080100, "SH", "T-D3000"],
    [0x00080102, "SH", "SRT"],
    [0x00080104, "LO", meaning],
  ];
  const elements: WrittenElement[] = [
    [0x00080005, "CS", isUnicode ? "ISO_IR 192" : "ISO_IR 100"],
    [0x00080008, "CS", "ORIGINAL\\PRIMARY"],
    [0x00080014, "UI", `${uidRoot}.77`],
    [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.1.1"],
    [0x00080018, "UI", `${studyUid}.1.${instance + 1}`],
    [0x00080020, "DA", studyDate],
    [0x00080022, "DA", studyDate],
    [0x0008002a, "DT", `${studyDate}101500.25+0100`],
    [0x00080030, "TM", "101500"],
    [0x00080050, "SH", secret(visit)],
    [0x00080060, "CS", "DX"],
    [0x00080070, "LO", `made for ${family}`],
    [0x00080080, "LO", secret(visit)],
    [0x00080081, "ST", secret(visit)],
    [0x00080090, "PN", secret(visit)],
    [0x00081010, "SH", family],
    [0x00081030, "LO", `Chest of ${secret(visit)}`],
    [0x0008103e, "LO", `PA ${secret(own)}`],
    [0x00081032, "SQ", { items: [code(`Chest of ${given}`)] }],
    [0x00081040, "LO", secret(visit)],
    [0x00081050, "PN", secret(visit)],
    [0x00081070, "PN", secret(visit)],
    [0x00081110, "SQ", { items: [[[0x00081155, "UI", studyUid]]] }],
    [0x00081140, "SQ", { items: [[[0x00081155, "UI", `${studyUid}.9`], ...nested]], undefinedLength: true }],
    [0x00082111, "ST", secret(own)],
    [0x00100010, "PN", fullName],
    [0x00100020, "LO", patientId],
    [0x00100030, "DA", birthDate],
    [0x00101000, "LO", secret(person)],
    [0x00101001, "PN", secret(person)],
    [0x00101040, "LO", secret(person)],
    [0x00102154, "SH", secret(person)],
    [0x001021b0, "LT", secret(visit)],
    [0x00104000, "LT", `seen with ${secret(visit)}`],
    [0x00180015, "CS", "CHEST"],
    [0x00181000, "LO", `for ${family}`],
    [0x00181030, "LO", secret(visit)],
    [0x00185101, "CS", instance % 2 === 0 ? "PA" : "LL"],
    [0x0018fff1, "LO", secret(own)],
    [0x00180081, "DS", `${secret(own)}`],
    [0x00090010, "LO", secret(own)],
    [0x00091001, "LO", secret(own)],
    [0x00091002, "SQ", { items: [nested] }],
    [0x0020000d, "UI", studyUid],
    [0x0020000e, "UI", `${studyUid}.1`],
    [0x00200010, "SH", secret(visit)],
    [0x00200011, "IS", "1"],
    [0x00200013, "IS", String(instance + 1)],
    [0x00204000, "LT", secret(own)],
    [0x00324000, "LT", secret(visit)],
    [0x00380300, "LO", secret(visit)],
    [0x00400244, "DA", studyDate],
    [0x00400275, "SQ", { items: [nested] }],
    [0x00401001, "SH", secret(visit)],
    [0x0040a123, "PN", secret(visit)],
    [0x0040a160, "UT", secret(own)],
    [0x0040a730, "SQ", { items: [[[0x0040a160, "UT", secret(own)], ...nested]] }],
    [0x04000561, "SQ", { items: [[[0x04000550, "SQ", { items: [nested] }]]] }],
    [0x50000022, "LO", secret(own)],
    [0x50003000, "OB", Buffer.from(secret(own))],
    [0x60000010, "US", [2]],
    [0x60000011, "US", [2]],
    [0x60000022, "LO", secret(own)],
    [0x60003000, "OB", Buffer.from(secret(own))],
    [0x60004000, "LT", secret(own)],
    [0xfffcfffc, "OB", Buffer.from(secret(own))],
  ];
  const meta: WrittenElement[] = [
    [0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.1.1"],
    [0x00020003, "UI", `${studyUid}.1.${instance + 1}`],
    [0x00020016, "AE", secret(visit)],
    [0x00020102, "OB", Buffer.from(secret(own))],
  ];
  const syntaxes = [
    transferSyntaxes.explicitLittleEndian,
    transferSyntaxes.implicitLittleEndian,
    transferSyntaxes.explicitBigEndian,
    transferSyntaxes.deflated,
    transferSyntaxes.jpegBaseline,
  ];
  const transferSyntax = syntaxes[instance % syntaxes.length]!;
  const isJpeg = transferSyntax === transferSyntaxes.jpegBaseline;
  const hidden = secret(own);
  const bytes = writeDicomImage({
    rows: 2,
    columns: 2,
    bitsAllocated: 8,
    pixels: isJpeg
      ? { fragments: [jpegWithComment(hidden)] }
      : Buffer.concat([Buffer.from([0, 90, 180, 255]), Buffer.from(hidden)]),
    transferSyntax,
    elements,
    meta: [...meta].sort((one, other) => one[0] - other[0]),
  });
  bytes.write(secret(own), 0, "latin1");
  return { bytes, fileName: `${family}_${given}_${patientId}.dcm`, secrets, patientId, studyUid, studyDate };
}

/** Those of the values that bytes hold: in either case, in UTF-8 and UTF-16, also a name with its parts the other way round. */
export function findSecrets(bytes: Uint8Array, secrets: Iterable<string>): string[] {
  const lower = Buffer.from(bytes).toString("latin1").toLowerCase();
  return [...secrets].filter((secret) => {
    const turned = secret.split("^").reverse();
    const orders = new Set([secret, turned.join("^"), turned.join(" ")]);
    const forms = [...orders].flatMap((text) => {
      const wide = Buffer.from(text, "utf16le");
      return [Buffer.from(text), wide, Buffer.from(wide).swap16()];
    });
    return forms.some((form) => lower.includes(form.toString("latin1").toLowerCase()));
  });
}

/** Words and numbers that nobody is called and that stand in no program; the same for the same seed. */
function makeWords(seed: number): { word: () => string; number: () => string } {
  const random = createRandom(seed);
  const pick = (letters: string) => letters[Math.floor(random() * letters.length)] ?? "";
  const syllable = () => pick("BDFGKLMNPRTVZ") + pick("aeiou").toLowerCase() + pick("xqkz");
  return {
    word: () => `${syllable()}${syllable()}${syllable()}${syllable()}`,
    number: () => String(1e8 + Math.floor(random() * 9e8)),
  };
}

/** A codestream of markers alone: nothing here decodes it, what counts is its comment. */
function jpegWithComment(comment: string): Buffer {
  const segment = (mark: number, content: string) =>
    Buffer.concat([Buffer.from([0xff, mark, 0, content.length + 2]), Buffer.from(content, "latin1")]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xfe, comment),
    segment(0xe1, `Exif\0\0${comment}`),
    segment(0xda, "\x01\x01\0\0\x3f\0"),
    Buffer.from([0x12, 0x34, 0xff, 0xd9]),
  ]);
}
