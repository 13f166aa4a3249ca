// Loaded into a measured process: on exit it writes the most memory that the process held (kB) to the file in PEAK_FILE.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  if (process.env.PEAK_FILE === undefined || process.platform !== 'linux') return;
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (peak !== undefined) writeFileSync(process.env.PEAK_FILE, peak);
});
