import type { Work } from './work.js';

/**
 * A set that never changes. It remembers what it was joined with: while values grow, the same sets are joined again in
 * every pass, and the same set as before is the result.
 */
export class FixedSet<T> extends Set<T> {
  private joins: Map<FixedSet<T>, FixedSet<T>> | undefined;

  public join(other: FixedSet<T>, work: Work): FixedSet<T> {
    if (other.size === 0 || other === this) return this;
    if (this.size === 0) return other;
    const known = this.joins?.get(other);
    if (known) {
      work.spend(1);
      return known;
    }
    work.spend(this.size + other.size);
    const joined = this.joinNew(other);
    this.joins ??= new Map();
    this.joins.set(other, joined);
    return joined;
  }

  private joinNew(other: FixedSet<T>): FixedSet<T> {
    let joined: FixedSet<T> | undefined;
    for (const one of other) {
      if (this.has(one)) continue;
      joined ??= new FixedSet(this);
      joined.add(one);
    }
    return joined?.size === other.size ? other : (joined ?? this);
  }
}
