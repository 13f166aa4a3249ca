import { review } from '../../src/engine/review.js';
import { openPackage, packageDomain } from '../../src/package/index.js';
import { emptyPolicy } from './emptyPolicy.js';

// Prints the gaps of one control over a folder; run by a test as a user who may not see everything. Nothing is closed to
// root, so root becomes another user, once its modules are loaded: that user may not be allowed to read this project.
const [, , folder = '', control = ''] = process.argv;
if (process.getuid?.() === 0) {
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}
const { results } = await review(packageDomain, await openPackage(folder), {
  policy: emptyPolicy,
  target: { kind: 'package', name: 'acme' },
  asOf: new Date(0),
  audited: [],
  only: [control],
});
console.log(results.flatMap(({ gaps }) => gaps.map(({ detail }) => detail)).join('\n'));
