import { spawnSync } from 'node:child_process';

/** Whether `script` of util-linux is here, which gives a command a terminal. */
export function canHaveTerminal(): boolean {
  return (spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '').includes('util-linux');
}

/** The command line that runs a command in a terminal of 100 columns, whose text comes out of `script`. */
export function inTerminal(command: readonly string[]): readonly [string, ...string[]] {
  const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  return ['script', '-qefc', `stty cols 100; ${line}`, '/dev/null'];
}
