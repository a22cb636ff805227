import type { ExportFormat } from "./export-format.ts";
import { inspectArchive } from "./inspect/inspect-archive.ts";
import { inspectLog } from "./inspect/inspect-log.ts";
import { jsonLines } from "./json-lines.ts";
import { ralmPath } from "./ralm-path.ts";

/** The forms in which an arm can be exported. */
export const exportFormats: readonly ExportFormat[] = [inspectLog, inspectArchive, ralmPath, jsonLines];
