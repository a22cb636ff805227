import type { AddReport } from "#assembly";
import { hang, plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";

/** What an addition to a library did: counts, then what was done to images, then what was refused and why. */
export function renderReport(report: AddReport, terminal: Terminal): string[] {
  const { added, unchanged, replaced, refused, notes, seconds } = report;
  const skipped = Object.entries(report.skipped).map(([extension, files]) => `${files} ${plain(extension)}`);
  const documents = added.documents > 0 ? [sayDocuments(added)] : [];
  const lines = [
    `Added ${list([...counted(added.cases, "case"), ...documents]) || "nothing"} in ${seconds.toFixed(1)} s.`,
    ...sayCounts("Already there", unchanged),
    ...sayCounts("Replaced", replaced),
    ...sayDeidentified(report.deidentified),
    ...(skipped.length > 0 ? [`Skipped, of no known type: ${skipped.join(", ")}.`] : []),
  ];
  return [
    ...(report.interrupted ? [terminal.paint("doubt", "Interrupted; what was added so far is kept.")] : []),
    ...lines.map((line) => wrap(line, terminal.width)),
    ...(notes.length > 0 ? ["", ...renderNotes(report, terminal)] : []),
    ...(refused.length > 0 ? ["", ...renderRefusals(report, terminal)] : []),
  ];
}

function sayDeidentified({ files, ...changes }: AddReport["deidentified"]): string[] {
  const told = Object.entries(changes).map(([action, attributes]) => `${attributes} ${action}`);
  return files > 0 ? [`De-identified ${count(files, "DICOM file")}; attributes: ${told.join(", ")}.`] : [];
}

function counted(amount: number, noun: string): string[] {
  return amount > 0 ? [count(amount, noun)] : [];
}

function sayDocuments({ passages, documents }: AddReport["added"]): string {
  return `${count(passages, "passage")} of ${count(documents, "document")}`;
}

function sayCounts(what: string, { cases, documents }: { cases: number; documents: number }): string[] {
  const said = list([...counted(cases, "case"), ...counted(documents, "document")]);
  return said === "" ? [] : [`${what}: ${said}.`];
}

function list(parts: readonly string[]): string {
  return parts.join(" and ");
}

function renderNotes({ notes }: AddReport, terminal: Terminal): string[] {
  const byNote = [...Map.groupBy(notes, ({ note }) => note)];
  const left = byNote.length - notesShown;
  return [
    ...byNote.slice(0, notesShown).map(([note, files]) => {
      const others = files.length > 1 ? ` and ${files.length - 1} more` : "";
      const said = `Note: ${plain(files[0]?.file ?? "")}${others}: ${plain(note)}`;
      return hang(said, terminal.width, "  ");
    }),
    ...(left > 0 ? [`… and ${left} other notes; --json lists all.`] : []),
  ];
}

const notesShown = 20;
const refusalsShown = 50;
const widestPlace = 32;

/** A table a code: what to do once, then each file with what happened, by corpus where there are several. */
function renderRefusals({ refused }: AddReport, terminal: Terminal): string[] {
  const shown = refused.slice(0, refusalsShown);
  const places = shown.map(({ file, line }) => clip(plain(line === undefined ? file : `${file}:${line}`)));
  const width = Math.max(...places.map((place) => place.length));
  const rows = shown.map((refusal, index) => ({ ...refusal, place: (places[index] ?? "").padEnd(width) }));
  const left = refused.length - shown.length;
  const corpora = new Set(refused.map(({ corpus }) => corpus));
  return [
    terminal.paint("doubt", `Refused: ${refused.length}`),
    ...[...Map.groupBy(rows, ({ code }) => code)].flatMap(([code, items]) => [
      "",
      `${terminal.paint("strong", code)}  ${hang(items[0]?.cure ?? "", terminal.width, " ".repeat(code.length + 2))}`,
      ...[...Map.groupBy(items, ({ corpus }) => corpus)].flatMap(([corpus, ofCorpus]) => [
        ...(corpora.size > 1 && corpus !== undefined ? [`  Of the corpus ${plain(corpus)}:`] : []),
        ...ofCorpus.map(({ place, message }) => {
          const said = hang(plain(message), terminal.width, " ".repeat(width + 4));
          return `  ${terminal.paint("quiet", place)}  ${said}`;
        }),
      ]),
    ]),
    ...(left > 0 ? ["", `… and ${left} more; --json lists all.`] : []),
  ];
}

/** The end of a path says more than its beginning. */
function clip(place: string): string {
  return place.length <= widestPlace ? place : `…${place.slice(1 - widestPlace)}`;
}
