/** What a value can flow through, out of Apex source. Names are in lower case, since Apex ignores case. */
export type Expression =
  | { kind: 'text'; value: string; place: Place }
  /** `null`, a boolean, a query: nothing that is followed. `records`: the type of custom metadata that a query reads. */
  | { kind: 'nothing'; records?: string }
  | { kind: 'name'; name: string; written: string }
  | { kind: 'member'; of: Expression; name: string; written: string }
  | Call
  | Creation
  /** `append`: `+=`. */
  | { kind: 'assign'; target: Expression; value: Expression; append?: boolean }
  /** Texts that are joined with `+`. */
  | { kind: 'join'; parts: readonly Expression[] }
  /** One of the branches: `a ? b : c`, `a ?? b`. */
  | { kind: 'choice'; asked: readonly Expression[]; branches: readonly Expression[] }
  /** A comparison, a negation: the answer does not contain what was asked about. */
  | { kind: 'question'; parts: readonly Expression[] }
  /** Anything else that is made of its parts. */
  | { kind: 'parts'; parts: readonly Expression[] };

export type Call = {
  kind: 'call';
  of?: Expression;
  name: string;
  written: string;
  args: readonly Expression[];
  place: Place;
};
/** `args`: of the constructor, or the elements of a collection, keys and values of a map in turn. */
export type Creation = { kind: 'new'; type: string; args: readonly Expression[]; place: Place };

export type Place = { line: number; column: number };

/** One expression of a body, in the order of the text. */
export type Step = {
  kind: 'do' | 'return';
  value: Expression;
  /** Inside a branch or a loop, so that it may not run. */
  nested: boolean;
  looped: boolean;
};

export type Method = {
  name: string;
  /** The name as written. */
  label: string;
  /** What it returns; empty for a constructor and for initial values. */
  type: string;
  parameters: ReadonlyArray<{ name: string; type: string }>;
  /** Called from outside: global, a web service, an annotation such as `@AuraEnabled`. */
  exposed?: boolean;
  /** Exposed, but only to components and pages of the same namespace: `@AuraEnabled`, `@RemoteAction`. */
  byComponents?: boolean;
  /** `undefined`: of an interface, or abstract, or a call of a web service. */
  steps?: readonly Step[];
  /** Names of parameters and local variables, and their types. */
  locals: ReadonlyMap<string, string>;
};

export type Field = { type: string; exposed: boolean };

export type ApexClass = {
  /** `outer` or `outer.inner`. */
  name: string;
  /** As written. */
  label: string;
  extends?: string;
  implements: readonly string[];
  /** Of an enum. */
  constants?: ReadonlyMap<string, string>;
  fields: ReadonlyMap<string, Field>;
  methods: readonly Method[];
};

export type ApexFile = { path: string; classes: readonly ApexClass[] };
/** A method in its class and file. */
export type Scope = { owner: ApexClass; method: Method; file: string };
