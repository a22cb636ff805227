import type { RowsEvidence } from "#contracts";
import { count, shorten } from "../plain-text.ts";

/** Rows of a patient record as a table, the first `limit` of them. */
export function RowsTable({ item, limit }: { item: RowsEvidence; limit: number }) {
  const { columns, rows, truncated } = item.table;
  const shown = rows.slice(0, limit).map((cells, index) => ({ cells, number: index + 1 }));
  const left = rows.length - shown.length;
  return (
    <div className="rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                <bdi>{shorten(column, 60)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ cells, number }) => (
            <tr key={number}>
              {columns.map((column, index) => (
                <td key={column}>
                  <bdi>{shorten(String(cells[index] ?? "–"), 200)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(left > 0 || truncated) && (
        <p className="remark">{left > 0 ? `${count(left, "row")} more` : "There were more rows."}</p>
      )}
    </div>
  );
}
