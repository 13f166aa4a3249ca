import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { parseApex } from '../../src/package/sessions/apex/parse.js';
import { decoded } from '../../src/package/source/folderTree.js';
import { parseXml, type XmlElement } from '../../src/package/parsing/xml.js';
import { readZip } from '../../src/package/source/zipTree.js';

/** Something that holds for every input of a reader; `weight` is its share of a campaign. */
type Property = { name: string; weight: number; property: fc.IAsyncProperty<unknown[]> };

const most = { total: 2 ** 26, file: 2 ** 24 };
/** One input, whatever it is, may take this long: a reader that hangs does not come back at all. */
const milliseconds = 10_000;

const ensure = (holds: boolean, said: string): void => {
  if (!holds) throw new Error(said);
};
const timed = async (work: () => Promise<void> | void): Promise<void> => {
  const start = performance.now();
  await work();
  ensure(performance.now() - start < milliseconds, 'It took too long.');
};
const property = <T>(
  name: string,
  weight: number,
  input: fc.Arbitrary<T>,
  holds: (value: T) => Promise<void> | void
): Property => ({
  name,
  weight,
  property: fc.asyncProperty(input, (value) => timed(() => holds(value))) as unknown as Property['property'],
});

// ---- XML

type Written = { name: string; text: string; children: readonly Written[] };
const names = fc.constantFrom('oauthConfig', 'scopes', 'callbackUrl', 'label', 'values', 'a-b', 'x.y');
const { tree: writtenTree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      name: names,
      // What a reader may trim is not looked at.
      text: fc.string({ unit: fc.constantFrom(...'ab<>&"\'é€😀0;#x-]!') }),
      children: fc.constant([]),
    }),
    fc.record({ name: names, text: fc.constant(''), children: fc.array(tie('tree'), { minLength: 1, maxLength: 5 }) })
  ),
}));
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const printed = ({ name, text, children }: Written): string =>
  `<${name}>${escaped(text)}${children.map(printed).join('\n')}</${name}>`;
const plain = ({ name, text, children }: XmlElement): Written => ({
  name,
  text,
  children: children.map(plain),
});
const document = fc
  .array(writtenTree, { minLength: 1, maxLength: 5 })
  .map((children) => ({ name: 'Root', text: '', children }));
const xmlPieces = fc.constantFrom(
  '<a>',
  '</a>',
  '<a/>',
  '<b>x</b>',
  '<',
  '>',
  '&',
  '&#10;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x?>',
  '<!DOCTYPE a>',
  ' x="1"',
  '\0',
  '\uFEFF',
  '</',
  '/>',
  '"',
  "'",
  'x',
  '\n',
  '<a:b>',
  '</a:b>',
  '<__proto__>'
);
const soup = (pieces: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    fc.string({ maxLength: 200, unit: 'binary' })
  );

const xml: readonly Property[] = [
  property('XML: what was printed is read', 3, document, (written) => {
    const parsed = parseXml(printed(written));
    ensure('root' in parsed, `refused: ${JSON.stringify(parsed)}`);
    if ('root' in parsed) {
      const trimmed = (one: Written): Written => ({
        ...one,
        text: one.text.trim(),
        children: one.children.map(trimmed),
      });
      ensure(
        JSON.stringify(plain(parsed.root)) === JSON.stringify(trimmed(written)),
        JSON.stringify(plain(parsed.root))
      );
    }
  }),
  property(
    'XML: what was cut is refused',
    3,
    fc.tuple(document, fc.double({ min: 0, max: 0.999, noNaN: true })),
    ([written, part]) => {
      const text = printed(written);
      ensure('problem' in parseXml(text.slice(0, Math.floor(text.length * part))), 'a part was taken for the whole');
    }
  ),
  property('XML: whatever it is, it is read or refused', 4, soup(xmlPieces), (text) => {
    const parsed = parseXml(text);
    ensure('root' in parsed || parsed.problem !== '', 'neither');
  }),
];

// ---- zip

const paths = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[A-Za-z_ ]{1,8}){0,2}\.cls$/), {
  minLength: 1,
  maxLength: 5,
});
const packed = fc
  .tuple(
    paths,
    fc.array(fc.string({ maxLength: 300, unit: 'grapheme' }), { minLength: 5, maxLength: 5 }),
    fc.constantFrom(0 as const, 6 as const)
  )
  .map(([all, texts, level]) => {
    const files = Object.fromEntries(all.map((path, index) => [path, texts[index] ?? '']));
    const content = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
    return { files, bytes: Buffer.from(zipSync(content, { level })) };
  });

