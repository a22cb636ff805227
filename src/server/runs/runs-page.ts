import { medicalNotice } from "#contracts";
import type { ListedRun } from "./list-runs.ts";

const styles = `
:root { color-scheme: light dark; }
body { max-width: 960px; margin: 0 auto; padding: 24px 16px 48px; background: light-dark(#faf8f5, #0c0e11);
  color: light-dark(#1d1f22, #e6e9ee); font: 15px/24px Inter, system-ui, sans-serif; }
h1 { font-size: 21px; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: 12px 0; border-bottom: 1px solid light-dark(#e0dbd2, #262b34); overflow-wrap: anywhere; }
li a, li b { font-weight: 600; }
a { color: light-dark(#12716c, #6cc5c1); }
p { margin: 0; font-size: 13px; line-height: 20px; color: light-dark(#4c525b, #a3acb9); }
.doubt { color: light-dark(#87590a, #dfa640); }
footer { margin-top: 32px; font-size: 12px; }
`;

/** The list of runs as a page without a script. */
export function writeRunsPage(runs: readonly ListedRun[]): string {
  const list =
    runs.length === 0
      ? "<p>No run is here: medrounds eval run SUITE --out DIR makes one.</p>"
      : `<ul>${runs.map(writeRun).join("")}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Runs · MedRounds</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Runs</h1>
${list}
</main>
<footer><p>${escapeHtml(medicalNotice)}</p></footer>
</body>
</html>
`;
}

function writeRun({ name, facts, report }: ListedRun): string {
  const link = report === "none" ? `<b>${name}</b>` : `<a href="/runs/${name}/">${name}</a>`;
  const words = facts
    ? `${facts.title} · ${count(facts.arms, "arm")} · ${count(facts.samples, "sample")} · ${facts.at.slice(0, 10)}`
    : "";
  const doubts = [
    ...(facts ? [] : ["Its run.json cannot be read."]),
    ...(facts && report === "none"
      ? [`It has no report yet: medrounds eval report ${name} writes one.`]
      : []),
    ...(report === "older than scores" ? ["Its report is older than its scores; write it again."] : []),
  ];
  return `<li>${link}${paragraph(words)}${doubts.map((doubt) => paragraph(doubt, "doubt")).join("")}</li>`;
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString("en-US")} ${amount === 1 ? noun : `${noun}s`}`;
}

function paragraph(text: string, kind = ""): string {
  if (text === "") return "";
  return `<p${kind === "" ? "" : ` class="${kind}"`}>${escapeHtml(text)}</p>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, " ")
    .replace(/[&<>"]/g, (mark) => entities[mark]!);
}
