// Rows of text as a table: the first column is aligned left, numbers are aligned right.
export const print = (rows) => {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    );
    console.log(cells.join("  ").trimEnd());
  }
};
