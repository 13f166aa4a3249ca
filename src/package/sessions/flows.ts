import { sessionMergeField } from '../../salesforce/sessionIds.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import type { CodeFile } from '../source/reading/readCodeFiles.js';
import type { FilledProperty } from './apex/escapes.js';
import { givesSession } from './formulas.js';

/** What a flow hands to methods of Apex; `undefined`: something else in the flow uses the session ID, too. */
export function filledInputs({ path: file, component }: CodeFile, root: XmlElement): FilledProperty[] | undefined {
  const names = namesWithSession(root);
  const isGivenBack = childrenNamed(root, 'variables').some(
    (one) => child(one, 'isOutput')?.text === 'true' && names.has(child(one, 'name')?.text ?? '')
  );
  if (isGivenBack) return undefined;
  const found: FilledProperty[] = [];
  for (const element of root.children) {
    if (isResource(element)) continue;
    if (element.name !== 'actionCalls' || child(element, 'actionType')?.text !== 'apex') {
      if (uses(element, names)) return undefined;
      continue;
    }
    const action = child(element, 'actionName')?.text ?? '';
    for (const parameter of childrenNamed(element, 'inputParameters')) {
      if (!uses(parameter, names)) continue;
      const property = child(parameter, 'name')?.text.toLowerCase() ?? '';
      const classes = [action.replace(/^\w*?__/, '').toLowerCase()];
      const place = { file, component, line: parameter.line, offset: found.length };
      found.push({ ...place, source: '$Api.Session_ID', classes, property, isInput: true });
    }
  }
  return found;
}

/** How often resources are looked through: one is made of another. */
const MOST_ROUNDS = 10;

/** The formulas, texts and variables of a flow that contain the session ID. */
function namesWithSession(root: XmlElement): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: string | undefined): unknown => name !== undefined && names.add(name);
  for (let round = 0, size = -1; round < MOST_ROUNDS && names.size > size; round += 1) {
    size = names.size;
    for (const one of root.children.filter(isResource)) {
      if (one.name === 'assignments') {
        for (const item of childrenNamed(one, 'assignmentItems')) {
          if (uses(item, names)) add(child(item, 'assignToReference')?.text);
        }
      } else if (uses(one, names)) add(child(one, 'name')?.text);
    }
  }
  return names;
}

/** What only makes a value that others use by its name. */
const isResource = ({ name }: XmlElement): boolean =>
  /^(?:formulas|textTemplates|variables|constants|assignments)$/.test(name);

/** Whether an element, or one in it, contains the session ID or a resource with it. */
function uses({ name, text, children }: XmlElement, names: ReadonlySet<string>): boolean {
  // A condition only asks.
  if (/^(?:leftValueReference|description|assignToReference)$/.test(name)) return false;
  if (children.length > 0) return children.some((one) => uses(one, names));
  if (sessionMergeField.test(text)) {
    return name === 'elementReference' || givesSession(name === 'expression' ? withoutBraces(text) : text);
  }
  const [reference = ''] = text.split('.', 1);
  if (name !== 'name' && names.has(reference)) return true;
  return [...text.matchAll(/\{!\s{0,9}(\w+)/g)].some(([, used = '']) => names.has(used));
}

/** The expression of a flow as a formula: `"Bearer " & {!Token}`. */
export function withoutBraces(expression: string): string {
  return expression.replace(/\{!([^{}]*)\}/g, ' $1 ');
}
