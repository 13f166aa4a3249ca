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
import { childrenOf, expressionOf, expressionsIn, isOneOf, positionOf } from './expressions.js';
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
  triggerWith,
  type Body,
  type Building,
  type Nesting,
} from './model.js';
import type { ApexClass, Expression, Method, Step } from './syntax.js';

/** The classes of a file, inner ones too; of test classes and test methods nothing. */
export function classesOf(unit: ApexParserRuleContext): ApexClass[] {
  if (unit instanceof TriggerUnitContext) return [triggerWith(unit.id(0).getText(), bodyOf(unit.triggerBlock()))];
  const [type] = childrenOf(unit);
  const declaration = type && childrenOf(type).at(-1);
  return type && declaration ? declared(declaration, modifiersOf(type), '') : [];
}

function declared(declaration: ApexParserRuleContext, modifiers: readonly string[], outer: string): ApexClass[] {
  if (modifiers.some(isTest)) return [];
  if (declaration instanceof EnumDeclarationContext) {
    const names = (declaration.enumConstants()?.id_list() ?? []).map((one) => one.getText());
    return [constantsOf(`${outer}${declaration.id().getText()}`, names)];
  }
  const isClass = declaration instanceof ClassDeclarationContext;
  if (!isClass && !(declaration instanceof InterfaceDeclarationContext)) return [];
  const building = initialClass(`${outer}${declaration.id().getText()}`);
  const parent = isClass ? declaration.typeRef() : null;
  childrenOf(isClass ? declaration.classBody() : declaration.interfaceBody()).forEach((one) =>
    addMember(building, one)
  );
  const interfaces = declaration.typeList()?.typeRef_list() ?? [];
  return classWith(building, parent ? typeText(parent) : undefined, interfaces.map(typeText));
}

function addMember(building: Building, holder: ApexParserRuleContext): void {
  const { methods, inner, initial, label } = building;
  const modifiers = modifiersOf(holder);
  if (modifiers.some(isTest)) return;
  const wrapped = childrenOf(holder).find((one) => one instanceof MemberDeclarationContext);
  // A constructor, an initializer and a method of an interface are in the holder itself.
  const inHolder =
    holder instanceof InterfaceMethodDeclarationContext
      ? holder
      : childrenOf(holder).find((one) => !(one instanceof ModifierContext));
  const member = (wrapped && childrenOf(wrapped)[0]) ?? inHolder;
  if (member instanceof ConstructorDeclarationContext) {
    methods.push(methodOf('new', '', member.formalParameters(), member.block(), modifiers));
  } else if (member instanceof MethodDeclarationContext || member instanceof InterfaceMethodDeclarationContext) {
    const type = member.VOID() ? 'void' : typeText(member.typeRef());
    const block = member instanceof MethodDeclarationContext ? member.block() : undefined;
    methods.push(methodOf(member.id().getText(), type, member.formalParameters(), block, modifiers));
  } else if (member instanceof FieldDeclarationContext) {
    variablesOf(member.variableDeclarators()).forEach(({ name, value }) => {
      setField(building, name, typeText(member.typeRef()), modifiers);
      if (value) initial.steps.push(doing(assigned(name, value)));
    });
  } else if (member instanceof PropertyDeclarationContext) {
    const name = member.id().getText().toLowerCase();
    setField(building, name, typeText(member.typeRef()), modifiers);
    propertySteps(building, name, bodyOf(member));
  } else if (member && wrapped) inner.push(...declared(member, modifiers, `${label}.`));
  else if (member) walk(member, initial, straight);
}

function typeText(type: ApexParserRuleContext): string {
  return type.getText().toLowerCase();
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
    type: typeText(one.typeRef()),
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
    const type = typeText(node.typeRef());
    variablesOf(node.variableDeclarators()).forEach(({ name, value }) => {
      into.locals.set(name, type);
      if (value) push(assigned(name, value));
    });
  } else if (node instanceof EnhancedForControlContext) {
    const name = node.id().getText().toLowerCase();
    into.locals.set(name, typeText(node.typeRef()));
    push(assigned(name, expressionOf(node.expression())));
  } else if (node instanceof ReturnStatementContext) {
    const value = node.expression();
    if (value) push(expressionOf(value), 'return');
  } else if (isOneOf(node, leaving)) {
    const written = node.start.text;
    const args = expressionsIn(node);
    push({ kind: 'call', name: written.toLowerCase(), written, args, place: positionOf(node) });
  } else childrenOf(node).forEach((one) => walk(one, into, within(node, nesting)));
};

function within(node: ApexParserRuleContext, nesting: Nesting): Nesting {
  if (isOneOf(node, loops)) return { nested: true, looped: true };
  return isOneOf(node, branches) ? { ...nesting, nested: true } : nesting;
}

const loops = [ForStatementContext, WhileStatementContext, DoWhileStatementContext];
const branches = [IfStatementContext, SwitchStatementContext, CatchClauseContext];
/** A value that is stored in the database, or thrown, is gone out of sight. */
const leaving = [
  InsertStatementContext,
  UpdateStatementContext,
  UpsertStatementContext,
  DeleteStatementContext,
  ThrowStatementContext,
];

const variablesOf = (list: VariableDeclaratorsContext): Array<{ name: string; value?: Expression }> =>
  list.variableDeclarator_list().map((one) => {
    const value = one.expression();
    return { name: one.id().getText().toLowerCase(), ...(value ? { value: expressionOf(value) } : {}) };
  });

const modifiersOf = (holder: ApexParserRuleContext): string[] =>
  childrenOf(holder).flatMap((one) => (one instanceof ModifierContext ? [one.getText().toLowerCase()] : []));
