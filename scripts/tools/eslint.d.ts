/** The part of ESLint that `scripts/lint.ts` uses; version 8 brings no types. */
declare module 'eslint' {
  type Result = { readonly errorCount: number; readonly warningCount: number };
  export class ESLint {
    public constructor(options: { cwd: string; extensions: readonly string[]; overrideConfig: object });
    public lintFiles(patterns: readonly string[]): Promise<Result[]>;
    public loadFormatter(name: string): Promise<{ format(results: readonly Result[]): string }>;
  }
}
