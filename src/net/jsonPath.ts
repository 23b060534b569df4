/** The one file that touches json-p3; loaded when the first JSONPath is used. */
import {
  JSONPathEnvironment,
  JSONPathError,
  JSONPathNode,
  Nothing,
  jsonpath,
  type JSONPathQuery,
  type JSONValue,
} from 'json-p3';
import { CbError } from '../core/errors.ts';
import { msg } from '../core/message.ts';
import type { JsonPathEngine } from '../core/stream/search/jsonPathMatcher.ts';

const { FilterSelector, IndexSelector, NameSelector, WildcardSelector } = jsonpath.selectors;
const { FilterQuery, InfixExpression, LogicalExpression, PrefixExpression, compare } = jsonpath.expressions;
type Segment = JSONPathQuery['segments'][number];
type Selector = Segment['selectors'][number];
type Expression = jsonpath.expressions.FilterExpression;

/** Adds the values it finds, starting from one within a root, to a list. */
type Find = (value: JSONValue, root: JSONValue, found: JSONValue[]) => void;
/** What a part of a filter expression says of one value within a root. */
type Evaluate<Result> = (value: JSONValue, root: JSONValue) => Result;

const environment = new JSONPathEnvironment();

/**
 * JSONPath as RFC 9535 has it, nothing more. Where a value is nested so deep that a path exhausts the stack, nothing
 * is found. The library parses, compares and has the functions; its own search is five to twenty times slower than
 * the one here, since it also keeps where each value stands.
 */
export function createJsonPathEngine(): JsonPathEngine {
  return {
    compile(path) {
      const find = compileQuery(parse(path));
      return (value) => {
        const found: JSONValue[] = [];
        try {
          find(value as JSONValue, value as JSONValue, found);
        } catch (error) {
          if (error instanceof RangeError || error instanceof JSONPathError) return [];
          throw error;
        }
        return found;
      };
    },
  };
}

function parse(path: string): JSONPathQuery {
  try {
    return environment.compile(path);
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    const { index, input } = error.token;
    const start = input === path ? index : path.length; // the token that stands for the end has no place
    const reason = error.message.replace(/ \('[^]*':\d+\)$/, '');
    throw new CbError('usage', msg('Not a JSONPath: {0}', reason), {
      cause: error,
      span: { start, end: path.length },
    });
  }
}

function compileQuery(query: JSONPathQuery): Find {
  const last: Find = (value, _root, found) => void found.push(value);
  return query.segments.reduceRight((next, segment) => compileSegment(segment, next), last);
}

function compileSegment(segment: Segment, next: Find): Find {
  const selectors = segment.selectors.map((selector) => compileSelector(selector, next));
  const child: Find = (value, root, found) => {
    for (const select of selectors) select(value, root, found);
  };
  if (!segment.toString().startsWith('..')) return child;
  const descend: Find = (value, root, found) => {
    child(value, root, found);
    for (const inner of children(value)) descend(inner, root, found);
  };
  return descend;
}

function compileSelector(selector: Selector, next: Find): Find {
  if (selector instanceof NameSelector) {
    const { name } = selector;
    return (value, root, found) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      if (Object.hasOwn(value, name)) next(value[name], root, found);
    };
  }
  if (selector instanceof IndexSelector) {
    const { index } = selector;
    return (value, root, found) => {
      if (!Array.isArray(value)) return;
      const at = index < 0 ? value.length + index : index;
      if (at >= 0 && at < value.length) next(value[at], root, found);
    };
  }
  if (selector instanceof WildcardSelector) {
    return (value, root, found) => {
      for (const inner of children(value)) next(inner, root, found);
    };
  }
  if (selector instanceof FilterSelector) {
    const test = compileTest(selector.expression);
    return (value, root, found) => {
      for (const inner of children(value)) {
        if (test(inner, root)) next(inner, root, found);
      }
    };
  }
  return (value, root, found) => {
    for (const node of selector.resolve(new JSONPathNode(value, [], root))) {
      next(node.value, root, found);
    }
  };
}

function children(value: JSONValue): readonly JSONValue[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? value : Object.values(value);
}

function compileTest(expression: Expression): Evaluate<boolean> {
  if (expression instanceof LogicalExpression) return compileTest(expression.expression);
  if (expression instanceof PrefixExpression) {
    const test = compileTest(expression.right);
    return (value, root) => !test(value, root);
  }
  if (expression instanceof FilterQuery) {
    const find = compileInner(expression);
    return (value, root) => find(value, root).length > 0;
  }
  if (expression instanceof InfixExpression) return compileInfix(expression);
  const evaluate = compileValue(expression);
  return (value, root) => evaluate(value, root) === true;
}

function compileInfix(expression: jsonpath.expressions.InfixExpression): Evaluate<boolean> {
  const { left, operator, right } = expression;
  if (operator === '&&' || operator === '||') {
    const [first, second] = [compileTest(left), compileTest(right)];
    return operator === '&&'
      ? (value, root) => first(value, root) && second(value, root)
      : (value, root) => first(value, root) || second(value, root);
  }
  const [first, second] = [compileValue(left), compileValue(right)];
  return (value, root) => compare(first(value, root), operator, second(value, root));
}

/** The one value of a part of an expression, or {@link Nothing}. */
function compileValue(expression: Expression): Evaluate<unknown> {
  if (expression instanceof FilterQuery) {
    const find = compileInner(expression);
    return (value, root) => {
      const found = find(value, root);
      return found.length === 0 ? Nothing : found[0];
    };
  }
  return (value, root) => expression.evaluate({ environment, currentValue: value, rootValue: root });
}

function compileInner(query: jsonpath.expressions.FilterQuery): Evaluate<readonly JSONValue[]> {
  const find = compileQuery(query.path);
  const isRelative = query instanceof jsonpath.expressions.RelativeQuery;
  return (value, root) => {
    const found: JSONValue[] = [];
    find(isRelative ? value : root, root, found);
    return found;
  };
}
