// Runs the AppExchange rules of Code Analyzer's PMD engine over a folder: node codeAnalyzer.mjs <where it is installed> <folder>.
// The packages are no dependencies of this project; what they export is known to the bench alone.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [installed, folder] = process.argv.slice(2);
const load = createRequire(join(installed, 'package.json'));
const { CodeAnalyzer, CodeAnalyzerConfig } = load('@salesforce/code-analyzer-core');
const { PmdCpdEnginesPlugin } = load('@salesforce/code-analyzer-pmd-engine');

const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
await analyzer.addEnginePlugin(new PmdCpdEnginesPlugin());
const workspace = await analyzer.createWorkspace([folder]);
const rules = await analyzer.selectRules(['pmd:AppExchange'], { workspace });
const results = await analyzer.run(rules, { workspace });
console.log(JSON.stringify({ rules: rules.getCount(), violations: results.getViolationCount() }));
