import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeExposition } from "./exposition.ts";
import { createCounter, createGauge, createHistogram } from "./metric.ts";

describe("metrics in Prometheus' text format", () => {
  it("counts each combination of labels for itself", async () => {
    const requests = createCounter({ name: "requests_total", help: "Requests." });
    requests.add({ route: "/queries", status: "200" });
    requests.add({ route: "/queries", status: "200" }, 2);
    requests.add({ route: "/retrieve", status: "503" });
    expect(await writeExposition([requests])).toBe(
      [
        "# HELP requests_total Requests.",
        "# TYPE requests_total counter",
        'requests_total{route="/queries",status="200"} 3',
        'requests_total{route="/retrieve",status="503"} 1',
        "",
      ].join("\n"),
    );
  });

  it("adds up a histogram's buckets, with the bound itself inside", async () => {
    const seconds = createHistogram({ name: "seconds", help: "Time.", bounds: [0.1, 1] });
    for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe({}, value);
    expect((await writeExposition([seconds])).split("\n").slice(1, -1)).toEqual([
      "# TYPE seconds histogram",
      'seconds_bucket{le="0.1"} 2',
      'seconds_bucket{le="1"} 3',
      'seconds_bucket{le="+Inf"} 4',
      "seconds_sum 7.65",
      "seconds_count 4",
    ]);
  });

  it("reads a gauge at the moment it is asked, and writes what is no number as the format does", async () => {
    const values = [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const gauge = createGauge({
      name: "share",
      help: "A\nline \\ more.",
      samples: async () => [{ labels: {}, value: values.shift() ?? 1 }],
    });
    const lines = await Array.fromAsync([0, 1, 2, 3], () => writeExposition([gauge]));
    expect(lines.map((text) => text.split("\n")[2])).toEqual([
      "share 0",
      "share NaN",
      "share +Inf",
      "share -Inf",
    ]);
    expect(lines[0]?.split("\n")[0]).toBe("# HELP share A\\nline \\\\ more.");
  });

  it("keeps any label's value on its line, to be read back unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('"', "\\", "\n", "n", "}", "é") }),
        async (label) => {
          const counter = createCounter({ name: "n_total", help: "" });
          counter.add({ label });
          const lines = (await writeExposition([counter])).split("\n");
          expect(lines).toHaveLength(4);
          const written = /^n_total\{label="(.*)"\} 1$/s.exec(lines[2] ?? "")?.[1] ?? "none";
          const read = written.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
          expect(read).toBe(label);
        },
      ),
    );
  });
});
