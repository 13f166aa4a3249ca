import type { ApexClass, Expression, Field, Method, Step } from './syntax.js';

/** What a class is made of while its members are read. `label`: as written, after the name of the outer class. */
export type Building = {
  fields: Map<string, Field>;
  methods: Method[];
  inner: ApexClass[];
  /** The initial values of the fields, and the blocks that run before a constructor. */
  initial: Body;
  label: string;
};
export type Body = { steps: Step[]; locals: Map<string, string> };
/** Where in a body a statement is. */
export type Nesting = { nested: boolean; looped: boolean };
export const straight: Nesting = { nested: false, looped: false };

/** A class before its members are read. */
export function initialClass(label: string): Building {
  return { fields: new Map(), methods: [], inner: [], initial: { steps: [], locals: new Map() }, label };
}

/** The class with its members, and its inner classes. */
export function classWith(
  { label, fields, methods, inner, initial }: Building,
  parent: string | undefined,
  interfaces: readonly string[]
): ApexClass[] {
  const all = [...methods, initialValues(initial)];
  const parents = { implements: interfaces, ...(parent === undefined ? {} : { extends: parent }) };
  return [{ name: label.toLowerCase(), label, ...parents, fields, methods: all }, ...inner];
}

/** A trigger: what it does counts as initial values. */
export function triggerWith(label: string, body: Body): ApexClass {
  return { name: label.toLowerCase(), label, implements: [], fields: new Map(), methods: [initialValues(body)] };
}

function initialValues(body: Body): Method {
  return { name: '', label: 'initial values', type: '', parameters: [], ...body };
}

/** An enum. */
export function constantsOf(label: string, names: readonly string[]): ApexClass {
  const constants = new Map(names.map((one) => [one.toLowerCase(), one] as const));
  return { name: label.toLowerCase(), label, implements: [], constants, fields: new Map(), methods: [] };
}

export function setField({ fields }: Building, name: string, type: string, modifiers: readonly string[]): void {
  fields.set(name, { type, exposed: isExposed(modifiers) });
}

/** What the getter and the setter of a property do. */
export function propertySteps({ fields, initial }: Building, name: string, body: Body): void {
  initial.steps.push(
    ...body.steps.map((step): Step =>
      step.kind === 'return' ? { ...step, kind: 'do', value: assigned(name, step.value) } : step
    )
  );
  // In a setter the new value goes by this name.
  initial.steps.push(doing(assigned('value', named(name))));
  initial.locals.set('value', fields.get(name)?.type ?? '');
  body.locals.forEach((type, local) => initial.locals.set(local, type));
}

export function methodWith(
  label: string,
  type: string,
  parameters: Method['parameters'],
  body: Body | undefined,
  modifiers: readonly string[]
): Method {
  const locals = body?.locals ?? new Map<string, string>();
  parameters.forEach((parameter) => locals.set(parameter.name, parameter.type));
  const exposed = isExposed(modifiers);
  const steps = body ? { steps: body.steps } : {};
  const byComponents = exposed && modifiers.filter((one) => isExposed([one])).every((one) => forComponents.test(one));
  return { name: label.toLowerCase(), label, type, parameters, exposed, byComponents, ...steps, locals };
}

export function assigned(name: string, value: Expression): Expression {
  return { kind: 'assign', target: named(name), value };
}

export function doing(value: Expression): Step {
  return { kind: 'do', value, ...straight };
}

export function isTest(modifier: string): boolean {
  return /^(@istest\b|testmethod$)/.test(modifier);
}

/** A query: what it reads from custom metadata may be in the package. */
export function queryOf(from: string | undefined): Expression {
  const records = from?.toLowerCase();
  return records?.endsWith('__mdt') === true ? { kind: 'nothing', records } : { kind: 'nothing' };
}

/** Two literals that are joined are one, so that a host and its path are seen together. */
export function joinedTexts(parts: readonly Expression[]): Expression {
  const flat: Expression[] = [];
  for (const part of parts.flatMap((one) => (one.kind === 'join' ? one.parts : [one]))) {
    const last = flat.at(-1);
    if (last?.kind === 'text' && part.kind === 'text')
      flat[flat.length - 1] = { ...last, value: last.value + part.value };
    else flat.push(part);
  }
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'join', parts: flat };
}

/** The value of a literal that can be a part of a text. */
export function literalText(written: string): string | undefined {
  if (!written.startsWith("'")) return /^\d[\d.]*$/.test(written) ? written : undefined;
  const quotes = written.startsWith("'''") ? 3 : 1;
  return written.slice(quotes, -quotes).replace(/\\(['"\\])/g, '$1');
}

function named(name: string): Expression {
  return { kind: 'name', name, written: name };
}

/** Components of another namespace cannot call these. */
const forComponents = /^@(?:auraenabled|remoteaction)/;

function isExposed(modifiers: readonly string[]): boolean {
  return modifiers.some((one) =>
    /^(global$|webservice$|@(auraenabled|remoteaction|invocable|http|restresource))/.test(one)
  );
}
