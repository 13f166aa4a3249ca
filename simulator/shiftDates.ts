import type { Scenario } from './scenario.js';

const moment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|\+0000))?$/;

/**
 * The same org at another time: every date in it moves by the same span. The scenarios have a fixed day, so that tests give the
 * same answer for ever; a tool that lives by the real clock needs an org of today.
 */
export function moveTo(scenario: Scenario, now: Date): Scenario {
  const days = Math.round((now.getTime() - Date.parse(scenario.now)) / 86_400_000);
  const moved = (text: string): string => {
    const time = new Date(Date.parse(text) + days * 86_400_000).toISOString();
    return text.length === 10 ? time.slice(0, 10) : time;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return moment.test(value) ? moved(value) : value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
  };
  return walk(scenario) as Scenario;
}
