/** A name without the namespace of the package. */
export function localName(name: string, namespace: string | undefined): string {
  return namespace !== undefined && name.startsWith(`${namespace}__`) ? name.slice(namespace.length + 2) : name;
}