/** What of these files comes out of the bytes as something else than it went in. */
const changedIn = async (bytes: Buffer, files: Readonly<Record<string, string>>): Promise<string[]> => {
  const tree = readZip(bytes, most);
  if ('why' in tree) return [];
  const read = await Promise.all(
    tree.paths.map((path) =>
      tree.read(path).then(
        (text) => [path, text] as const,
        (error: NodeJS.ErrnoException) => {
          ensure(typeof error.code === 'string', `threw ${String(error)}`);
          return [path, undefined] as const;
        }
      )
    )
  );
  return read.flatMap(([path, text]) =>
    text === undefined || text === decoded(Buffer.from(files[path] ?? text)) ? [] : [path]
  );
};

const zip: readonly Property[] = [
  property('zip: what was packed is read', 2, packed, async ({ files, bytes }) => {
    const tree = readZip(bytes, most);
    ensure('paths' in tree && tree.unseen.length === 0, JSON.stringify(tree));
    if ('paths' in tree) ensure(tree.paths.join() === Object.keys(files).sort().join(), tree.paths.join());
    ensure((await changedIn(bytes, files)).length === 0, 'another text came out');
  }),
  property(
    'zip: what was cut is refused',
    2,
    fc.tuple(packed, fc.double({ min: 0, max: 0.999, noNaN: true })),
    ([{ bytes }, part]) => {
      ensure(
        'why' in readZip(bytes.subarray(0, Math.floor(bytes.length * part)), most),
        'a part was taken for the whole'
      );
    }
  ),
  property(
    'zip: where a byte was changed, a file has its text or none',
    4,
    fc.tuple(packed, fc.nat(), fc.nat(255)),
    async ([{ files, bytes }, at, byte]) => {
      bytes[at % bytes.length] = byte;
      ensure((await changedIn(bytes, files)).length === 0, 'another text came out');
    }
  ),
  property('zip: bytes of any kind are read or refused', 2, fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const tree = readZip(Buffer.from(bytes), most);
    ensure('paths' in tree || tree.why !== '', 'neither');
  }),
];

// ---- Apex

const statements = fc.array(
  fc.constantFrom(
    'String s = UserInfo.getSessionId();',
    "a.b(c, 'd');",
    'for (A x : [SELECT Id FROM A]) { x.y = z; }',
    'if (a < b && (Boolean) c) { return; } else { throw new E(); }',
    'List<Map<String, A>> q = new List<Map<String, A>>{ null };',
    'try { insert x; } catch (Exception e) { } finally { y(); }',
    'switch on a { when 1 { b(); } when else { c(); } }',
    'x = y ? z[0] : (A) b.c().d;'
  ),
  { maxLength: 6 }
);
const apexPieces = fc.constantFrom(
  '{',
  '}',
  '(',
  ')',
  "'",
  '"',
  ';',
  '<',
  '>',
  '[',
  ']',
  'new ',
  '.',
  'class A',
  '/*',
  '*/',
  '//',
  '\n',
  '\\',
  '\0',
  '@IsTest ',
  'UserInfo.getSessionId()',
  '= ',
  '+ ',
  '(A)',
  '? ',
  ': ',
  'void m',
  ', ',
  'return ',
  '€'
);
const apexClass = statements.map(
  (all) => `public class A { String f = 'x'; void m(String p) {\n${all.join('\n')}\n} }`
);

const apex: readonly Property[] = [
  property('Apex: a class is read with its method', 1, apexClass, async (text) => {
    const parsed = await parseApex('A.cls', text);
    ensure('path' in parsed, JSON.stringify(parsed));
    if ('path' in parsed)
      ensure(
        parsed.classes.some(({ methods }) => methods.some(({ name }) => name === 'm')),
        'no method'
      );
  }),
  property(
    'Apex: what was cut is refused',
    1,
    fc.tuple(apexClass, fc.double({ min: 0, max: 0.99, noNaN: true })),
    async ([text, part]) => {
      ensure(
        !('path' in (await parseApex('A.cls', text.slice(0, Math.floor((text.length - 1) * part))))),
        'a part was taken for the whole'
      );
    }
  ),
  property('Apex: whatever it is, it is read or refused', 2, soup(apexPieces), async (text) => {
    const parsed = await parseApex('A.cls', text);
    ensure('path' in parsed || parsed.line === undefined || parsed.line > 0, JSON.stringify(parsed));
  }),
];

export const properties: readonly Property[] = [...xml, ...zip, ...apex];
