import type { Requirement } from './types.js';

/**
 * The fewest permissions that meet all requirements: what has no alternative first; then, for each requirement that is
 * still open, its first name. So a requirement names the narrowest permission first.
 */
export const minimalPermissions = (requirements: readonly Requirement[]): string[] => {
  const chosen = new Set(requirements.flatMap((anyOf) => (anyOf.length === 1 ? [anyOf[0]] : [])));
  for (const anyOf of requirements) {
    if (!anyOf.some((name) => chosen.has(name))) chosen.add(anyOf[0]);
  }
  return [...chosen].sort();
};
