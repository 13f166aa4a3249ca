import { isSeq, parseDocument } from 'yaml';

/** The text of a policy with one more entry at the end of a section; its comments and order stay. */
export function addEntry(
  text: string,
  section: readonly string[],
  entry: Readonly<Record<string, string | readonly string[]>>
): string {
  const document = parseDocument(text, { version: '1.2', schema: 'core' });
  const list: unknown = document.getIn(section, true);
  const node = document.createNode(entry);
  if (isSeq(list)) {
    // An entry over several lines does not fit in a list on one line.
    list.flow = false;
    list.add(node);
  } else {
    document.setIn(section, document.createNode([entry]));
  }
  return document.toString({ lineWidth: 0 });
}
