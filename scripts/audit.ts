import { npm, production } from './tools/productionDependencies.js';
import { root } from './tools/paths.js';

// Known vulnerabilities of the packages that an installation of the plugin brings. Not part of `npm test`, which works offline.
type Audit = { message?: string; vulnerabilities?: Record<string, { severity: string }> };

const { stdout, stderr } = npm(['audit', '--json'], root);
const answer = ((): Audit => {
  try {
    return JSON.parse(stdout) as Audit;
  } catch {
    return { message: stderr.trim().split('\n').at(-1) };
  }
})();
// Not `--omit dev`: npm then also leaves out what a development dependency needs.
const installed = new Set(production().map(([path]) => path.split('node_modules/').at(-1)));
const known = Object.entries(answer.vulnerabilities ?? {}).filter(([name]) => installed.has(name));
if (answer.vulnerabilities === undefined) {
  console.log(`Not audited, the registry gave no answer: ${answer.message ?? 'it gave no reason'}`);
} else if (known.length === 0) {
  console.log(`Nothing is known against the ${installed.size} packages that are installed with the plugin.`);
} else {
  known.forEach(([name, { severity }]) => console.error(`${severity}: ${name}`));
  console.error('What to do: npm audit.');
  process.exitCode = 1;
}
