import { describe, expect, it } from "vitest";
import { fromBufferPromise } from "yauzl";
import { writeZip, type ZipEntry } from "./zip.ts";

async function pack(entries: Iterable<ZipEntry>): Promise<Buffer> {
  async function* each() {
    yield* entries;
  }
  return Buffer.concat(await Array.fromAsync(writeZip(each())));
}

describe("writeZip", () => {
  it("writes more files than the older form counts, and another program finds as many", async () => {
    const names = Array.from({ length: 66_000 }, (_, place) => `ø/${place}.json`);
    const bytes = await pack(names.map((name) => ({ name, content: "{}" })));
    const zip = await fromBufferPromise(bytes, { autoClose: false });
    expect(zip.entryCount).toBe(names.length);
    const { value } = await zip.eachEntry()[Symbol.asyncIterator]().next();
    expect(value.fileName).toBe("ø/0.json");
  }, 60_000);

  it("gives the same bytes for the same content, and an archive of nothing is one", async () => {
    const entries = [{ name: "a", content: "text" }];
    expect(await pack(entries)).toEqual(await pack(entries));
    expect((await fromBufferPromise(await pack([]))).entryCount).toBe(0);
  });
});
