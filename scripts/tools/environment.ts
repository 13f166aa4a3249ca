/**
 * What a program needs of the machine. No other variable reaches sf or a test: CI, COLORTERM, SF_TARGET_ORG or GIT_DIR of
 * the user who runs the tests would change what it does and prints.
 */
export const OF_THE_MACHINE = ['TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'NODE_COMPILE_CACHE'];

/** Where programs and their settings are. */
const OF_THE_USER = ['PATH', 'PATHEXT', 'HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'ProgramFiles'];

/** What a developer chooses for a run of the tests. */
const OF_THE_RUN = ['CASE', 'UPDATE_GOLDEN', 'CHROMIUM_PATH', 'NODE_NO_WARNINGS'];

/** Removes every other variable from this process. */
export function clearEnvironment(): void {
  const kept = new Set([...OF_THE_MACHINE, ...OF_THE_USER, ...OF_THE_RUN].map((name) => name.toUpperCase()));
  for (const name of Object.keys(process.env)) if (!kept.has(name.toUpperCase())) delete process.env[name];
}
