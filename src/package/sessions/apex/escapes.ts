import type { SalesforceApi } from '../../../salesforce/sessionIds.js';
import type { PackageComponent } from '../../parsing/component.js';
import { mayBeSession, type Marks } from './marks.js';
import type { Program } from './program.js';
import type { ApexClass, Method, Place } from './syntax.js';
import type { TaintStore } from './taintStore.js';

/** What is known of the package besides the files that were parsed. */
export type Surroundings = {
  /** Whether a Visualforce page shows a session id; `undefined`: it is not in the package. */
  showsSession: (page: string) => boolean | undefined;
  /** Classes that WSDL2Apex made, by name, and the API that they call: their calls are where the trail ends. */
  generated: ReadonlyMap<string, SalesforceApi | undefined>;
  /** Properties of controllers that a page fills with a session id. */
  filled: readonly FilledProperty[];
};

/** A session id that markup assigns to a property of a controller: `assignTo="{!token}"`. */
export type FilledProperty = {
  /** The markup. */
  file: string;
  component: PackageComponent;
  line: number;
  offset: number;
  source: string;
  /** The controller and the extensions, in lower case; one of them has the property. */
  classes: readonly string[];
  /** In lower case; `config.token` is a field of a property. */
  property: string;
  /** A flow gives it to an action: a field of an inner class too, or a parameter of the method. */
  isInput?: true;
};

/** `page`: the markup that takes the session id, where no code of the class does. */
export type ApexSource = Place & {
  file: string;
  label: string;
  method: string;
  source: string;
  key: string;
  page?: FilledProperty;
};

/** A method or a field that gives a session id to its caller. */
export type Handed = {
  owner: ApexClass;
  file: string;
  name: string;
  /** As written. */
  label: string;
  /** Reached from outside of the package or by the platform. */
  exposed: boolean;
  /** Exposed only to components and pages of the package. */
  byComponents: boolean;
  /** Some caller of the method was followed. */
  called: boolean;
  marks: Marks;
};

/** What is left to the code around when everything was followed; its callers may yet call it a session id. */
export function handedOut(
  { scopes }: Program,
  { store, called }: { store: TaintStore; called: ReadonlySet<Method> }
): Handed[] {
  const files = new Map(scopes.map(({ owner, file }) => [owner, file]));
  return [...files]
    .flatMap(([owner, file]) => [
      ...owner.methods.map((method) => ({
        owner,
        file,
        name: method.name,
        label: method.label,
        exposed: method.exposed ?? false,
        byComponents: method.byComponents ?? false,
        called: called.has(method),
        marks: store.read({ root: method, path: 'return' }),
      })),
      ...[...owner.fields].map(([name, { exposed }]) => ({
        owner,
        file,
        name,
        label: name,
        exposed,
        byComponents: false,
        // Code that reads a field was followed.
        called: true,
        marks: store.read({ root: owner, path: name }),
      })),
    ])
    .filter(({ name, marks }) => name !== '' && name !== 'new' && mayBeSession(marks));
}
