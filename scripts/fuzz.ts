import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import fc from 'fast-check';
import { properties } from '../test/support/properties.js';
import { inRoot } from './tools/paths.js';

// Tries the readers of files with made-up input for some minutes: `npm run fuzz -- [minutes] [seed]`.
const [minutes = 5, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const shares = properties.reduce((sum, { weight }) => sum + weight, 0);
const rows: string[] = [];
let total = 0;
for (const { name, weight, property } of properties) {
  const end = performance.now() + (minutes * 60_000 * weight) / shares;
  let tried = 0;
  // In portions, each with a seed of its own, so that a failure can be repeated by itself.
  for (let portion = 0; performance.now() < end; portion += 1) {
    // eslint-disable-next-line no-await-in-loop
    const details = await fc.check(property, { seed: seed + portion, numRuns: 500 });
    tried += details.numRuns;
    if (details.failed) {
      console.error(`${name}\n${fc.defaultReportMessage(details) ?? ''}`);
      process.exit(1);
    }
  }
  total += tried;
  console.log(`${String(tried).padStart(8)}  ${name}`);
  rows.push(`| ${name} | ${tried.toLocaleString('en')} |`);
}
console.log(`${String(total).padStart(8)}  inputs, and nothing broke`);
writeFileSync(
  inRoot('docs/robustness.md'),
  `<!-- Written by \`npm run fuzz\`. -->

# Robustness

\`check-package\` reads untrusted files. Every input ends in a finding, a gap or one clear error, in bounded time and memory. The table of hostile input
in [test/package/hostile.test.ts](../test/package/hostile.test.ts) contains bombs, links, pipes, wrong sizes and names with terminal escapes. In
addition, generated input is tried on the readers of XML, zip files and Apex. \`npm test\` repeats a few
hundred inputs; the last long campaign tried **${total.toLocaleString('en')}**, and nothing broke.

- Command: \`npm run fuzz -- ${minutes}\`, seed ${seed}
- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${cpus().length} × ${
    cpus()[0]
      ?.model.replace(/ \\d.*$/, '')
      .trim() ?? 'unknown'
  }, node ${process.version}

| claim | inputs tried |
| --- | --- |
${rows.join('\n')}

## Limits

| of | limit | beyond it |
| --- | --- | --- |
| one file | 16 MB | a gap |
| a zip | 256 MB, 1 GB unpacked, paths of 4,096 characters | an error |
| a folder | 500,000 files | an error |
| XML | 300,000 elements, 10,000 characters in one tag | a gap |
| Apex | 1,500,000 characters, 500 levels, 50,000 and 25 for each character token look-ups, at most 20,000,000 | a gap |
| rows in Apex | 100 casts, 100 types in one another, 200 fields of fields | a gap |
| comments in integrations | 200,000,000 characters looked at because of open tags, 20,000 blanks in a row | comments count as code |
| a policy | 50 levels | an error |
| evidence, reports and drafts | 200 levels | an error |

The work of every regular expression in src grows no faster than the text: [test/regexes.test.ts](../test/regexes.test.ts) counts
the steps of each on repetitions of what it matches.

One run of check-package (NPSP) and two of audit-org (org broken, answers after 100 ms) were stopped with SIGSTOP for a minute and went on:
each gave the report of the run without a pause, but for its times (2026-11-30). The time of a request counts only while the process runs:
[test/runningTime.test.ts](../test/runningTime.test.ts).
`
);
