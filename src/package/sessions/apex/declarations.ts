import {
  ClassDeclarationContext,
  ConstructorDeclarationContext,
  DeleteStatementContext,
  DoWhileStatementContext,
  EnhancedForControlContext,
  EnumDeclarationContext,
  ExpressionContext,
  FieldDeclarationContext,
  ForStatementContext,
  IfStatementContext,
  InsertStatementContext,
  InterfaceDeclarationContext,
  InterfaceMethodDeclarationContext,
  LocalVariableDeclarationContext,
  MemberDeclarationContext,
  MethodDeclarationContext,
  ModifierContext,
  PropertyDeclarationContext,
  ReturnStatementContext,
  SwitchStatementContext,
  ThrowStatementContext,
  TriggerUnitContext,
  UpdateStatementContext,
  UpsertStatementContext,
  WhileStatementContext,
  CatchClauseContext,
  type ApexParserRuleContext,
  type FormalParametersContext,
  type VariableDeclaratorsContext,
} from '@apexdevtools/apex-parser';
import { childrenOf, expressionOf, positionOf } from './expressions.js';
import type { PlainField } from './plainFields.js';
import type { ApexClass, Expression, Method, Step } from './syntax.js';

type Fields = Map<string, { type: string; open: boolean; exposed: boolean }>;
/** Fields that were taken out of the file before it was parsed, by class. */
type Plain = ReadonlyMap<string, readonly PlainField[]>;
type Building = { fields: Fields; methods: Method[]; inner: ApexClass[]; initial: Body; label: string; plain: Plain };
type Body = { steps: Step[]; locals: Map<string, string> };
/** Where in a body a statement is. */
type Nesting = { nested: boolean; looped: boolean };
const straight: Nesting = { nested: false, looped: false };

/** The classes of a file, inner ones too; of test classes and test methods nothing. */
export const classesOf = (unit: ApexParserRuleContext, plain: Plain): ApexClass[] => {
  if (unit instanceof TriggerUnitContext) {
    const label = unit.id(0).getText();
    const method = { name: '', label: 'initial values', type: '', parameters: [], ...bodyOf(unit.triggerBlock()) };
    return [{ name: label.toLowerCase(), label, implements: [], fields: new Map(), methods: [method] }];
  }
  const [type] = childrenOf(unit);
  const declaration = type && childrenOf(type).at(-1);
  return type && declaration ? declared(declaration, modifiersOf(type), '', plain) : [];
};

const declared = (
  declaration: ApexParserRuleContext,
  modifiers: readonly string[],
  outer: string,
  plain: Plain
): ApexClass[] => {
  if (modifiers.some(isTest)) return [];
  if (declaration instanceof EnumDeclarationContext) return [enumOf(declaration, outer)];
  const isClass = declaration instanceof ClassDeclarationContext;
  if (!isClass && !(declaration instanceof InterfaceDeclarationContext)) return [];
  const label = `${outer}${declaration.id().getText()}`;
  const initial: Body = { steps: [], locals: new Map() };
  const building: Building = { fields: new Map(), methods: [], inner: [], initial, label, plain };
  for (const { name, type, modifiers: written, value } of plain.get(label.toLowerCase()) ?? []) {
    building.fields.set(name, { type, ...visibleAs(written) });
    if (value) initial.steps.push(doing(assigned(name, value)));
  }
  const parent = isClass ? declaration.typeRef()?.getText().toLowerCase() : undefined;
  childrenOf(isClass ? declaration.classBody() : declaration.interfaceBody()).forEach((one) =>
    addMember(building, one)
  );
  const methods = [...building.methods, { name: '', label: 'initial values', type: '', parameters: [], ...initial }];
  const { fields, inner } = building;
  const interfaces = declaration.typeList()?.typeRef_list() ?? [];
  const parents = {
    implements: interfaces.map((one) => one.getText().toLowerCase()),
    ...(parent ? { extends: parent } : {}),
  };
  return [{ name: label.toLowerCase(), label, ...parents, fields, methods }, ...inner];
};

