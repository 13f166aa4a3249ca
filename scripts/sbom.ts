import { writeFileSync } from 'node:fs';
import { billOfMaterials } from './tools/productionDependencies.js';
import { inRoot } from './tools/paths.js';

// Made for a release, next to its tarball; it follows from package-lock.json and is not kept in the repository.
const bom = billOfMaterials();
writeFileSync(inRoot('sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
console.log(`written: sbom.cdx.json, ${bom.components.length} packages`);
