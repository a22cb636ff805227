import type * as Arrow from "apache-arrow";
import { checkVector } from "./check-vector.ts";
import type { CollectionSchema, Row, ScannedRow, TextRow } from "./collection.ts";

/** The Arrow schema of a collection. */
export function arrowSchemaOf(arrow: typeof Arrow, { text, terms, vector }: CollectionSchema): Arrow.Schema {
  const fields = ["id", ...text, ...(terms ? [terms] : [])].map(
    (name) => new arrow.Field(name, new arrow.Utf8(), false),
  );
  if (vector) {
    const item = new arrow.Field("item", new arrow.Float32(), true);
    const list = new arrow.FixedSizeList(vector.dimension, item);
    fields.push(new arrow.Field(vector.column, list, false) as never);
  }
  return new arrow.Schema(fields);
}

/** Rows as an Arrow table. Throws `vector-invalid`. */
export function arrowTableOf(request: {
  arrow: typeof Arrow;
  arrowSchema: Arrow.Schema;
  schema: CollectionSchema;
  rows: readonly Row[];
}): Arrow.Table {
  const { arrow, arrowSchema, schema, rows } = request;
  const columns: Record<string, Arrow.Vector> = {};
  for (const { name, type } of arrowSchema.fields) {
    if (name !== schema.vector?.column) {
      columns[name] = arrow.vectorFromArray(
        rows.map((row) => row[name] as string),
        new arrow.Utf8(),
      );
      continue;
    }
    const { dimension } = schema.vector;
    const values = new Float32Array(rows.length * dimension);
    rows.forEach((row, index) => {
      const vector = row[name] as Float32Array;
      checkVector({ vector, dimension, owner: row.id });
      values.set(vector, index * dimension);
    });
    const child = arrow.makeData({ type: new arrow.Float32(), data: values });
    columns[name] = arrow.makeVector(
      arrow.makeData({ type: type as Arrow.FixedSizeList, length: rows.length, child }),
    );
  }
  return new arrow.Table(arrowSchema, columns);
}

/** A row as LanceDB gives it, with its id and the named columns alone. */
export function textRow(row: Record<string, unknown>, columns: readonly string[]): TextRow {
  const result: TextRow = { id: String(row.id) };
  for (const column of columns) result[column] = String(row[column]);
  return result;
}

/** The rows of a batch; vectors are copied whole from the batch's buffer, so that they keep no batch alive. */
export function scannedRows(request: {
  batch: Arrow.RecordBatch;
  columns: readonly string[];
  vectorColumn: string | undefined;
}): ScannedRow[] {
  const { batch, columns, vectorColumn } = request;
  const names = ["id", ...columns];
  const texts = names.map((name) => batch.getChild(name));
  const vectors = vectorColumn === undefined ? undefined : batch.getChild(vectorColumn)?.data[0];
  const dimension = vectors ? (vectors.type as Arrow.FixedSizeList).listSize : 0;
  const values = vectors?.children[0]?.values as Float32Array | undefined;
  const rows: ScannedRow[] = [];
  for (let index = 0; index < batch.numRows; index++) {
    const row = {} as TextRow;
    names.forEach((name, column) => {
      row[name] = String(texts[column]?.get(index));
    });
    const start = index * dimension;
    rows.push(values ? { row, vector: values.slice(start, start + dimension) } : { row });
  }
  return rows;
}
