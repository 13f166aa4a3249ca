import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import ts from 'typescript';
import { inRoot } from '../../scripts/tools/paths.js';

/**
 * Checks files against the types of the Metadata API, which `@salesforce/types` generates from its WSDL: names, order and
 * number of elements, required elements, scalars and enumerations.
 */
export class MetadataTypes {
  private readonly source = ts.createSourceFile(
    'metadata.d.ts',
    readFileSync(inRoot('node_modules', '@salesforce', 'types', 'lib', 'metadata.d.ts'), 'utf8'),
    ts.ScriptTarget.Latest
  );
  private readonly types = new Map(
    this.source.statements.filter(ts.isTypeAliasDeclaration).map(({ name, type }) => [name.text, type])
  );

  /** What is wrong; empty for a valid file. */
  public problemsIn(xml: string): string[] {
    const valid = XMLValidator.validate(xml);
    if (valid !== true) return [valid.err.msg];
    const parsed = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseTagValue: false }).parse(
      xml
    ) as Node[];
    const [root, ...others] = parsed.filter((node) => nameOf(node) !== '?xml');
    if (root === undefined || others.length > 0) return ['The file does not have one root element.'];
    const namespace = root[':@']?.['@_xmlns'];
    return [
      ...(namespace === 'http://soap.sforce.com/2006/04/metadata' ? [] : [`The namespace is ${String(namespace)}.`]),
      ...this.problemsOf(nameOf(root), childrenOf(root), nameOf(root)),
    ];
  }

  private problemsOf(type: string, nodes: readonly Node[], path: string): string[] {
    const fields = this.fieldsOf(type);
    if (fields === undefined) return [`${path}: the type ${type} does not exist.`];
    const names = nodes.map(nameOf);
    const order = names.map((name) => fields.findIndex((field) => field.name === name));
    return [
      ...names
        .filter((name) => !fields.some((field) => field.name === name))
        .map((name) => `${path}.${name} is unknown.`),
      ...(order.every((at, index) => index === 0 || at >= (order[index - 1] ?? 0))
        ? []
        : [`${path}: the order is wrong.`]),
      ...fields.flatMap(({ name, isRequired, isList }) => {
        const count = names.filter((one) => one === name).length;
        return [
          ...(isRequired && count === 0 ? [`${path}.${name} is missing.`] : []),
          ...(!isList && count > 1 ? [`${path}.${name} appears ${count} times.`] : []),
        ];
      }),
      ...nodes.flatMap((node) => {
        const field = fields.find(({ name }) => name === nameOf(node));
        return field === undefined ? [] : this.problemsOfValue(field.type, node, `${path}.${field.name}`);
      }),
    ];
  }

  private problemsOfValue(type: ts.TypeNode, node: Node, path: string): string[] {
    const text = childrenOf(node)
      .map((child) => child['#text'] ?? '')
      .join('');
    if (type.kind === ts.SyntaxKind.StringKeyword) return [];
    if (type.kind === ts.SyntaxKind.BooleanKeyword) return /^(?:true|false)$/.test(text) ? [] : [`${path} is ${text}.`];
    if (type.kind === ts.SyntaxKind.NumberKeyword) return /^-?\d+$/.test(text) ? [] : [`${path} is ${text}.`];
    const name = type.getText(this.source);
    const values = this.valuesOf(name);
    if (values !== undefined) return values.includes(text) ? [] : [`${path} is ${text}; ${name} does not have it.`];
    return this.problemsOf(name, childrenOf(node), path);
  }

  private valuesOf(name: string): string[] | undefined {
    const type = this.types.get(name);
    if (type === undefined || !ts.isUnionTypeNode(type)) return undefined;
    return type.types.map((one) => one.getText(this.source).slice(1, -1));
  }

  private fieldsOf(name: string): Field[] | undefined {
    const type = this.types.get(name);
    const parts: readonly ts.TypeNode[] =
      type === undefined ? [] : ts.isIntersectionTypeNode(type) ? type.types : [type];
    const literals = parts.filter(ts.isTypeLiteralNode);
    if (literals.length === 0) return undefined;
    return literals.flatMap(({ members }) =>
      members.filter(ts.isPropertySignature).flatMap((member): Field[] => {
        if (member.type === undefined) return [];
        const isList = ts.isArrayTypeNode(member.type);
        const element = ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type;
        // An array of the types is an element that may be absent.
        const isRequired = member.questionToken === undefined && !isList;
        return [{ name: member.name.getText(this.source), type: element, isList, isRequired }];
      })
    );
  }
}

type Field = { name: string; type: ts.TypeNode; isList: boolean; isRequired: boolean };
type Node = { ':@'?: Record<string, string>; '#text'?: string } & Record<string, unknown>;

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function childrenOf(node: Node): Node[] {
  const children = node[nameOf(node)];
  return Array.isArray(children) ? (children as Node[]) : [];
}
