import { appFile, appTypes } from '../parsing/appFiles.js';
import { child, childrenNamed, parseXml } from '../parsing/xml.js';

/** What a `package.xml` says: the namespace of a 1GP, and which files of the folder it lists. */
type Manifest = {
  namespace?: string;
  lists: (path: string) => boolean;
  /** The parts of apps that it lists by name. */
  named: ReadonlyArray<{ type: string; name: string }>;
};

/**
 * Reads a `package.xml`. A file that it does not list is not deployed. Only the files of apps are looked up; any
 * other counts as listed, so that nothing is left out by mistake.
 */
export const readManifest = (text: string): Manifest | { problem: string } => {
  const parsed = parseXml(text);
  if ('problem' in parsed) return parsed;
  if (parsed.root.name !== 'Package') return { problem: `The root element is ${parsed.root.name}, not Package.` };
  const members = new Map<string, Set<string>>();
  for (const types of childrenNamed(parsed.root, 'types')) {
    const [type, another] = childrenNamed(types, 'name').map(({ text: name }) => name);
    if (type === undefined || another !== undefined)
      return { problem: 'A types element does not name exactly one type.' };
    const listed = members.get(type) ?? new Set<string>();
    childrenNamed(types, 'members').forEach(({ text: member }) => listed.add(member));
    members.set(type, listed);
  }
  const namespace = child(parsed.root, 'namespacePrefix')?.text;
  return {
    ...(namespace ? { namespace } : {}),
    named: [...members]
      .filter(([type]) => Object.values(appTypes).includes(type))
      .flatMap(([type, names]) => [...names].filter((name) => name !== '*').map((name) => ({ type, name }))),
    lists: (path) => {
      const file = appFile(path);
      const type = file && appTypes[file.suffix];
      if (!file || type === undefined) return true;
      const listed = members.get(type);
      return listed !== undefined && (listed.has('*') || listed.has(file.name));
    },
  };
};
