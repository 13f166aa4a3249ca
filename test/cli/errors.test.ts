import { expect } from 'chai';
import { failure } from '../../src/cli/errors.js';

describe('cli/errors', () => {
  it('shows no character of a name that a terminal would act on, and keeps lines and their indentation', () => {
    const evil = '\u001B]0;title\u0007\u001B[2J\u202Egpj.exe\u0000';
    const { message, actions } = failure(1, 'Broken', `holds: ${evil}\n  line 2`, [`Rename ${evil}`]);
    expect(message).to.equal('holds: gpj.exe\n  line 2');
    expect(actions).to.deep.equal(['Rename gpj.exe']);
  });

  it('carries the exit code and no cause', () => {
    const error = failure(2, 'Wrong', 'x');
    expect(error).to.include({ name: 'Wrong', exitCode: 2 });
    expect(error.cause).to.equal(undefined);
  });
});
