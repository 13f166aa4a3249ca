// For eslint-plugin-import: an import names the compiled `.js` file, the tree has its `.ts` or `.tsx` source.
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

exports.interfaceVersion = 2;

exports.resolve = (name, importer) => {
  // Where a library lies matters to no rule.
  if (!name.startsWith('.')) return { found: true, path: null };
  const path = join(dirname(importer), name);
  const source = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path].find(existsSync);
  return source === undefined ? { found: false } : { found: true, path: source };
};
