import {
  ClassDeclarationContext,
  ConstructorDeclarationContext,
  DeleteStatementContext,
  EnhancedForControlContext,
  ExpressionContext,
  FieldDeclarationContext,
  InsertStatementContext,
  InterfaceDeclarationContext,
  InterfaceMethodDeclarationContext,
  LocalVariableDeclarationContext,
  MemberDeclarationContext,
  MethodDeclarationContext,
  ModifierContext,
  PropertyDeclarationContext,
  ReturnStatementContext,
  ThrowStatementContext,
  TriggerUnitContext,
  UpdateStatementContext,
  UpsertStatementContext,
  type ApexParserRuleContext,
  type FormalParametersContext,
  type VariableDeclaratorsContext,
} from '@apexdevtools/apex-parser';
import { childrenOf, expressionOf, placeOf } from './expressions.js';
import type { PlainField } from './plainFields.js';
import type { ApexClass, Expression, Method } from './syntax.js';

type Fields = Map<string, { type: string; open: boolean; exposed: boolean }>;
/** Fields that were taken out of the file before it was parsed, by class. */
type Plain = ReadonlyMap<string, readonly PlainField[]>;
type Building = { fields: Fields; methods: Method[]; inner: ApexClass[]; initial: Body; label: string; plain: Plain };
type Body = { body: Expression[]; returns: Expression[]; locals: Map<string, string> };

/** The classes of a file, inner ones too; of test classes and test methods nothing. */
export const classesOf = (unit: ApexParserRuleContext, plain: Plain): ApexClass[] => {
  if (unit instanceof TriggerUnitContext) {
    const label = unit.id(0).getText();
    const method = { name: '', label: 'initial values', parameters: [], ...bodyOf(unit.triggerBlock()) };
    return [{ name: label.toLowerCase(), label, fields: new Map(), methods: [method] }];
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
  const isClass = declaration instanceof ClassDeclarationContext;
  if (!isClass && !(declaration instanceof InterfaceDeclarationContext)) return [];
  const label = `${outer}${declaration.id().getText()}`;
  const initial: Body = { body: [], returns: [], locals: new Map() };
  const building: Building = { fields: new Map(), methods: [], inner: [], initial, label, plain };
  for (const { name, type, modifiers: written, value } of plain.get(label.toLowerCase()) ?? []) {
    building.fields.set(name, { type, ...visibleAs(written) });
    if (value) initial.body.push(assigned(name, value));
  }
  const parent = isClass ? declaration.typeRef()?.getText().toLowerCase() : undefined;
  childrenOf(isClass ? declaration.classBody() : declaration.interfaceBody()).forEach((one) =>
    addMember(building, one)
  );
  const methods = [...building.methods, { name: '', label: 'initial values', parameters: [], ...initial }];
  const { fields, inner } = building;
  return [{ name: label.toLowerCase(), label, ...(parent ? { extends: parent } : {}), fields, methods }, ...inner];
};

const addMember = (building: Building, holder: ApexParserRuleContext): void => {
  const { fields, methods, inner, initial, label, plain } = building;
  const modifiers = modifiersOf(holder);
  if (modifiers.some(isTest)) return;
  const wrapped = childrenOf(holder).find((one) => one instanceof MemberDeclarationContext);
  // A constructor, an initialiser and a method of an interface stand in the holder itself.
  const member =
    (wrapped && childrenOf(wrapped)[0]) ?? childrenOf(holder).find((one) => !(one instanceof ModifierContext));
  const found = visibleAs(modifiers);
  if (holder instanceof InterfaceMethodDeclarationContext) {
    methods.push(methodOf(holder.id().getText(), holder.formalParameters(), undefined, modifiers));
  } else if (member instanceof ConstructorDeclarationContext) {
    methods.push(methodOf('new', member.formalParameters(), member.block(), modifiers));
  } else if (member instanceof MethodDeclarationContext) {
    methods.push(methodOf(member.id().getText(), member.formalParameters(), member.block(), modifiers));
  } else if (member instanceof FieldDeclarationContext) {
    const type = member.typeRef().getText().toLowerCase();
    variablesOf(member.variableDeclarators()).forEach(({ name, value }) => {
      fields.set(name, { type, ...found });
      if (value) initial.body.push(assigned(name, value));
    });
  } else if (member instanceof PropertyDeclarationContext) {
    const name = member.id().getText().toLowerCase();
    fields.set(name, { type: member.typeRef().getText().toLowerCase(), ...found });
    const body = bodyOf(member);
    initial.body.push(...body.body, ...body.returns.map((value) => assigned(name, value)));
    // In a setter the new value goes by this name.
    initial.body.push(assigned('value', { kind: 'name', name }));
    body.locals.forEach((type, local) => initial.locals.set(local, type));
  } else if (member instanceof ClassDeclarationContext || member instanceof InterfaceDeclarationContext) {
    inner.push(...declared(member, modifiers, `${label}.`, plain));
  } else if (member && !wrapped) walk(member, initial);
};

const visibleAs = (modifiers: readonly string[]): { exposed: boolean; open: boolean } => ({
  exposed: isExposed(modifiers),
  open: modifiers.some((one) => one === 'public' || one === 'global'),
});

const methodOf = (
  name: string,
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
  const { body, returns, locals } = seen ?? { body: undefined, returns: [], locals: new Map<string, string>() };
  parameters.forEach((parameter) => locals.set(parameter.name, parameter.type));
  const exposed = isExposed(modifiers);
  return { name: name.toLowerCase(), label: name, parameters, exposed, ...(body ? { body } : {}), returns, locals };
};

const bodyOf = (block: ApexParserRuleContext): Body => {
  const body: Body = { body: [], returns: [], locals: new Map() };
  walk(block, body);
  return body;
};

/** Every expression of a block, whatever the order in which it would run. */
const walk = (node: ApexParserRuleContext, into: Body): void => {
  if (node instanceof ExpressionContext) {
    into.body.push(expressionOf(node));
  } else if (node instanceof LocalVariableDeclarationContext) {
    const type = node.typeRef().getText().toLowerCase();
    variablesOf(node.variableDeclarators()).forEach(({ name, value }) => {
      into.locals.set(name, type);
      if (value) into.body.push(assigned(name, value));
    });
  } else if (node instanceof EnhancedForControlContext) {
    const name = node.id().getText().toLowerCase();
    into.locals.set(name, node.typeRef().getText().toLowerCase());
    into.body.push(assigned(name, expressionOf(node.expression())));
  } else if (node instanceof ReturnStatementContext) {
    const value = node.expression();
    if (value) into.returns.push(expressionOf(value));
  } else if (isLeaving(node)) {
    const args = [expressionOf(node.expression())];
    into.body.push({
      kind: 'call',
      name: node.start.text.toLowerCase(),
      written: node.start.text,
      args,
      place: placeOf(node),
    });
  } else childrenOf(node).forEach((one) => walk(one, into));
};

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

const assigned = (name: string, value: Expression): Expression => ({
  kind: 'assign',
  target: { kind: 'name', name },
  value,
});

const modifiersOf = (holder: ApexParserRuleContext): string[] =>
  childrenOf(holder).flatMap((one) => (one instanceof ModifierContext ? [one.getText().toLowerCase()] : []));

const isTest = (modifier: string): boolean => /^(@istest\b|testmethod$)/.test(modifier);

const isExposed = (modifiers: readonly string[]): boolean =>
  modifiers.some((one) => /^(global$|webservice$|@(auraenabled|remoteaction|invocable|http|restresource))/.test(one));
