import {
  ArrayExpressionContext,
  AssignExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
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
import type { Expression, Place } from './syntax.js';

export const childrenOf = (node: ApexParserRuleContext): ApexParserRuleContext[] =>
  ((node.children ?? []) as ApexParserRuleContext[]).filter((one) => 'ruleIndex' in one);

export const expressionOf = (node: ApexParserRuleContext): Expression => {
  if (node instanceof PrimaryExpressionContext) return primary(node.primary());
  if (node instanceof SubExpressionContext) return expressionOf(node.expression());
  if (node instanceof CastExpressionContext) return expressionOf(node.expression());
  if (node instanceof DotExpressionContext) return dotted(node);
  if (node instanceof MethodCallExpressionContext) {
    const call = node.methodCall();
    const written = call.id()?.getText() ?? (call.THIS() ? 'this' : 'super');
    const name = written.toLowerCase();
    return { kind: 'call', name, written, args: listOf(call.expressionList()), place: placeOf(call) };
  }
  if (node instanceof NewExpressionContext) return created(node);
  if (node instanceof AssignExpressionContext) {
    return { kind: 'assign', target: expressionOf(node.expression(0)), value: expressionOf(node.expression(1)) };
  }
  if (node instanceof ArrayExpressionContext) {
    // An element is taken for its list, whatever the index.
    return { kind: 'member', of: expressionOf(node.expression(0)), name: '[]', written: '[]' };
  }
  if (node instanceof CondExpressionContext) {
    const [condition, ...branches] = node.expression_list().map(expressionOf);
    const asked: Expression = { kind: 'parts', parts: condition ? [condition] : [], value: false };
    return { kind: 'parts', parts: [asked, ...branches], value: true };
  }
  return joined(
    childrenOf(node)
      .filter((one) => one instanceof ExpressionContext)
      .map(expressionOf),
    !isQuestion(node)
  );
};

/** Two literals that are joined are one, so that a host and its path are seen together. */
const joined = (parts: readonly Expression[], value: boolean): Expression => {
  const [first, second] = parts;
  if (value && parts.length === 2 && second?.kind === 'text') {
    if (first?.kind === 'text') return { ...first, value: first.value + second.value };
    const last = first?.kind === 'parts' && first.value ? first.parts.at(-1) : undefined;
    if (first?.kind === 'parts' && last?.kind === 'text') {
      return { ...first, parts: [...first.parts.slice(0, -1), { ...last, value: last.value + second.value }] };
    }
  }
  if (value && first?.kind === 'parts' && first.value)
    return { kind: 'parts', parts: [...first.parts, ...parts.slice(1)], value };
  return { kind: 'parts', parts, value };
};

/** The answer of a question says nothing of the value that was asked about. */
const isQuestion = (node: ApexParserRuleContext): boolean =>
  [
    CmpExpressionContext,
    EqualityExpressionContext,
    InstanceOfExpressionContext,
    LogAndExpressionContext,
    LogOrExpressionContext,
    NegExpressionContext,
  ].some((question) => node instanceof question);

const primary = (node: ApexParserRuleContext): Expression => {
  if (node instanceof ThisPrimaryContext || node instanceof SuperPrimaryContext) return { kind: 'name', name: 'this' };
  if (node instanceof IdPrimaryContext) return { kind: 'name', name: node.getText().toLowerCase() };
  if (node instanceof LiteralPrimaryContext)
    return { kind: 'text', value: literal(node.getText()), place: placeOf(node) };
  if (node instanceof SoqlPrimaryContext || node instanceof SoslPrimaryContext) {
    return { kind: 'parts', parts: [], value: false };
  }
  return { kind: 'name', name: node.getText().toLowerCase() };
};

const literal = (text: string): string => {
  if (!text.startsWith("'")) return '';
  const quotes = text.startsWith("'''") ? 3 : 1;
  return text.slice(quotes, -quotes).replace(/\\(['"\\])/g, '$1');
};

const dotted = (node: DotExpressionContext): Expression => {
  const of = expressionOf(node.expression());
  const call = node.dotMethodCall();
  const written = (call ?? node).anyId().getText();
  const name = written.toLowerCase();
  if (!call) return { kind: 'member', of, name, written };
  return { kind: 'call', of, name, written, args: listOf(call.expressionList()), place: placeOf(call) };
};

const created = (node: NewExpressionContext): Expression => {
  const creator = node.creator();
  const type = creator.createdName().getText().toLowerCase();
  const args = expressionsIn(creator);
  return { kind: 'new', type, args, place: placeOf(creator) };
};

const listOf = (list: ExpressionListContext | null): Expression[] => list?.expression_list().map(expressionOf) ?? [];

const expressionsIn = (node: ApexParserRuleContext): Expression[] =>
  childrenOf(node).flatMap((one) => (one instanceof ExpressionContext ? [expressionOf(one)] : expressionsIn(one)));

export const placeOf = ({ start }: ApexParserRuleContext): Place => ({ line: start.line, column: start.column });
