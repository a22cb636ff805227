import { describe, expect, it } from "vitest";
import type { DataSet } from "../dicom/data-set.ts";
import { patientIdentity } from "./patient-identity.ts";

const tags = { id: 0x00100020, name: 0x00100010, birth: 0x00100030, study: 0x0020000d };

function dataSet(values: Partial<Record<keyof typeof tags, string>>): DataSet {
  const elements = Object.entries(values).map(([name, text]) => {
    const tag = tags[name as keyof typeof tags];
    return [tag, { tag, vr: "LO", bytes: new TextEncoder().encode(text) }] as const;
  });
  return { elements: new Map(elements), littleEndian: true, characterSets: [] };
}

describe("the identity of a file's patient", () => {
  it("is the Patient ID where the file has one", () => {
    expect(patientIdentity(dataSet({ id: " 17 ", name: "DOE^J", birth: "19500101" }))).toBe("id:17");
  });

  it.each(["ANONYMOUS", "unknown", "N/A", "---"])("is never the word %s, which many files share", (id) => {
    expect(patientIdentity(dataSet({ id, study: "1.2.3" }))).toBe("uid:1.2.3");
    expect(patientIdentity(dataSet({ id, name: "Anonymous", birth: "19500101", study: "1.2.3" }))).toBe(
      "uid:1.2.3",
    );
    expect(patientIdentity(dataSet({ id, name: "DOE^J", birth: "19500101" }))).toBe("person:doe^j:19500101");
  });
});
