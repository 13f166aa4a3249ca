import { sessionMergeField } from '../../salesforce/sessionIds.js';
import { child, childrenNamed, type XmlElement } from '../parsing/xml.js';
import type { CodeFile } from '../source/reading/readCodeFiles.js';
import type { FilledProperty } from './apex/escapes.js';

/** A formula or a text template of a flow with a session id in it. */
type Resource = { name: string; body: XmlElement };

/**
 * The inputs of Apex actions to which a flow gives a session id, where it uses the resource with the session id for
 * nothing else: what Apex does with it then decides.
 */
export function filledInputs(file: CodeFile, root: XmlElement): FilledProperty[] {
  if (root.name !== 'Flow') return [];
  const actions = childrenNamed(root, 'actionCalls').filter((one) => child(one, 'actionType')?.text === 'apex');
  return resourcesIn(root).flatMap(({ name, body }) => {
    const inputs = actions.flatMap((action) => inputsOf(action, name));
    if (inputs.length === 0 || inputs.length < mentionsOf(root, name)) return [];
    return inputs.map(({ action, input }) => ({
      file: file.path,
      component: file.component,
      line: body.line,
      offset: body.line,
      source: sessionMergeField.exec(body.text)?.[0] ?? '',
      classes: [action],
      property: input,
      isInput: true as const,
    }));
  });
}

function resourcesIn(root: XmlElement): Resource[] {
  return ['formulas', 'textTemplates'].flatMap((kind) =>
    childrenNamed(root, kind).flatMap((one) => {
      const [name, body] = [child(one, 'name')?.text, child(one, 'expression') ?? child(one, 'text')];
      return name !== undefined && body && sessionMergeField.test(body.text) ? [{ name, body }] : [];
    })
  );
}

function inputsOf(action: XmlElement, resource: string): Array<{ action: string; input: string }> {
  const called = plain(child(action, 'actionName')?.text ?? '');
  return childrenNamed(action, 'inputParameters').flatMap((parameter) => {
    const given = child(child(parameter, 'value'), 'elementReference')?.text;
    return given === resource ? [{ action: called, input: plain(child(parameter, 'name')?.text ?? '') }] : [];
  });
}

/** How often the elements of a flow name a resource, besides its own definition. */
function mentionsOf(element: XmlElement, name: string): number {
  const own = child(element, 'name')?.text === name ? 1 : 0;
  const merged = new RegExp(`\\{!\\s*${name}\\b`);
  const here = element.children.filter(({ text }) => text === name || merged.test(text)).length - own;
  return element.children.reduce((sum, one) => sum + mentionsOf(one, name), here);
}

const plain = (name: string): string => name.replace(/^\w+?__/, '').toLowerCase();