function enumOf(declaration: EnumDeclarationContext, outer: string): ApexClass {
  const label = `${outer}${declaration.id().getText()}`;
  const names = declaration.enumConstants()?.id_list() ?? [];
  const constants = new Map(names.map((one) => [one.getText().toLowerCase(), one.getText()] as const));
  return { name: label.toLowerCase(), label, implements: [], constants, fields: new Map(), methods: [] };
}

const addMember = (building: Building, holder: ApexParserRuleContext): void => {
  const { fields, methods, inner, initial, label, plain } = building;
  const modifiers = modifiersOf(holder);
  if (modifiers.some(isTest)) return;
  const wrapped = childrenOf(holder).find((one) => one instanceof MemberDeclarationContext);
  // A constructor, an initializer and a method of an interface are in the holder itself.
  const member =
    (wrapped && childrenOf(wrapped)[0]) ?? childrenOf(holder).find((one) => !(one instanceof ModifierContext));
  const found = visibleAs(modifiers);
  if (holder instanceof InterfaceMethodDeclarationContext) {
    methods.push(methodOf(holder.id().getText(), typeText(holder), holder.formalParameters(), undefined, modifiers));
  } else if (member instanceof ConstructorDeclarationContext) {
    methods.push(methodOf('new', '', member.formalParameters(), member.block(), modifiers));
  } else if (member instanceof MethodDeclarationContext) {
    methods.push(
      methodOf(member.id().getText(), typeText(member), member.formalParameters(), member.block(), modifiers)
    );
  } else if (member instanceof FieldDeclarationContext) {
    const type = member.typeRef().getText().toLowerCase();
    variablesOf(member.variableDeclarators()).forEach(({ name, value }) => {
      fields.set(name, { type, ...found });
      if (value) initial.steps.push(doing(assigned(name, value)));
    });
  } else if (member instanceof PropertyDeclarationContext) {
    const name = member.id().getText().toLowerCase();
    fields.set(name, { type: member.typeRef().getText().toLowerCase(), ...found });
    const body = bodyOf(member);
    initial.steps.push(
      ...body.steps.map((step): Step =>
        step.kind === 'return' ? { ...step, kind: 'do', value: assigned(name, step.value) } : step
      )
    );
    // In a setter the new value goes by this name.
    initial.steps.push(doing(assigned('value', named(name))));
    initial.locals.set('value', fields.get(name)?.type ?? '');
    body.locals.forEach((type, local) => initial.locals.set(local, type));
  } else if (isDeclaration(member)) {
    inner.push(...declared(member, modifiers, `${label}.`, plain));
  } else if (member && !wrapped) walk(member, initial, straight);
};

function isDeclaration(
  member: ApexParserRuleContext | undefined
): member is ClassDeclarationContext | InterfaceDeclarationContext | EnumDeclarationContext {
  return [ClassDeclarationContext, InterfaceDeclarationContext, EnumDeclarationContext].some(
    (declaration) => member instanceof declaration
  );
}

function typeText(holder: MethodDeclarationContext | InterfaceMethodDeclarationContext): string {
  return holder.VOID() ? 'void' : holder.typeRef().getText().toLowerCase();
}

const visibleAs = (modifiers: readonly string[]): { exposed: boolean; open: boolean } => ({
  exposed: isExposed(modifiers),
  open: modifiers.some((one) => one === 'public' || one === 'global'),
});

const methodOf = (
  name: string,
  type: string,
  formal: FormalParametersContext,
  block: ApexParserRuleContext | null | undefined,
  modifiers: readonly string[]
): Method => {
  const parameters = (formal.formalParameterList()?.formalParameter_list() ?? []).map((one) => ({
    name: one.id().getText().toLowerCase(),
    type: one.typeRef().getText().toLowerCase(),
  }));
  // WSDL2Apex writes such a body: what goes in there leaves the code.
  const seen = block && !/webservicecallout\.invoke/i.test(block.getText()) ? bodyOf(block) : undefined;
  const locals = seen?.locals ?? new Map<string, string>();
  parameters.forEach((parameter) => locals.set(parameter.name, parameter.type));
  const exposed = isExposed(modifiers);
  const steps = seen ? { steps: seen.steps } : {};
  const byComponents = exposed && modifiers.filter((one) => isExposed([one])).every((one) => forComponents.test(one));
  return { name: name.toLowerCase(), label: name, type, parameters, exposed, byComponents, ...steps, locals };
};

