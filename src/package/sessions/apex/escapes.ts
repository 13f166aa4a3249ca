import type { SalesforceApi } from '../../../salesforce/sessionIds.js';
import type { SessionUse } from '../../facts.js';
import { contentsIn, holdsSession } from '../sinks.js';
import type { Memory } from './taintStore.js';
import type { ApexClass, ApexFile, Marks, Method, Place } from './syntax.js';

/** What is known of the package besides the files that were parsed. */
export type Surroundings = {
  /** Whether a Visualforce page shows a session id; `undefined`: it is not in the package. */
  showsSession: (page: string) => boolean | undefined;
  /** Classes that WSDL2Apex made, by name, and the API that they call: their calls are where the trail ends. */
  generated: ReadonlyMap<string, SalesforceApi | undefined>;
};

export type ApexSource = Place & { file: string; label: string; method: string; source: string; key: string };
/** A method or a field that holds a session id for whoever asks. */
export type Handed = {
  owner: ApexClass;
  file: string;
  name: string;
  /** As written. */
  label: string;
  /** Reached from outside of the package or by the platform. */
  exposed: boolean;
  /** Some caller of the method was followed. */
  called: boolean;
  marks: Marks;
};
export type Trail = {
  sources: readonly ApexSource[];
  /** By key of the source. */
  uses: ReadonlyMap<string, readonly SessionUse[]>;
  /** Classes that are named where a session id is handled, parsed or not. */
  reached: ReadonlySet<string>;
  handed: readonly Handed[];
};

/** What is left in the hands of others when all was followed; its callers may yet call it a session id. */
export const handedOut = (files: readonly ApexFile[], read: Memory['read'], called: ReadonlySet<Method>): Handed[] =>
  files
    .flatMap(({ path: file, classes }) =>
      classes.flatMap((owner): Handed[] => [
        ...owner.methods.map((method) => ({
          owner,
          file,
          name: method.name,
          label: method.label,
          exposed: method.exposed ?? false,
          called: called.has(method),
          marks: read({ root: method, path: 'return' }),
        })),
        ...[...owner.fields].map(([name, { exposed }]) => ({
          owner,
          file,
          name,
          label: name,
          exposed,
          // Whoever reads a field that nobody else sees was followed.
          called: true,
          marks: read({ root: owner, path: name }),
        })),
      ])
    )
    .filter(({ marks }) => holdsSession(marks) || contentsIn(marks).length > 0);
