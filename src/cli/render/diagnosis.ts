import { relative } from "node:path";
import type { Diagnosis } from "#assembly";
import { hang, plain, type Terminal, wrap } from "../terminal.ts";
import { count } from "./count.ts";
import { renderTable } from "./table.ts";

type ModelCheck = NonNullable<Diagnosis["model"]>;

/** A diagnosis in words: versions, settings, library, model, what this machine has, and what to mend. */
export function renderDiagnosis(diagnosis: Diagnosis, terminal: Terminal): string[] {
  const { versions, settings, library, model, webSearch, local, packages, findings } = diagnosis;
  const { medrounds, node, platform } = versions;
  const title = (text: string) => ["", terminal.paint("strong", text)];
  const rows = settings.map(({ name, value, from }) => [name, plain(value ?? "–"), sayOrigin(from)]);
  return [
    `MedRounds ${medrounds}, Node ${node}, ${platform}`,
    ...(rows.length > 0 ? [...title("Settings"), ...renderTable(rows)] : []),
    ...(library ? [...title("Library"), wrap(sayLibrary(library), terminal.width)] : []),
    ...(model ? [...title("Model"), ...renderModel(model, terminal)] : []),
    ...(webSearch ? [...title("Search of the web"), wrap(sayWebSearch(webSearch), terminal.width)] : []),
    ...title("Model servers at the usual ports of this machine"),
    ...(local.length === 0 ? ["None answers."] : []),
    ...local.map(({ endpoint, program, models }) =>
      wrap(`${endpoint} (${program}'s port): ${listed(models)}`, terminal.width),
    ),
    ...title("Optional packages"),
    ...renderTable(
      packages.map(({ name, for: purpose, installed }) => [
        name,
        installed ? "installed" : "not installed",
        `for ${purpose}`,
      ]),
    ),
    ...findings.flatMap((finding) => renderFinding(finding, terminal)),
    "",
    diagnosis.sound ? "All that is configured works." : "What is marked as broken does not work.",
  ];
}

function sayOrigin(from: Diagnosis["settings"][number]["from"]): string {
  switch (from?.type) {
    case "option":
      return from.option;
    case "environment":
      return from.variable;
    case "file":
      return `${plain(relative(process.cwd(), from.file) || from.file)}, line ${from.line}`;
    default:
      return "default";
  }
}

function sayLibrary({ folder, passages, cases }: NonNullable<Diagnosis["library"]>): string {
  const holds = passages === null ? "none" : `${count(passages, "passage")}, ${count(cases ?? 0, "case")}`;
  return `${plain(folder)}: ${holds}`;
}

function renderModel(check: ModelCheck, terminal: Terminal): string[] {
  const { endpoint, model, loopback, key, reachable, served, capabilities } = check;
  if (endpoint === null) return ["None: the built-in reader answers from what is retrieved."];
  const place = loopback === null ? "" : loopback ? " (this machine)" : " (another machine)";
  const rows = [
    ["Endpoint", `${plain(endpoint)}${place}`],
    ["Model", plain(model ?? "–")],
    ["Key", sayKey(key)],
    ["Reachable", reachable === null ? "not known" : reachable ? "yes" : "no"],
    ...(served === null ? [] : [["Serves", listed(served)]]),
    ...(capabilities === null ? [] : capabilityRows(capabilities)),
  ];
  const indent = " ".repeat(19);
  return rows.map(([name = "", value = ""]) => name.padEnd(19) + hang(value, terminal.width, indent));
}

function sayKey(key: ModelCheck["key"]): string {
  if (key === null) return "none";
  if (!key.set) return `${key.variable} is not set`;
  return `in ${key.variable}${key.sent ? "" : ", not sent"}`;
}

function capabilityRows(found: NonNullable<ModelCheck["capabilities"]>): string[][] {
  const say = (value: boolean | null) => (value === null ? "not known" : value ? "yes" : "no");
  const { images, continuation } = found;
  const most = images?.most;
  const taken = most === 0 ? "no" : most === null ? "yes" : `at most ${most} in one request`;
  return [
    ["Images", images === null ? "not known" : taken],
    ["Log-probabilities", say(found.logprobs)],
    ["Continues a turn", continuation === null ? "no, or not known" : `by ${continuation}`],
    ["Calls functions", say(found.tools)],
    ["Stop strings", say(found.stop)],
    ["Keeps to a schema", say(found.responseSchema)],
  ];
}

function renderFinding({ severity, message, cure }: Diagnosis["findings"][number], terminal: Terminal) {
  const label = severity === "broken" ? "Broken " : "Missing";
  const indent = " ".repeat(label.length + 2);
  return [
    "",
    `${terminal.paint(severity === "broken" ? "failure" : "quiet", label)}  ${hang(plain(message), terminal.width, indent)}`,
    `${indent}${hang(cure, terminal.width, indent)}`,
  ];
}

function sayWebSearch({ service, host, keySet }: NonNullable<Diagnosis["webSearch"]>): string {
  if (service === null) return "None (MEDROUNDS_WEB_SEARCH is not set).";
  const place = host === null ? "" : ` at ${plain(host)}`;
  return `${plain(service)}${place}, ${keySet ? "with a key" : "without a key"} (MEDROUNDS_WEB_SEARCH)`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(plain).join(", ");
  return names.length === 0
    ? "no model"
    : `${shown}${names.length > 12 ? ` and ${names.length - 12} more` : ""}`;
}
