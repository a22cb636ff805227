import { expect, it } from "vitest";
import { createTelling } from "./telling.ts";

const sent = (host: string) => ({ host, loopback: false, images: 0, characters: 3 });

it("lets work go on only when what it sends has been read", async () => {
  const { tell, until } = createTelling();
  const did: string[] = [];
  const work = (async () => {
    for (const host of ["one", "two"]) {
      await tell(sent(host));
      did.push(`sent to ${host}`);
    }
  })();
  for await (const { type, host } of until(work)) did.push(`${type} ${host}`);
  expect(did).toEqual(["data-sent one", "sent to one", "data-sent two", "sent to two"]);
});

it("ends with the work, also with work that fails, and leaves the failure to the caller", async () => {
  const { until } = createTelling();
  const work = Promise.reject(new Error("no"));
  expect(await Array.fromAsync(until(work))).toEqual([]);
  await expect(work).rejects.toThrow("no");
});

it("never lets go on what waits when the reader leaves", async () => {
  const { tell, until } = createTelling();
  let left = false;
  const work = tell(sent("one")).then(() => {
    left = true;
  });
  for await (const _ of until(work)) break;
  await new Promise((resolve) => setImmediate(resolve));
  expect(left).toBe(false);
});
