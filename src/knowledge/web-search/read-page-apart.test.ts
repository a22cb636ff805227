import { expect, it } from "vitest";
import { readPageApart } from "./read-page-apart.ts";

const of = (body: string, { query = "effusion", milliseconds = 5_000 } = {}) =>
  readPageApart(
    {
      page: {
        address: "https://www.nhs.uk/a",
        type: "text/html",
        charset: "utf-8",
        content: Buffer.from(
          `<!doctype html><html><head><title>Lung</title></head><body>${body}</body></html>`,
        ),
      },
      query,
    },
    { milliseconds },
  );

it("gives what the page says of itself, with the excerpt that fits", async () => {
  expect(await of("<p>An effusion blunts the angle.</p>")).toEqual({
    title: "Lung",
    text: "An effusion blunts the angle.",
  });
  expect((await of("<p>An effusion blunts the angle.</p>", { query: "fracture" })).text).toBeUndefined();
});

it("gives up a page that holds its thread, while this one goes on and others are read", async () => {
  const hostile = "<div>x</div>".repeat(170_000);
  const began = performance.now();
  let turns = 0;
  const timer = setInterval(() => turns++, 20);
  const reading = expect(of(hostile, { milliseconds: 1_500 })).rejects.toMatchObject({
    code: "web-page-unreadable",
  });
  expect((await of("<p>An effusion.</p>")).text).toBe("An effusion.");
  await reading;
  clearInterval(timer);
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(turns).toBeGreaterThan(20);
  expect((await of("<p>An effusion.</p>")).text).toBe("An effusion.");
}, 30_000);

it("gives up a page that its thread cannot take, and reads many at once", async () => {
  await expect(of("<p>".repeat(100_000), { milliseconds: 1_500 })).rejects.toMatchObject({
    code: "web-page-unreadable",
  });
  const pages = await Promise.all(
    Array.from({ length: 20 }, (_, index) => of(`<p>An effusion of ${index} mL.</p>`)),
  );
  expect(pages.map(({ text }) => text)).toEqual(pages.map((_, index) => `An effusion of ${index} mL.`));
}, 30_000);
