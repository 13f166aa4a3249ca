import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolate } from '../simulator/connect.js';
import { scenario, SCENARIOS } from '../simulator/index.js';
import { fieldOf, requestsOf, underFault } from '../test/support/faultCampaign.js';
import { everyFault } from '../test/support/faults.js';
import { inRoot } from './tools/paths.js';

// Every fault on what every collector asks, in every simulated org: `npm run test:faults -- [scenario …]`.
// The figures go into docs/trust.md, with the command that gave them.
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
isolate(folder);

type Name = keyof typeof SCENARIOS;
const all = Object.keys(SCENARIOS) as Name[];
const given = process.argv.slice(2);
const chosen = given.length > 0 ? all.filter((name) => given.includes(name)) : all;
if (chosen.length < given.length) throw new Error(`There is no such scenario; these are: ${all.join(', ')}.`);

/** The other org of a run costs time, and what happens to it is the same in every case. */
const besideEvery = 10;

const wrong: string[] = [];
process.on('unhandledRejection', (reason) => wrong.push(`an unhandled rejection: ${String(reason)}`));

const neighbour = scenario({
  name: 'neighbour',
  now: SCENARIOS.hardened().now,
  profiles: [{ name: 'Administrator' }],
  users: [{ username: 'admin@neighbour.example', profile: 'Administrator' }],
});

const started = performance.now();
const rows: string[] = [];
let total = 0;
let slowest = 0;
for (const name of chosen) {
  const before = performance.now();
  // eslint-disable-next-line no-await-in-loop -- faults are an org's, and a process logs in to one org at a time
  const field = await fieldOf(name, neighbour, folder);
  let cases = 0;
  for (const [collector, texts] of field.asked) {
    const ended = new Set<string>();
    for (const named of everyFault) {
      if (ended.has(named.series ?? '')) continue;
      const began = performance.now();
      // eslint-disable-next-line no-await-in-loop
      const found = await underFault(field, named, requestsOf(texts, named.fault), total % besideEvery === 0);
      if (found === 'no case') {
        if (named.series !== undefined) ended.add(named.series);
        continue;
      }
      slowest = Math.max(slowest, performance.now() - began);
      cases += 1;
      total += 1;
      for (const one of found) {
        wrong.push(`${name}, ${collector}, ${named.name}: ${one}`);
        console.log(wrong.at(-1));
      }
    }
  }
  // eslint-disable-next-line no-await-in-loop
  await field.stop();
  const seconds = Math.round((performance.now() - before) / 1000);
  console.log(`${String(cases).padStart(6)}  ${name}, ${field.asked.size} places, ${seconds} s`);
  rows.push(`| ${name} | ${field.asked.size} | ${cases.toLocaleString('en')} | ${seconds} s |`);
}
rmSync(folder, { recursive: true, force: true });

const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${String(total).padStart(6)}  cases, ${seconds} s, the slowest ${Math.round(slowest)} ms, ${wrong.length} wrong`
);
process.exitCode = wrong.length > 0 ? 1 : 0;

if (wrong.length === 0) {
  const page = inRoot('docs/trust.md');
  const text = readFileSync(page, 'utf8');
  const [begin, end] = ['<!-- begin: faults, written by `npm run test:faults` -->', '<!-- end: faults -->'];
  const [head, tail] = [text.split(begin)[0], text.split(end)[1]];
  if (head === text || tail === undefined) throw new Error(`docs/trust.md has no ${begin} … ${end}.`);
  const processor = (cpus()[0]?.model ?? 'unknown').replace(/ \d.*$/, '').trim();
  writeFileSync(
    page,
    `${head}${begin}

The last run tried **${total.toLocaleString('en')}** cases, ${everyFault.length} faults, and no verdict became better, no innocent user or app was reported, no org changed the result of another, and nothing broke. The slowest case took ${(slowest / 1000).toFixed(1)} s.

- Command: \`npm run test:faults${given.length > 0 ? ` -- ${chosen.join(' ')}` : ''}\`
- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${cpus().length} × ${processor}, node ${process.version}

| simulated org | places | cases | time |
| --- | --- | --- | --- |
${rows.join('\n')}

${end}${tail}`
  );
}
// An org that was left hanging may still keep a socket open.
process.exit();
