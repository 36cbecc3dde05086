/** The sources can't be compiled. The message is one line and says what to do. */
export class CompileError extends Error {}

export interface Source {
  /** Relative to the project's folder. */
  readonly name: string;
  readonly text: string;
  readonly digest: string;
}

export interface Plan {
  readonly sources: readonly Source[];
  /** Compiled never before, or changed since, or no longer in dist/ as it was compiled. */
  readonly stale: readonly Source[];
  /** Files of dist/ without a source, relative to it. */
  readonly left: readonly string[];
  readonly isFirst: boolean;
}

/**
 * What there is to do.
 * @param project the folder of package.json
 */
export function planOf(project: string): Plan;

/** Whether dist/ is what the sources say. */
export function isUpToDate(plan: Plan): boolean;

/**
 * Carries a plan out.
 * @throws {CompileError} when a source is no TypeScript, after all others have been compiled.
 */
export function compile(project: string, plan: Plan): Promise<void>;
