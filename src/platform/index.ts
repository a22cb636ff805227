/**
 * What every room above may need from the machine: environment, files (also compressed), downloads, archives,
 * patience with servers, hashing, JSON lines, concurrency.
 * Knows nothing of medicine. Imports contracts only.
 */
export { readBoundedFile } from "./bounded-file.ts";
export { splitLines } from "./byte-lines.ts";
export { checkYaml, lineOfKey, sayFlaw } from "./checked-yaml.ts";
export { type Piece, readPieces, uncompressedName } from "./compressed.ts";
export { mapConcurrently } from "./concurrency.ts";
export { type ConfigurationFile, readConfigurationFile } from "./configuration-file.ts";
export { reportDefect } from "./defect.ts";
export {
  checkFile,
  type DownloadedFile,
  downloadedBytes,
  downloadFile,
  type ExpectedFile,
} from "./download.ts";
export { downloadJson } from "./download-json.ts";
export type { Patience } from "./download-retry.ts";
export { readEnvironment, readVariable } from "./environment.ts";
export { digestFile } from "./file-digest.ts";
export { fileError, writeError } from "./file-error.ts";
export { lockFile, readLockState } from "./file-lock.ts";
export { containedPath, safeRelativePath, writeFileAtomically } from "./files.ts";
export { canonicalJson, sha256 } from "./hash.ts";
export { type JsonLine, lineTooLong, parseJsonLines, readJsonLines } from "./json-lines.ts";
export { type LineFile, openLineFile } from "./line-file.ts";
export { isLoopback } from "./loopback.ts";
export { openOutlet } from "./outlet.ts";
export { parseJson } from "./parse-json.ts";
export { isRunningProcess, ownProcessMark } from "./process-mark.ts";
export { readRetryAfter } from "./retry.ts";
export { createServerPatience, type ServerPatience } from "./server-patience.ts";
export {
  fileKeyOf,
  optionOf,
  readWritten,
  type SettingName,
  type SettingValues,
  settingSchemas,
  variableOf,
} from "./setting-schemas.ts";
export { unpackTar } from "./unpack-tar.ts";
export { productVersion } from "./version.ts";
