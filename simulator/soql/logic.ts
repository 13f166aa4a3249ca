import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from '../errors.js';

export type ConditionLike = NonNullable<WhereClause['left']>;

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: ConditionLike };

/** The parser gives WHERE as a chain with parentheses counted on its conditions; this is the sequence it was read from. */
export function tokens(where: WhereClause): Token[] {
  const sequence: Token[] = [];
  let clause: WhereClause | undefined = where;
  while (clause) {
    const left: WhereClause['left'] = clause.left;
    const operator = 'operator' in clause ? clause.operator : undefined;
    const opening = left && 'openParen' in left ? (left.openParen ?? 0) : 0;
    sequence.push(...Array<Token>(opening).fill('('));
    if (left && ('field' in left || 'fn' in left)) {
      sequence.push({ condition: left });
      sequence.push(...Array<Token>(left.closeParen ?? 0).fill(')'));
    }
    if (operator !== undefined) {
      sequence.push(operator);
    }
    clause = 'right' in clause ? clause.right : undefined;
  }
  return sequence;
}

/** AND, OR and NOT over compiled conditions. Mixing AND with OR needs parentheses (SOQL Reference, logical operators). */
export function compileLogic<T>(
  sequence: Token[],
  compile: (condition: ConditionLike) => (item: T) => boolean
): (item: T) => boolean {
  let position = 0;
  const group = (): ((item: T) => boolean) => {
    const terms = [unary()];
    let operator: 'AND' | 'OR' | undefined;
    for (let token = sequence[position]; token === 'AND' || token === 'OR'; token = sequence[position]) {
      if (operator !== undefined && operator !== token) {
        throw malformed(`unexpected token: '${token}'`);
      }
      operator = token;
      position++;
      terms.push(unary());
    }
    const only = terms[0];
    if (terms.length === 1 && only) {
      return only;
    }
    return operator === 'OR' ? (item) => terms.some((term) => term(item)) : (item) => terms.every((term) => term(item));
  };
  const unary = (): ((item: T) => boolean) => {
    const token = sequence[position++];
    if (token === 'NOT') {
      const inner = unary();
      return (item) => !inner(item);
    }
    if (token === '(') {
      const inner = group();
      if (sequence[position++] !== ')') {
        throw malformed("expecting a right parentheses, found 'EOF'");
      }
      return inner;
    }
    if (typeof token === 'object') {
      return compile(token.condition);
    }
    throw malformed(`unexpected token: '${token ?? 'EOF'}'`);
  };
  const test = group();
  if (position < sequence.length) {
    throw malformed(`unexpected token: '${String(sequence[position])}'`);
  }
  return test;
}

/** The limits of SOQL Reference, "Considerations for Semi-Join and Anti-Join Queries". The wordings are the simulator's. */
export function checkSemiJoins(where: WhereClause): void {
  const sequence = tokens(where);
  const joins = sequence.filter((token) => typeof token === 'object' && 'valueQuery' in token.condition);
  if (joins.length === 0) {
    return;
  }
  if (joins.length > 2) {
    throw malformed('No more than two semi join or anti join sub-selects are allowed');
  }
  for (const join of joins) {
    const around = enclosingOperators(sequence, sequence.indexOf(join));
    for (const operator of ['OR', 'NOT'] as const) {
      if (around.includes(operator)) {
        throw malformed(`Semi join sub-selects are not allowed with the '${operator}' operator`);
      }
    }
  }
}

/** Operators that act on the condition at a position: those of its own group and of every group around it. */
function enclosingOperators(sequence: Token[], position: number): Token[] {
  const operators: Token[] = [];
  const walk = (part: Token[], opening: Token, closing: Token): void => {
    let level = 0;
    for (const token of part) {
      if (token === opening) {
        level++;
      } else if (token === closing) {
        level = Math.max(0, level - 1);
      } else if (level === 0 && typeof token === 'string') {
        operators.push(token);
      }
    }
  };
  walk(sequence.slice(0, position).reverse(), ')', '(');
  walk(sequence.slice(position + 1), '(', ')');
  return operators;
}
