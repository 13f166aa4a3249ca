// For `node --import`: loads TypeScript as `compile.ts` has compiled it. An import names the `.js` file of a `.ts` or
// `.tsx` source.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url).href;
const compiled = new URL('node_modules/.cache/security-review/compiled/', root).href;

/** Where the compiled text of a source lies, whether it is there or not. */
const textOf = (url) => fileURLToPath(`${url.replace(root, compiled)}.js`);

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.startsWith(root)) {
      const { href } = new URL(specifier, context.parentURL);
      const source = ['.ts', '.tsx']
        .map((ending) => href.replace(/\.js$/, ending))
        .find((url) => existsSync(textOf(url)));
      if (source !== undefined) return { url: source, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url.startsWith(root) && /\.tsx?$/.test(url) && !url.startsWith(`${root}node_modules/`)) {
      return { format: 'module', source: readFileSync(textOf(url), 'utf8'), shortCircuit: true };
    }
    return next(url, context);
  },
});
