/** A table without what every object has: a file may have the suffix `constructor`. */
export function suffixTable<Row>(rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> {
  return Object.assign(Object.create(null) as Record<string, Row>, rows);
}
