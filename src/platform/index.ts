/**
 * What every room above may need from the machine: environment, files, hashing, JSON lines, concurrency.
 * Knows nothing of medicine. Imports contracts only.
 */
export { readBoundedFile } from "./bounded-file.ts";
export { mapConcurrently } from "./concurrency.ts";
export { reportDefect } from "./defect.ts";
export { readEnvironment } from "./environment.ts";
export { fileError, writeError } from "./file-error.ts";
export { containedPath, writeFileAtomically } from "./files.ts";
export { canonicalJson, sha256 } from "./hash.ts";
export { type JsonLine, readJsonLines } from "./json-lines.ts";
export { isLoopback } from "./loopback.ts";
export { isRunningProcess, ownProcessMark } from "./process-mark.ts";
export { productVersion } from "./version.ts";
