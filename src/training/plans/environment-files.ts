import type { PlanFile, PlannedEngine } from "./engines/engine.ts";

/** Pinned packages, a script that installs them, and one that runs the plan. */
export function environmentFiles({ name, packages }: PlannedEngine): PlanFile[] {
  return [
    { path: "requirements.txt", text: `${packages.join("\n")}\n` },
    {
      path: "make-environment.sh",
      text: `#!/usr/bin/env bash
# Makes .venv with ${name} in this folder. Takes Python 3.10 to 3.12: PYTHON=python3.12 bash make-environment.sh
set -euo pipefail
cd "$(dirname "$0")"
"\${PYTHON:-python3}" -m venv .venv
.venv/bin/python -m pip install --upgrade pip
.venv/bin/python -m pip install -r requirements.txt
`,
    },
    {
      path: "run.sh",
      text: `#!/usr/bin/env bash
# Makes the environment where it is missing, starts the services, runs every stage. Run it again to go on.
set -euo pipefail
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || bash make-environment.sh
exec medrounds train launch .
`,
    },
  ];
}
