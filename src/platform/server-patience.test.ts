import { describe, expect, it } from "vitest";
import { type ErrorCode, type ErrorFacts, MedRoundsError } from "#contracts";
import { createServerPatience } from "./server-patience.ts";

/** Work that fails as told, then gives the number of its attempts. */
function work(...failures: [code: ErrorCode, facts?: ErrorFacts][]) {
  const times: number[] = [];
  const attempt = async () => {
    times.push(performance.now());
    const failure = failures[times.length - 1];
    if (failure) throw new MedRoundsError(failure[0], "It failed.", failure[1]);
    return times.length;
  };
  return { attempt, times };
}

const refused = (status: number, retryAfterMilliseconds?: number): [ErrorCode, ErrorFacts] => [
  "endpoint-refused",
  { status, ...(retryAfterMilliseconds === undefined ? {} : { retryAfterMilliseconds }) },
];

describe("patience with a model server", () => {
  const createPatience = () => createServerPatience({ codes: "endpoint", pauseMilliseconds: 1 });

  it("tries again what may pass", async () => {
    const { attempt } = work(refused(429), refused(503), ["endpoint-broken"]);
    expect(await createPatience()(attempt)).toBe(4);
  });

  it("waits as long as the server asks for, but not five minutes and more", async () => {
    const { attempt, times } = work(refused(429, 300));
    await createPatience()(attempt);
    expect(times[1]! - times[0]!).toBeGreaterThan(290);
    const busy = work(refused(429, 300_001));
    await expect(createPatience()(busy.attempt)).rejects.toMatchObject({ facts: { status: 429 } });
  });

  it.each([
    [refused(401)],
    [refused(400)],
    [["endpoint-broken", { contentType: "text/html" }] as [ErrorCode, ErrorFacts]],
    [["endpoint-unreachable"] as [ErrorCode]],
  ])("gives up at once after %j", async (failure) => {
    const { attempt, times } = work(failure);
    await expect(createPatience()(attempt)).rejects.toMatchObject({ code: failure[0] });
    expect(times).toHaveLength(1);
  });

  it("waits for a server that starts again once it has answered", async () => {
    const patience = createPatience();
    await patience(work().attempt);
    expect(await patience(work(["endpoint-unreachable"], ["endpoint-unreachable"]).attempt)).toBe(3);
  });

  it("throws the sixth failure", async () => {
    const { attempt, times } = work(...Array.from({ length: 9 }, () => refused(500)));
    await expect(createPatience()(attempt)).rejects.toMatchObject({ code: "endpoint-refused" });
    expect(times).toHaveLength(6);
  });

  it("ends its wait where it is aborted", async () => {
    const { attempt } = work(refused(429, 60_000));
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 40);
    await expect(createPatience()(attempt, controller.signal)).rejects.toBe(reason);
  });
});
