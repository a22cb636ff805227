import { describe, expect, it } from "vitest";
import { decodeText } from "./character-sets.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

describe("text of a character set", () => {
  it.each([
    [[], bytes("lung"), "lung"],
    [["ISO_IR 100"], bytes("\xd6dem"), "Ödem"],
    [["ISO_IR 144"], bytes([0xdb, 0xf1, 0xd3, 0xda, 0xde, 0xd5]), "лёгкое"],
    [["ISO_IR 126"], bytes([0xf0, 0xed, 0xe5, 0xfd, 0xec, 0xf9, 0xed]), "πνεύμων"],
    [["ISO_IR 13"], bytes([0xca, 0xb2, 0xb4, 0xdd]), "ﾊｲｴﾝ"],
    [["ISO_IR 166"], bytes([0xbb, 0xcd, 0xb4]), "ปอด"],
    [["ISO_IR 192"], Uint8Array.from(Buffer.from("肺炎")), "肺炎"],
    [["GB18030"], bytes([0xb7, 0xce, 0xd1, 0xd7]), "肺炎"],
  ])("reads %s", (sets, text, expected) => {
    expect(decodeText(text, sets)).toBe(expected);
  });

  it("loses no byte where the set is not known", () => {
    expect(decodeText(bytes("a\xe4b"), ["ISO_IR 999"])).toBe("aäb");
  });
});

describe("text with code extensions", () => {
  it("follows escapes to Japanese and back", () => {
    const text = bytes("lung \x1b$BGY1j\x1b(B end");
    expect(decodeText(text, ["", "ISO 2022 IR 87"])).toBe("lung 肺炎 end");
  });

  it("follows escapes to the supplementary Japanese set", () => {
    expect(decodeText(bytes("\x1b$(DV=\x1b(B."), ["", "ISO 2022 IR 159"])).toBe("腠.");
  });

  it("reads Korean beside ASCII without an escape back", () => {
    const text = bytes("\x1b$)C", [0xc6, 0xf3, 0xb7, 0xc5], " lung ", [0xc6, 0xf3]);
    expect(decodeText(text, ["", "ISO 2022 IR 149"])).toBe("폐렴 lung 폐");
  });

  it("reads Chinese of GB 2312", () => {
    expect(decodeText(bytes("\x1b$)A", [0xb7, 0xce, 0xd1, 0xd7]), ["", "ISO 2022 IR 58"])).toBe("肺炎");
  });

  it("puts the sets back at what parts values and components", () => {
    const text = bytes("\x1b-F", [0xf0], "\\", [0xe4], "^", [0xe4]);
    expect(decodeText(text, ["ISO 2022 IR 100", "ISO 2022 IR 126"])).toBe("π\\ä^ä");
  });
});
