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
import {
  assigned,
  classWith,
  constantsOf,
  doing,
  initialClass,
  isTest,
  methodWith,
  propertySteps,
  setField,
  straight,
  type Body,
  type Building,
  type Nesting,
} from './model.js';
import type { PlainFields } from './plainFields.js';
import type { ApexClass, Expression, Method, Step } from './syntax.js';

/** The classes of a file, inner ones too; of test classes and test methods nothing. */
export const classesOf = (unit: ApexParserRuleContext, plain: PlainFields): ApexClass[] => {
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
  plain: PlainFields
): ApexClass[] => {
  if (modifiers.some(isTest)) return [];
  if (declaration instanceof EnumDeclarationContext) return [enumOf(declaration, outer)];
  const isClass = declaration instanceof ClassDeclarationContext;
  if (!isClass && !(declaration instanceof InterfaceDeclarationContext)) return [];
  const label = `${outer}${declaration.id().getText()}`;
  const building = initialClass(label);
  for (const { name, type, modifiers: before, value } of plain.get(label.toLowerCase()) ?? []) {
    setField(building, name, type, before);
    if (value) building.initial.steps.push(doing(assigned(name, value)));
  }
  const parent = isClass ? declaration.typeRef()?.getText().toLowerCase() : undefined;
  childrenOf(isClass ? declaration.classBody() : declaration.interfaceBody()).forEach((one) =>
    addMember(building, one, plain)
  );
  const interfaces = declaration.typeList()?.typeRef_list() ?? [];
  return classWith(
    building,
    parent,
    interfaces.map((one) => one.getText().toLowerCase())
  );
};

function enumOf(declaration: EnumDeclarationContext, outer: string): ApexClass {
  const label = `${outer}${declaration.id().getText()}`;
  const names = declaration.enumConstants()?.id_list() ?? [];
  return constantsOf(
    label,
    names.map((one) => one.getText())
  );
}

const addMember = (building: Building, holder: ApexParserRuleContext, plain: PlainFields): void => {
  const { methods, inner, initial, label } = building;
  const modifiers = modifiersOf(holder);
  if (modifiers.some(isTest)) return;
  const wrapped = childrenOf(holder).find((one) => one instanceof MemberDeclarationContext);
  // A constructor, an initializer and a method of an interface are in the holder itself.
  const member =
    (wrapped && childrenOf(wrapped)[0]) ?? childrenOf(holder).find((one) => !(one instanceof ModifierContext));
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
      setField(building, name, type, modifiers);
      if (value) initial.steps.push(doing(assigned(name, value)));
    });
  } else if (member instanceof PropertyDeclarationContext) {
    const name = member.id().getText().toLowerCase();
    setField(building, name, member.typeRef().getText().toLowerCase(), modifiers);
    propertySteps(building, name, bodyOf(member));
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
  return methodWith(name, type, parameters, seen, modifiers);
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

const modifiersOf = (holder: ApexParserRuleContext): string[] =>
  childrenOf(holder).flatMap((one) => (one instanceof ModifierContext ? [one.getText().toLowerCase()] : []));
