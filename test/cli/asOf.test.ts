import { expect } from 'chai';
import { evaluationDate, parseAsOf } from '../../src/cli/asOf.js';

const collected = new Date('2026-11-23T10:00:00.000Z');
const judged = async (text: string): Promise<string> => evaluationDate(await parseAsOf(text), collected).toISOString();
const refusal = async (text: string): Promise<{ exitCode: number; message: string }> =>
  judged(text).then(
    () => Promise.reject(new Error(`${text} was not refused`)),
    (error: unknown) => error as { exitCode: number; message: string }
  );

describe('--as-of', () => {
  it('is the moment of the evidence when it is not given', () => {
    expect(evaluationDate(undefined, collected)).to.equal(collected);
  });

  const cases: ReadonlyArray<[string, string, string]> = [
    ['a later day begins at midnight UTC', '2026-12-31', '2026-12-31T00:00:00.000Z'],
    ['the day of the evidence is the moment of the evidence', '2026-11-23', '2026-11-23T10:00:00.000Z'],
    ['the very moment', '2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['a moment of another time zone', '2026-11-23T11:30:00+01:00', '2026-11-23T10:30:00.000Z'],
    ['a leap day', '2028-02-29', '2028-02-29T00:00:00.000Z'],
  ];
  for (const [name, text, moment] of cases) {
    it(name, async () => expect(await judged(text)).to.equal(moment));
  }

  for (const text of ['2026-11-22', '2026-11-23T09:59:59.999Z', '2026-11-23T10:30:00+01:00', '0001-01-01']) {
    it(`refuses ${text}, which lies before the evidence`, async () => {
      const { exitCode, message } = await refusal(text);
      expect(exitCode).to.equal(2);
      expect(message).to.contain(text).and.to.contain(collected.toISOString());
    });
  }

  for (const text of ['', 'today', '2026-02-30', '2026-13-01', '20261231', '2026-12-31T10:00', '+010000-01-01']) {
    it(`refuses "${text}", which is no date`, async () => {
      const { exitCode, message } = await refusal(text);
      expect(exitCode).to.equal(2);
      expect(message).to.match(/is no value of --as-of/);
    });
  }
});
