import { basename } from "node:path";
import { medicalNotice, type System } from "#contracts";
import type { Library } from "#library";
import { productVersion } from "#platform";
import { choosePolicy, type PolicyChoice } from "./choose-policy.ts";
import type { CaseSearch } from "./open-case-search.ts";
import type { LibrarySearch } from "./open-passage-search.ts";
import { hostsBeyond, serverOf } from "./server-of.ts";
import { openWebSearch } from "./web-search.ts";

/** What a page shows of the whole: library, model, whether anything leaves the machine. The demo's questions are the caller's. */
export async function describeSystem(
  { library, search, cases }: { library: Library; search: LibrarySearch; cases: CaseSearch },
  choice: PolicyChoice,
): Promise<Omit<System, "demo">> {
  const { identity: model } = await choosePolicy(choice);
  const web = await openWebSearch();
  return {
    version: productVersion(),
    library: {
      name: basename(library.folder),
      passages: await library.passages.count(),
      cases: await library.cases.count(),
    },
    model,
    sentTo: {
      questions: hostsBeyond([serverOf(model.endpoint ?? "")]),
      searches: hostsBeyond([...search.servers, ...cases.servers, web?.server]),
    },
    notice: medicalNotice,
  };
}
