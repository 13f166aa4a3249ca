import { expect } from 'chai';
import { windowOf } from '../../src/cli/timeWindow.js';

const now = new Date('2026-11-23T10:00:00.000Z');
const refusalOf = (since: string | undefined, until?: string): string => {
  try {
    windowOf(since, until, now);
    return 'nothing';
  } catch (error) {
    const { name, exitCode } = error as { name: string; exitCode: number };
    return `${name} ${exitCode}`;
  }
};

describe('the period of an incident', () => {
  const cases: ReadonlyArray<
    [name: string, since: string | undefined, until: string | undefined, is: string, open: boolean]
  > = [
    ['the last seven days', undefined, undefined, '2026-11-16T10:00:00.000Z 2026-11-23T10:00:00.000Z', true],
    ['from a day on', '2026-11-01', undefined, '2026-11-01T00:00:00.000Z 2026-11-23T10:00:00.000Z', true],
    [
      'from a moment on',
      '2026-11-01T08:00:00+02:00',
      undefined,
      '2026-11-01T06:00:00.000Z 2026-11-23T10:00:00.000Z',
      true,
    ],
    [
      'a day as an end counts whole',
      '2026-11-20',
      '2026-11-20',
      '2026-11-20T00:00:00.000Z 2026-11-21T00:00:00.000Z',
      false,
    ],
    [
      'today as an end counts as far as it has come',
      '2026-11-20',
      '2026-11-23',
      '2026-11-20T00:00:00.000Z 2026-11-23T10:00:00.000Z',
      true,
    ],
    [
      'seven days before an end',
      undefined,
      '2026-11-10T08:00:00Z',
      '2026-11-03T08:00:00.000Z 2026-11-10T08:00:00.000Z',
      false,
    ],
  ];
  for (const [name, since, until, is, open] of cases) {
    it(`is ${name}`, () => {
      const window = windowOf(since, until, now);
      expect([`${window.since} ${window.until}`, window.open]).to.deep.equal([is, open]);
    });
  }

  const refused: ReadonlyArray<[name: string, since: string | undefined, until: string | undefined, error: string]> = [
    ['a beginning after the end', '2026-11-20', '2026-11-19', 'EmptyWindow 2'],
    ['a beginning at the end', '2026-11-20T08:00:00Z', '2026-11-20T08:00:00Z', 'EmptyWindow 2'],
    ['a beginning in the future', '2026-11-24', undefined, 'FutureWindow 2'],
    ['an end in the future', '2026-11-20', '2026-11-24', 'FutureWindow 2'],
    ['words', 'yesterday', undefined, 'NoMoment 2'],
    ['a day that does not exist', '2026-02-30', undefined, 'NoMoment 2'],
    ['an empty end', undefined, '', 'NoMoment 2'],
  ];
  for (const [name, since, until, error] of refused) {
    it(`is not ${name}`, () => expect(refusalOf(since, until)).to.equal(error));
  }
});
