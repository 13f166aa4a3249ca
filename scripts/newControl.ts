import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newControl } from './tools/newControl.js';
import { inRoot } from './tools/paths.js';

// npm run new-control -- org/<name> [--severity high] [--rule <id of the rule that it checks>]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { severity: { type: 'string', default: 'medium' }, rule: { type: 'string' } },
});
const made = await newControl(
  positionals[0],
  values.severity,
  (file) => (existsSync(inRoot(file)) ? readFileSync(inRoot(file), 'utf8') : undefined),
  values.rule
);
if ('refused' in made) {
  console.error(made.refused);
  process.exitCode = 2;
} else {
  for (const [file, text] of Object.entries(made.files)) {
    writeFileSync(inRoot(file), text);
    console.log(`written: ${file}`);
  }
  console.log(['', 'Next:', ...made.next.map((step) => `  ${step}`)].join('\n'));
}
