/** Past the bound on work: the scripts are not fully followed, which is a gap. */
export class TooMuchWork extends Error {}

/** Counts steps, so that every flow ends after the same work on any machine. */
export class Work {
  public constructor(private left: number) {}

  public spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooMuchWork('The scripts need more steps than are allowed.');
  }
}
