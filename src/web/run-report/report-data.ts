import type { Report, ReportIndex, ReportSample } from "#contracts";
import { shorten } from "../plain-text.ts";
import { nameArm } from "./arm-name.ts";

/** A report with its samples, of which the details come when they are asked for. */
export type OpenReport = {
  report: Report;
  index: ReportIndex;
  /** What a reader calls the arms of the index. */
  armNames: readonly string[];
  /** A row of the index in full. Rejects where the file that holds it is not beside the report any more. */
  load(row: number): Promise<ReportSample>;
};

declare global {
  interface Window {
    /** What the files beside a report call with their samples. */
    medroundsReport?: (chunk: number, samples: readonly ReportSample[]) => void;
  }
}

const chunksKept = 8;

/** The report that this document holds. Throws `SyntaxError` where it holds none. */
export function openReport(): OpenReport {
  const report: Report = readElement("report");
  const index: ReportIndex = readElement("index");
  const chunks = new Map<number, Promise<readonly ReportSample[]>>();
  const read = index.chunkFiles.length === 0 ? readInline : openLoader(index.chunkFiles);
  return {
    report,
    index,
    armNames: nameArms(report, index),
    async load(row) {
      const place = index.rows.place[row] ?? 0;
      const number = index.chunkStarts.findLastIndex((start) => start <= place);
      const chunk = chunks.get(number) ?? read(number);
      chunks.delete(number);
      chunks.set(number, chunk);
      for (const oldest of chunks.keys()) if (chunks.size > chunksKept) chunks.delete(oldest);
      chunk.catch(() => chunks.delete(number));
      const sample = (await chunk)[place - (index.chunkStarts[number] ?? 0)];
      if (!sample) throw new Error("The report holds no such sample.");
      return sample;
    },
  };
}

function nameArms({ arms, dataSets }: Report, index: ReportIndex): string[] {
  return index.arms.map((id) => {
    const arm = arms.find((one) => one.id === id);
    if (!arm) return id;
    return dataSets.length > 1 ? `${nameArm(arm)} · ${shorten(arm.dataSet, 40)}` : nameArm(arm);
  });
}

function readElement<Value>(id: string): Value {
  return JSON.parse(document.getElementById(id)?.textContent ?? "") as Value;
}

async function readInline(number: number): Promise<readonly ReportSample[]> {
  return readElement(`samples-${number}`);
}

/** A page from a file may run a script beside it, and read nothing else. */
function openLoader(files: readonly string[]): (number: number) => Promise<readonly ReportSample[]> {
  const waiting = new Map<number, (samples: readonly ReportSample[]) => void>();
  window.medroundsReport = (number, samples) => waiting.get(number)?.(samples);
  return (number) =>
    new Promise((resolve, reject) => {
      const file = files[number] ?? "";
      const script = document.createElement("script");
      const end = () => {
        waiting.delete(number);
        script.remove();
      };
      waiting.set(number, (samples) => {
        end();
        resolve(samples);
      });
      script.addEventListener("error", () => {
        end();
        reject(new Error(`${file} is not beside the report.`));
      });
      script.src = file;
      document.head.append(script);
    });
}
