import type { Case, Exclusions, Label, Passage, Table, WebPage } from "#contracts";
import { hang, plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";

const indent = "   ";

/** A passage as its title, its text with the cited spans marked, and where it stands. */
export function renderPassage(request: {
  terminal: Terminal;
  number: number;
  passage: Passage;
  cited?: readonly { start: number; end: number }[];
}): string[] {
  const { terminal, number, passage } = request;
  const { title, headings, text, source, corpus } = passage;
  const path = [title, ...headings.filter((heading) => heading !== title)].map(plain).join(" · ");
  const document = source.document === source.file ? [] : [`document ${source.document}`];
  const named = [corpus, source.file, ...document].map(plain);
  const place = `${named.join(", ")}, characters ${source.start}–${source.end}`;
  return [
    numbered(terminal, number, terminal.paint("strong", hang(path, terminal.width, indent))),
    ...renderExcerpt(text, request),
    terminal.paint("quiet", wrap(place, terminal.width, indent)),
  ];
}

/** A web page as its title, its text with the cited spans, and where it is from. */
export function renderPage(request: {
  terminal: Terminal;
  number: number;
  page: WebPage;
  cited?: readonly { start: number; end: number }[];
}): string[] {
  const { terminal, number, page } = request;
  const known = [page.site, page.published, page.licence].filter((part) => part !== undefined);
  const place = [...known, ...(page.trusted ? [] : ["no trusted publisher"]), page.url]
    .map(plain)
    .join(" · ");
  return [
    numbered(terminal, number, terminal.paint("strong", hang(plain(page.title), terminal.width, indent))),
    ...renderExcerpt(page.text, request),
    terminal.paint("quiet", wrap(place, terminal.width, indent)),
  ];
}

const rowsShown = 5;

/** The rows of a query as its SQL and the first of them, a line each. */
export function renderRows(request: {
  terminal: Terminal;
  number: number;
  query: string;
  table: Table;
}): string[] {
  const { terminal, number, query, table } = request;
  const { database, columns, rows, truncated } = table;
  const lines = rows
    .slice(0, rowsShown)
    .map((row) => columns.map((column, index) => `${column} ${String(row[index] ?? "–")}`).join(" · "));
  const place = `${database}, ${count(rows.length, "row")}${truncated ? ", there were more" : ""}`;
  return [
    numbered(terminal, number, terminal.paint("strong", hang(plain(query), terminal.width, indent))),
    ...lines.map((line) => wrap(shorten(plain(line)), terminal.width, indent)),
    terminal.paint("quiet", wrap(plain(place), terminal.width, indent)),
  ];
}

/** The cited spans of a text, a line each; where none is cited, its beginning. */
function renderExcerpt(
  text: string,
  { terminal, cited = [] }: { terminal: Terminal; cited?: readonly { start: number; end: number }[] },
): string[] {
  const parts = cited.length > 0 ? cited.map(({ start, end }) => text.slice(start, end)) : [shorten(text)];
  return parts.map((part) => wrap(plain(part), terminal.width, indent));
}

/** Cases as a table: number, id, score and the labels that are present or uncertain. */
export function renderCases(
  cases: readonly { number: number; case: Case; score: number }[],
  terminal: Terminal,
): string[] {
  const idWidth = Math.max(...cases.map((item) => plain(item.case.id).length));
  return cases.map(({ number, score, case: { id, labels } }) => {
    const named = labels.filter(({ status }) => status !== "absent");
    const said = named.length === 0 ? "no labels" : named.map(renderLabel).join(", ");
    const known = plain(id).padEnd(idWidth);
    const figure = showScore(score).padStart(6);
    const column = indent.length + idWidth + figure.length + 4;
    const room = terminal.width - column >= 20;
    const rest = hang(said, terminal.width, room ? " ".repeat(column) : indent);
    const start = `${known}  ${terminal.paint("quiet", figure)}`;
    return numbered(terminal, number, room ? `${start}  ${rest}` : `${start}\n${indent}${rest}`);
  });
}

/** Three decimals, rounded down, so that only the same image reads 1.000. */
function showScore(score: number): string {
  return (Math.floor(score * 1000 + 1e-6) / 1000).toFixed(3).replace("-", "−");
}

function numbered(terminal: Terminal, number: number, text: string): string {
  return `${terminal.paint("accent", String(number).padStart(2))} ${text}`;
}

/** What a search by image left out, in words. */
export function sayExclusions(excluded: Exclusions): string[] {
  const { sameImage, nearIdentical = 0, samePatient, sameSlide } = excluded;
  return [
    ...(sameImage > 0 ? ["the image itself left out"] : []),
    ...(nearIdentical > 0 ? [`${nearIdentical} nearly identical left out`] : []),
    ...(samePatient > 0 ? [`${samePatient} of the same patient left out`] : []),
    ...(sameSlide > 0 ? [`${sameSlide} of the same slide left out`] : []),
  ];
}

function renderLabel({ name, status }: Label): string {
  return status === "present" ? plain(name) : `${plain(name)} (${status})`;
}

function shorten(text: string): string {
  return text.length <= 320 ? text : `${text.slice(0, 320).replace(/\s+\S*$/, "")} …`;
}
