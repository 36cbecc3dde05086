/**
 * The fields of a line, spaces around them taken off. A quote counts as one where a field begins and where it ends;
 * any other is text, as in `1" meter`.
 * @returns undefined when a quote is not closed
 */
export function csvFields(line: string, delimiter: string): string[] | undefined {
  const parts = line.split(delimiter);
  if (!line.includes('"')) return parts.map((part) => part.trim());
  const fields: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    let field = (parts[index] ?? "").trim();
    if (field.startsWith('"')) {
      if (field.indexOf('"', 1) === field.length - 1 && field.length > 1) {
        fields.push(field.slice(1, -1).trim());
        continue;
      }
      // A delimiter within quotes has cut the field.
      while (!isClosed(field)) {
        const next = parts[++index];
        if (next === undefined) return undefined;
        field = `${field}${delimiter}${next}`.trimEnd();
      }
      field = field.slice(1, -1).replaceAll('""', '"').trim();
    }
    fields.push(field);
  }
  return fields;
}

/** Whether a field that begins with a quote ends with one that closes it: not with the second of a pair. */
function isClosed(field: string): boolean {
  const quotes = /"+$/.exec(field.slice(1))?.[0].length ?? 0;
  return quotes % 2 === 1;
}
