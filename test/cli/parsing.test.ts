import { readdirSync, readFileSync } from 'node:fs';
import { Flags, Parser } from '@oclif/core';
import { expect } from 'chai';
import { parsed } from '../../src/cli/parsing.js';

const flags = { 'output-file': Flags.string() };
const parse = (argv: string[]): Promise<unknown> => parsed(Parser.parse(argv, { flags }));
const errorOf = async (argv: string[]): Promise<{ message: string; exitCode?: number; actions?: string[] }> => {
  try {
    await parse(argv);
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error('It was parsed.');
};

describe('the command line', () => {
  it('answers a flag without its value as every wrong command line: exit code 2, and a next step', async () => {
    const { message, exitCode, actions } = await errorOf(['--output-file']);
    expect(message).to.equal('--output-file has no value.');
    expect(exitCode).to.equal(2);
    expect(actions).to.have.length(1);
  });

  it('leaves other errors to sf, and a good command line as it is', async () => {
    expect((await errorOf(['--no-such-flag'])).message).to.match(/^Nonexistent flag: --no-such-flag/);
    expect(await parse(['--output-file', 'a.html'])).to.have.nested.property('flags.output-file', 'a.html');
  });

  it('is read this way by each command', () => {
    const folder = new URL('../../src/commands/security-review/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const source = readFileSync(new URL(file, folder), 'utf8');
      expect(source, file).to.match(/\bparsed\(this\.parse\(\w+\)\)/);
    }
  });
});
