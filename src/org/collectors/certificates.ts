import * as z from 'zod';
import { defined } from '../../common/defined.js';
import { combine, partial } from '../../engine/evidence.js';
import type { Evidence } from '../../engine/types.js';
import type { Certificate } from '../facts.js';
import type { OrgReader } from '../client/types.js';
import { orgCollector, seeMetadata } from './shared/orgCollector.js';
import { endTime, flag, optionalTime, text } from './shared/soql.js';

const row = z.object({
  Id: z.string(),
  DeveloperName: z.string(),
  // A date in the documentation, a date-time in the WSDL; both are text that Date understands.
  ExpirationDate: text,
  CreatedDate: text.optional(),
  KeySize: z.number().nullable(),
  OptionsIsCaSigned: flag,
  OptionsIsUnusable: flag,
  OptionsIsSystemManaged: flag.optional(),
});
type Row = z.infer<typeof row>;

/** Who sees certificates is not documented, so the Metadata API, whose permission is known, has to name no others. */
export const certificates = orgCollector<readonly Certificate[]>({
  reads: ['Certificate (Tooling)', 'Certificate (Metadata API)'],
  requires: [seeMetadata],
  collect: async (org) => {
    const [rows, listed] = await Promise.all([rowsOf(org), org.listMetadata('Certificate')]);
    return combine([missingOf(rows, listed), listed], (found) => found.map(certificateOf));
  },
});

const rowsOf = async (org: OrgReader): Promise<Evidence<readonly Row[]>> => {
  // The documentation of Certificate has neither of the columns; its WSDL has CreatedDate, and lately the other one.
  let rows = await rowsWithout(org, []);
  for (const missing of [['OptionsIsSystemManaged'], ['CreatedDate'], ['OptionsIsSystemManaged', 'CreatedDate']]) {
    if (rows.status !== 'unavailable' || rows.gap.kind !== 'not-supported') break;
    // eslint-disable-next-line no-await-in-loop -- each only after the one before was refused
    rows = await rowsWithout(org, missing);
  }
  return rows;
};

const rowsWithout = (org: OrgReader, missing: readonly string[]): Promise<Evidence<readonly Row[]>> => {
  const asked = Object.keys(row.shape).filter((column) => !missing.includes(column));
  // A column that was asked for and not sent was not read, above all whether Salesforce manages the certificate.
  const whole = row.refine((one) => asked.every((column) => column in one));
  return org.toolingQuery(`SELECT ${asked.join(', ')} FROM Certificate`, whole);
};

const missingOf = (rows: Evidence<readonly Row[]>, listed: Evidence<readonly string[]>): Evidence<readonly Row[]> => {
  if (rows.status !== 'complete' || listed.status !== 'complete') return rows;
  const seen = new Set(rows.value.map(({ DeveloperName }) => DeveloperName));
  const missing = listed.value.filter((name) => !seen.has(name));
  if (missing.length === 0) return rows;
  const detail = `Salesforce did not send the certificates ${missing.join(', ')}.`;
  return partial(rows.value, { kind: 'unreadable', detail });
};

/** Tooling API, Certificate: a self-signed one lasts a year with 2048 bits, two years with 4096. */
const termInYears = new Map([
  [2048, 1],
  [4096, 2],
]);

const certificateOf = (one: Row): Certificate => {
  const expires = one.ExpirationDate ? endTime(one.ExpirationDate) : undefined;
  const created = optionalTime(one.CreatedDate);
  const derived = created === undefined && one.OptionsIsCaSigned === false ? begun(expires, one.KeySize) : undefined;
  return defined<Certificate>({
    id: one.Id,
    name: one.DeveloperName,
    expires,
    created: created ?? derived,
    derived: derived !== undefined,
    unusable: one.OptionsIsUnusable === true,
    systemManaged: one.OptionsIsSystemManaged === true ? true : undefined,
    managerUnknown: typeof one.OptionsIsSystemManaged === 'boolean' ? undefined : true,
  });
};

const begun = (expires: string | undefined, keySize: number | null | undefined): string | undefined => {
  const years = termInYears.get(keySize ?? 0);
  if (expires === undefined || years === undefined) return undefined;
  const time = new Date(expires);
  time.setUTCFullYear(time.getUTCFullYear() - years);
  return time.toISOString();
};
