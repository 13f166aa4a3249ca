// Loaded into a measured process: on exit it writes what the process computed (ms) to the file in START_FILE, and with
// START_MODULES the modules that it loaded. Counting them costs time, so a run does one or the other.
import { registerHooks } from 'node:module';
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.START_FILE;
if (isMainThread && file !== undefined) {
  const modules = [];
  if (process.env.START_MODULES === 'true') {
    registerHooks({
      load: (url, context, next) => {
        if (!url.startsWith('node:')) modules.push(url);
        return next(url, context);
      },
    });
  }
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(file, JSON.stringify({ milliseconds: (user + system) / 1000, modules }));
  });
}
