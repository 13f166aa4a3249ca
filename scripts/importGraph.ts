/** Prints the rooms of src by floor, with their arrows, and every cycle. Usage: npm run graph [-- src/package] */
import { findCycles, floorsOf, readGraph, roomsBelow } from './tools/importGraph.js';
import { inRoot } from './tools/paths.js';

const [, , root = 'src'] = process.argv;
const { imports, arrows } = readGraph(inRoot('src'));
const shown = root === 'src' ? arrows : roomsBelow(arrows, root.replace(/^src\//, ''));
const floors = floorsOf(shown);
const count = [...shown.values()].reduce((sum, targets) => sum + targets.size, 0);
const highest = Math.max(...floors.values());
console.log(`${root}: ${shown.size} rooms, ${highest} floors, ${count} arrows`);
for (let floor = highest; floor > 0; floor--) {
  console.log(`\nFloor ${floor}`);
  for (const [room, targets] of shown) {
    if (floors.get(room) === floor) console.log(`  ${room} → ${[...targets].sort().join(', ') || '(none)'}`);
  }
}
for (const [what, cycles] of [
  ['rooms', findCycles(shown)],
  ['files', findCycles(imports)],
] as const) {
  console.log(`\nCycles of ${what}: ${cycles.map((cycle) => cycle.join(', ')).join(' | ') || 'none'}`);
}
