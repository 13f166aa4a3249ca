// Loaded into every sf of a test: what nobody caught is written down. It changes nothing about what happens next.
const { appendFileSync } = require('node:fs');

const file = process.env['UNCAUGHT_FILE'];
if (file) {
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    appendFileSync(file, `${origin}: ${error && error.stack ? error.stack : String(error)}\n`);
  });
}