function bodyOf(block: ApexParserRuleContext): Body {
  const body: Body = { steps: [], locals: new Map() };
  walk(block, body, straight);
  return body;
}

/** Every expression of a block, in the order of the text. */
const walk = (node: ApexParserRuleContext, into: Body, nesting: Nesting): void => {
  const push = (value: Expression, kind: Step['kind'] = 'do'): unknown => into.steps.push({ kind, value, ...nesting });
  if (node instanceof ExpressionContext) push(expressionOf(node));
  // The grammar calls the variables of a trigger fields.
  else if (node instanceof LocalVariableDeclarationContext || node instanceof FieldDeclarationContext) {
    const type = node.typeRef().getText().toLowerCase();
    variablesOf(node.variableDeclarators()).forEach(({ name, value }) => {
      into.locals.set(name, type);
      if (value) push(assigned(name, value));
    });
  } else if (node instanceof EnhancedForControlContext) {
    const name = node.id().getText().toLowerCase();
    into.locals.set(name, node.typeRef().getText().toLowerCase());
    push(assigned(name, expressionOf(node.expression())));
  } else if (node instanceof ReturnStatementContext) {
    const value = node.expression();
    if (value) push(expressionOf(value), 'return');
  } else if (isLeaving(node)) {
    const args = [expressionOf(node.expression())];
    push({
      kind: 'call',
      name: node.start.text.toLowerCase(),
      written: node.start.text,
      args,
      place: positionOf(node),
    });
  } else childrenOf(node).forEach((one) => walk(one, into, within(node, nesting)));
};

function within(node: ApexParserRuleContext, nesting: Nesting): Nesting {
  if (loops.some((loop) => node instanceof loop)) return { nested: true, looped: true };
  return branches.some((branch) => node instanceof branch) ? { ...nesting, nested: true } : nesting;
}

const loops = [ForStatementContext, WhileStatementContext, DoWhileStatementContext];
const branches = [IfStatementContext, SwitchStatementContext, CatchClauseContext];

/** A value that is stored in the database, or thrown, is gone out of sight. */
const isLeaving = (
  node: ApexParserRuleContext
): node is
  | InsertStatementContext
  | UpdateStatementContext
  | UpsertStatementContext
  | DeleteStatementContext
  | ThrowStatementContext =>
  [
    InsertStatementContext,
    UpdateStatementContext,
    UpsertStatementContext,
    DeleteStatementContext,
    ThrowStatementContext,
  ].some((leaving) => node instanceof leaving);

const variablesOf = (list: VariableDeclaratorsContext): Array<{ name: string; value?: Expression }> =>
  list.variableDeclarator_list().map((one) => {
    const value = one.expression();
    return { name: one.id().getText().toLowerCase(), ...(value ? { value: expressionOf(value) } : {}) };
  });

function assigned(name: string, value: Expression): Expression {
  return { kind: 'assign', target: named(name), value };
}

function named(name: string): Expression {
  return { kind: 'name', name, written: name };
}

function doing(value: Expression): Step {
  return { kind: 'do', value, ...straight };
}

const modifiersOf = (holder: ApexParserRuleContext): string[] =>
  childrenOf(holder).flatMap((one) => (one instanceof ModifierContext ? [one.getText().toLowerCase()] : []));

const isTest = (modifier: string): boolean => /^(@istest\b|testmethod$)/.test(modifier);

/** Components of another namespace cannot call these. */
const forComponents = /^@(?:auraenabled|remoteaction)/;
const isExposed = (modifiers: readonly string[]): boolean =>
  modifiers.some((one) => /^(global$|webservice$|@(auraenabled|remoteaction|invocable|http|restresource))/.test(one));
