/** A stream of a PDF page that shows each line at its height above the page's lower border, in points. */
export function pdfLines(lines: readonly [text: string, height: number][]): string {
  return `BT /F1 12 Tf ${lines.map(([text, height]) => `1 0 0 1 72 ${height} Tm (${text}) Tj`).join("\n")} ET`;
}

/**
 * A PDF 1.4 with a page for each stream, written by hand. `filter` is what the streams were packed with; `trailer` adds entries to the
 * trailer, `title` is the one in the document's information.
 */
export function tinyPdf(
  streams: readonly (string | Buffer)[],
  options: { title?: string; filter?: string; trailer?: string } = {},
): Buffer {
  const { title, filter = "", trailer = "" } = options;
  const kids = streams.map((_, index) => `${5 + 2 * index} 0 R`).join(" ");
  const objects: Buffer[] = [
    `<< /Type /Catalog /Pages 2 0 R >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${streams.length} >>`,
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>`,
    title === undefined ? "<< >>" : `<< /Title (${title}) >>`,
  ].map((object) => Buffer.from(object));
  streams.forEach((stream, index) => {
    const content = Buffer.from(stream);
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + 2 * index} 0 R >>`,
      ),
      Buffer.concat([
        Buffer.from(`<< /Length ${content.length} ${filter} >>\nstream\n`),
        content,
        Buffer.from("\nendstream"),
      ]),
    );
  });
  const parts = [Buffer.from("%PDF-1.4\n")];
  let length = parts[0]?.length ?? 0;
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    offsets.push(length);
    length += part.length;
    parts.push(part);
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
