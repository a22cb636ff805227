import { MedRoundsError } from "#contracts";
import type { ExportFormat } from "./export-format.ts";
import { exportFormats } from "./list.ts";

/** The form of this name for this file. Throws `usage-invalid` with the names that there are. */
export function findExportFormat(name: string, file: string): ExportFormat {
  const named = exportFormats.filter((one) => one.name === name);
  const fitting = named.find(({ ending }) => ending !== undefined && file.endsWith(ending));
  const format = fitting ?? named.find(({ ending }) => ending === undefined);
  if (format) return format;
  const names = [...new Set(exportFormats.map((one) => one.name))].join(", ");
  const message = `There is no form ${name.slice(0, 40)} to export; there are ${names}.`;
  throw new MedRoundsError("usage-invalid", message, { name: name.slice(0, 40) });
}
