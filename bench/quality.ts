/**
 * Measures the built-in reader on chest X-rays: is there pneumonia or no finding, by similar cases of other patients alone.
 * The image asked about and its patient are left out of each search. Needs ../shared/data.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToLibrary, openLibraryAt, openPassageSearch, prepareRound, roundFromEvents } from "#assembly";
import { wilsonInterval } from "#statistics";

const set = join(import.meta.dirname, "../../shared/data/cxr_nih");
const options = [
  { label: "A", text: "Pneumonia" },
  { label: "B", text: "No Finding" },
];

type Row = { file: string; labels: string[]; patient_id: string; view: string };
const rows = (await readFile(join(set, "manifest.jsonl"), "utf8"))
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Row)
  .filter(({ labels }) => labels.includes("Pneumonia") !== labels.includes("No Finding"));
/** One image a patient, so that each trial counts once. */
const trials = [...new Map(rows.map((row) => [row.patient_id, row])).values()];

const folder = await mkdtemp(join(tmpdir(), "medrounds-quality-"));
try {
  using library = await openLibraryAt(join(folder, "library"), { create: true });
  await addToLibrary({ library, paths: [set] });
  await using search = await openPassageSearch({ library });
  for (const view of ["", "PA", "AP"]) {
    const chosen = trials.filter((row) => view === "" || row.view === view);
    let right = 0;
    let answered = 0;
    let abstainedRight = 0;
    for (const row of chosen) {
      const ready = await prepareRound({
        library,
        search,
        question: "",
        images: [join(set, row.file)],
        options,
      });
      const round = roundFromEvents(await Array.fromAsync(ready.run()));
      const truth = row.labels.includes("Pneumonia") ? "A" : "B";
      const [leading] = [...round.differential].sort((a, b) => b.probability - a.probability);
      if (leading?.label === truth) abstainedRight++;
      if (round.abstained) continue;
      answered++;
      if (round.choice === truth) right++;
    }
    const show = (part: number, whole: number) => {
      const [low, high] = wilsonInterval({ proportion: part / whole, sampleSize: whole });
      return `${(part / whole).toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}, ${part} of ${whole})`;
    };
    console.log(
      `${view || "all views"}: ${chosen.length} patients, ${chosen.filter((row) => row.labels.includes("Pneumonia")).length} with pneumonia`,
    );
    console.log(`  right where it answers  ${show(right, answered)}`);
    console.log(`  answers                 ${show(answered, chosen.length)}`);
    console.log(`  right if forced         ${show(abstainedRight, chosen.length)}`);
  }
} finally {
  await rm(folder, { recursive: true });
}
