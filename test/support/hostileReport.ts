import type { Report } from '../../src/engine/types.js';
import { hostile } from './hostileNames.js';

/** What would load, run or send something, if a page took it for more than text. */
const hostileMarkup = [
  '</script><script>alert(1)</script>',
  '</style><style>@import "https://evil.example/x.css"</style>',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<svg onload=alert(1)><script href="https://evil.example/x.js"/></svg>',
  '"><img src="https://evil.example/x.png" onerror="alert(1)">',
  "' onmouseover='alert(1)' x='",
  '<iframe src="javascript:alert(1)"></iframe><base href="https://evil.example/">',
  '--><form action="https://evil.example/"><input autofocus onfocus=alert(1)>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  'javascript:alert(1)',
  'https://evil.example/',
  'https://help.salesforce.com@evil.example/',
  '{{constructor.constructor("alert(1)")()}}',
  '\u0000</title><script>alert(1)</script>',
];
const all = [...Object.values(hostile), ...hostileMarkup];

/** The report with every string in it, whatever it stands for, replaced by something hostile; `all` stands for a list. */
export const hostileReport = (report: Report): Report => {
  let next = 0;
  return JSON.parse(
    JSON.stringify(report, (_, value: unknown) =>
      typeof value === 'string' && value !== 'all' ? all[next++ % all.length] : value
    )
  ) as Report;
};

/** The report with every name and sentence made hostile, and what the tool itself writes (verdicts, dates) left as it is. */
export const hostileNamesIn = (report: Report): Report => {
  const own = new Set([
    'kind',
    'verdict',
    'severity',
    'gate',
    'asOf',
    'since',
    'drift',
    'expires',
    'on',
    'failOn',
    'inconclusive',
    'fingerprint',
  ]);
  let next = 0;
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      typeof value === 'string' && value !== 'all' && !own.has(key) ? `${value} ${all[next++ % all.length]}` : value
    )
  ) as Report;
};
