import { MedRoundsError } from "#contracts";
import { writeError } from "#platform";

/** Bytes of one row at the most: its images are in it, as base64. */
const rowLimit = 256 * 1024 * 1024;

/**
 * Makes a Parquet file of a file of rows, by the optional package DuckDB, which streams; the same rows give the same bytes with the same
 * DuckDB. `columns` tells DuckDB's type of each column; that named `images` holds the base64 of files and becomes verl's `{bytes}`.
 * Throws `records-client-missing`, `path-unwritable` and `disk-full`.
 */
export async function writeParquet(request: {
  rows: string;
  file: string;
  columns: Readonly<Record<string, string>>;
}): Promise<void> {
  const { rows, file, columns } = request;
  const api = await import("@duckdb/node-api").catch(() => {
    throw new MedRoundsError("records-client-missing", "Parquet files are written by the package DuckDB.");
  });
  const instance = await api.DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: "2GB",
    threads: "1",
  });
  const connection = await instance.connect();
  try {
    const types = Object.entries(columns).map(([name, type]) => `${quoted(name)}: ${literal(type)}`);
    const source = `read_json(${literal(rows)}, format = 'newline_delimited', columns = {${types.join(", ")}}, maximum_object_size = ${rowLimit})`;
    const selected = Object.keys(columns).map((name) =>
      name === "images"
        ? "list_transform(images, image -> {'bytes': from_base64(image)}) AS images"
        : quoted(name),
    );
    await connection.run(
      `COPY (SELECT ${selected.join(", ")} FROM ${source}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } catch (error) {
    if (!/no space left/i.test(String(error))) throw writeError(error, file);
    throw new MedRoundsError(
      "disk-full",
      "There is no space left to write the Parquet file.",
      {},
      { cause: error },
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
