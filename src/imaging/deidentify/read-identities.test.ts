import { expect, it } from "vitest";
import { writeDicom } from "../../../test/support/dicom-writer.ts";
import { readDicom } from "../dicom/read-dicom.ts";
import { readIdentities } from "./read-identities.ts";

it("gives names of persons, ids, birth date and visit, also inside sequences, and nothing else", () => {
  const file = writeDicom({
    elements: [
      [0x00080050, "SH", "ACC-1"],
      [0x00080060, "CS", "DX"],
      [0x00080090, "PN", "ROE^RICHARD"],
      [0x00100010, "PN", "DOE^JANE"],
      [0x00100020, "LO", "MRN 7"],
      [0x00100030, "DA", "19500102"],
      [0x00101000, "LO", "OLD-1\\unknown"],
      [0x00180015, "CS", "CHEST"],
      [0x00200010, "SH", ""],
      [0x00400275, "SQ", { items: [[[0x00100010, "PN", "MOE^MAX"]]] }],
    ],
  });
  expect(readIdentities(readDicom(file, { name: "a.dcm" }).dataSet)).toEqual([
    ...["ACC-1", "ROE^RICHARD", "DOE^JANE", "MRN 7", "19500102", "OLD-1", "MOE^MAX"],
  ]);
});
