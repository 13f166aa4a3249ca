import { review } from '../../src/engine/review.js';
import { openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from './emptyPolicy.js';

// Prints the gaps of one control over a folder; run by a test as a user who may not see everything.
const [, , folder = '', control = ''] = process.argv;
const { results } = await review(packageDomain, await openPackage(folder), {
  policy: emptyPolicy,
  target: { kind: 'package', name: 'acme' },
  asOf: new Date(0),
  audited: [],
  only: [control],
});
console.log(results.flatMap(({ gaps }) => gaps.map(({ detail }) => detail)).join('\n'));
