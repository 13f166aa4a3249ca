import {
  Arth2ExpressionContext,
  ArrayExpressionContext,
  AssignExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  ExpressionContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PrimaryExpressionContext,
  SoqlPrimaryContext,
  SoslPrimaryContext,
  SubExpressionContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  type ApexParserRuleContext,
  type ExpressionListContext,
} from '@apexdevtools/apex-parser';
import { joinedTexts, literalText, queryOf } from './model.js';
import type { Expression, Place } from './syntax.js';

export function childrenOf(node: ApexParserRuleContext): ApexParserRuleContext[] {
  return ((node.children ?? []) as ApexParserRuleContext[]).filter((one) => 'ruleIndex' in one);
}

export function expressionOf(node: ApexParserRuleContext): Expression {
  if (node instanceof PrimaryExpressionContext) return primary(node.primary());
  if (node instanceof SubExpressionContext || node instanceof CastExpressionContext) {
    return expressionOf(node.expression());
  }
  if (node instanceof DotExpressionContext) return dotted(node);
  if (node instanceof MethodCallExpressionContext) {
    const call = node.methodCall();
    const written = call.id()?.getText() ?? (call.THIS() ? 'this' : 'super');
    const name = written.toLowerCase();
    return { kind: 'call', name, written, args: listOf(call.expressionList()), place: positionOf(call) };
  }
  if (node instanceof NewExpressionContext) return created(node);
  if (node instanceof AssignExpressionContext) {
    const [target, value] = [expressionOf(node.expression(0)), expressionOf(node.expression(1))];
    return node.ADD_ASSIGN() ? { kind: 'assign', target, value, append: true } : { kind: 'assign', target, value };
  }
  if (node instanceof ArrayExpressionContext) {
    // An element counts as its list, whatever the index.
    return { kind: 'member', of: expressionOf(node.expression(0)), name: '[]', written: '[]' };
  }
  return operation(node);
}

function operation(node: ApexParserRuleContext): Expression {
  const parts = expressionsIn(node);
  if (node instanceof CondExpressionContext) {
    return { kind: 'choice', asked: parts.slice(0, 1), branches: parts.slice(1) };
  }
  if (node instanceof CoalExpressionContext) return { kind: 'choice', asked: [], branches: parts };
  if (isOneOf(node, questions)) return { kind: 'question', parts };
  if (node instanceof Arth2ExpressionContext && node.ADD() && !node.SUB()) return joinedTexts(parts);
  return { kind: 'parts', parts };
}

export function isOneOf(node: ApexParserRuleContext, kinds: ReadonlyArray<new (...args: never[]) => unknown>): boolean {
  return kinds.some((kind) => node instanceof kind);
}

const questions = [
  CmpExpressionContext,
  EqualityExpressionContext,
  InstanceOfExpressionContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  NegExpressionContext,
];

function primary(node: ApexParserRuleContext): Expression {
  if (node instanceof ThisPrimaryContext) return { kind: 'name', name: 'this', written: 'this' };
  if (node instanceof SuperPrimaryContext) return { kind: 'name', name: 'super', written: 'super' };
  if (node instanceof LiteralPrimaryContext) {
    const value = literalText(node.getText());
    return value === undefined ? { kind: 'nothing' } : { kind: 'text', value, place: positionOf(node) };
  }
  if (node instanceof SoqlPrimaryContext) {
    return queryOf(node.soqlLiteral().query().fromNameList().fieldName_list()[0]?.getText());
  }
  if (node instanceof SoslPrimaryContext) return { kind: 'nothing' };
  const written = node.getText();
  return { kind: 'name', name: written.toLowerCase(), written: node instanceof IdPrimaryContext ? written : '' };
}

function dotted(node: DotExpressionContext): Expression {
  const of = expressionOf(node.expression());
  const call = node.dotMethodCall();
  const written = (call ?? node).anyId().getText();
  const name = written.toLowerCase();
  if (!call) return { kind: 'member', of, name, written };
  return { kind: 'call', of, name, written, args: listOf(call.expressionList()), place: positionOf(call) };
}

function created(node: NewExpressionContext): Expression {
  const creator = node.creator();
  const type = creator.createdName().getText().toLowerCase();
  return { kind: 'new', type, args: expressionsIn(creator), place: positionOf(creator) };
}

function listOf(list: ExpressionListContext | null): Expression[] {
  return list?.expression_list().map(expressionOf) ?? [];
}

/** The outermost expressions in a node. */
export function expressionsIn(node: ApexParserRuleContext): Expression[] {
  return childrenOf(node).flatMap((one) =>
    one instanceof ExpressionContext ? [expressionOf(one)] : expressionsIn(one)
  );
}

export function positionOf({ start }: ApexParserRuleContext): Place {
  return { line: start.line, column: start.column };
}
