import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Figure, time } from "./measure.ts";

const root = join(import.meta.dirname, "..");

/** Wall time of the process that prints the help, beside a Node process that does nothing. */
export async function benchHelp(): Promise<Figure[]> {
  const run = (args: string[]) => spawnSync(process.execPath, args, { cwd: root });
  const help = await time(() => run(["--conditions=medrounds-source", "src/cli/main.ts", "--help"]), {
    runs: 9,
  });
  const nothing = await time(() => run(["-e", "0"]), { runs: 9 });
  return [
    {
      what: "medrounds --help, process",
      value: help.median,
      unit: "ms",
      target: "< 250",
      peer: { name: "node -e 0", value: nothing.median },
    },
  ];
}
