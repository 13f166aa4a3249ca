/** What a session id can flow through, out of Apex source. Names are in lower case, since Apex does not know case. */
export type Expression =
  | { kind: 'text'; value: string; place: Place }
  | { kind: 'name'; name: string }
  | { kind: 'member'; of: Expression; name: string; written: string }
  | { kind: 'call'; of?: Expression; name: string; written: string; args: readonly Expression[]; place: Place }
  | { kind: 'new'; type: string; args: readonly Expression[]; place: Place }
  | { kind: 'assign'; target: Expression; value: Expression }
  /** `value`: the result is made of its parts; otherwise (a comparison, an index) it says nothing of them. */
  | { kind: 'parts'; parts: readonly Expression[]; value: boolean };

export type Place = { line: number; column: number };

export type Method = {
  name: string;
  /** The name as written. */
  label: string;
  parameters: ReadonlyArray<{ name: string; type: string }>;
  /** Called from outside: global, a web service, an annotation such as `@AuraEnabled`. */
  exposed?: boolean;
  /** `undefined`: of an interface, or abstract. */
  body?: readonly Expression[];
  returns: readonly Expression[];
  /** Names of parameters and local variables, and their types. */
  locals: ReadonlyMap<string, string>;
};

export type ApexClass = {
  /** `outer` or `outer.inner`. */
  name: string;
  /** As written. */
  label: string;
  extends?: string;
  fields: ReadonlyMap<string, { type: string; open: boolean; exposed: boolean }>;
  methods: readonly Method[];
};

export type ApexFile = { path: string; classes: readonly ApexClass[] };

/** What is known of a value: session ids, literals, types and pages that may be in it. */
export type Marks = ReadonlySet<string>;
