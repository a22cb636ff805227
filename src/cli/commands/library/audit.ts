import { Command } from "commander";
import { MedRoundsError } from "#contracts";
import { createProgress } from "../../progress.ts";
import { collect, readShare } from "../../read-options.ts";
import { renderLibraryAudit, renderSplitAudit } from "../../render/audit.ts";
import { type CommandContext, examples } from "../context.ts";

type AuditOptions = {
  library?: string;
  manifest?: string[];
  testSet?: string[];
  otherLibrary?: string[];
  across?: string;
  maxOverlap: number;
  failAbove?: number;
  json?: boolean;
};

type Audited = { sets: readonly AuditedSet[]; document: unknown; lines: () => string[] };
/** How many of a set were compared, and the share of them that was met. */
type AuditedSet = { compared: number; share: number };

/** `library audit`. */
export function auditCommand(context: CommandContext): Command {
  const { terminal, printJson, exit } = context;
  return new Command("audit")
    .summary("how much of test sets a library already holds")
    .description(
      "how much of test sets a library already holds: a report to put next to every score. Cases are met by the same pixels, the same picture in another form, the same patient or slide, or overlapping text; questions by overlapping text.",
    )
    .option("--library <dir>", "the library's folder (default: .medrounds/library)")
    .option(
      "--manifest <file>",
      "cases with images: JSON lines as library add reads them; repeat it",
      collect,
    )
    .option(
      "--test-set <file>",
      "questions: JSON lines, BEIR queries or MIRAGE's benchmark.json; repeat it",
      collect,
    )
    .option("--other-library <dir>", "the cases of another library; repeat it", collect)
    .option("--across <field>", "compare the parts of each --manifest by this field instead, such as split")
    .option("--max-overlap <share>", "tell what shares more than this with a text", readShare, 0.5)
    .option(
      "--fail-above <share>",
      "exit with 1 where a greater share of a set is met, or nothing of it could be compared",
      readShare,
    )
    .option("--json", "print one JSON document, with every match")
    .addHelpText(
      "after",
      examples(
        "medrounds library audit --test-set benchmark.json",
        "medrounds library audit --manifest test/manifest.jsonl --fail-above 0",
        "medrounds library audit --manifest all.jsonl --across split",
        "medrounds library audit --other-library ./site-b",
      ),
    )
    .action(async (options: AuditOptions) => {
      const progress = createProgress("Comparing");
      const work = options.across === undefined ? auditWholeLibrary : auditParts;
      const { sets, document, lines } = await work(options, context, progress.show).finally(progress.end);
      if (options.json) printJson(document);
      else for (const line of lines()) terminal.write(line);
      const { failAbove } = options;
      if (
        failAbove !== undefined &&
        sets.some(({ compared, share }) => compared === 0 || share > failAbove)
      ) {
        exit(1);
      }
    });
}

type Show = ReturnType<typeof createProgress>["show"];

async function auditWholeLibrary(
  options: AuditOptions,
  { terminal, signal }: CommandContext,
  onProgress: Show,
): Promise<Audited> {
  const { library: folder = ".medrounds/library", maxOverlap: maximum } = options;
  const { manifest: manifests = [], testSet: testSets = [], otherLibrary = [] } = options;
  if (manifests.length + testSets.length + otherLibrary.length === 0) {
    throw wrongUse("Give a --manifest, a --test-set or an --other-library to compare the library with.");
  }
  const { openLibraryAt, auditLibrary } = await import("#assembly");
  using opened = new DisposableStack();
  const library = opened.use(await openLibraryAt(folder));
  const otherLibraries = [];
  for (const other of otherLibrary) otherLibraries.push(opened.use(await openLibraryAt(other)));
  const chosen = { library, otherLibraries, manifests, testSets, maximum };
  const audit = await auditLibrary({ ...chosen, onProgress, signal });
  const sets = [
    ...audit.sets.map(toSet),
    ...audit.testSets.map(({ questions, share }) => ({ compared: questions, share })),
  ];
  return { sets, document: audit, lines: () => renderLibraryAudit(audit, terminal) };
}

async function auditParts(
  options: AuditOptions,
  { terminal, signal }: CommandContext,
  onProgress: Show,
): Promise<Audited> {
  const { library, manifest = [], testSet = [], otherLibrary = [], maxOverlap: maximum } = options;
  const { across: field = "" } = options;
  if (manifest.length === 0) throw wrongUse("Give a --manifest whose parts are to be compared.");
  if (library !== undefined || testSet.length + otherLibrary.length > 0) {
    throw wrongUse("With --across a manifest is compared with itself: leave libraries and test sets out.");
  }
  const { auditSplits } = await import("#assembly");
  const audits: Awaited<ReturnType<typeof auditSplits>>[] = [];
  for (const file of manifest) audits.push(await auditSplits({ file, field, maximum, onProgress, signal }));
  return {
    sets: audits.flatMap(({ sets }) => sets.map(toSet)),
    document: { manifests: audits },
    lines: () =>
      audits.flatMap((audit, index) => [...(index > 0 ? [""] : []), ...renderSplitAudit(audit, terminal)]),
  };
}

function toSet({ queries, share }: { queries: number; share: number }): AuditedSet {
  return { compared: queries, share };
}

function wrongUse(message: string): MedRoundsError {
  return new MedRoundsError("usage-invalid", message);
}
