type Environment = Readonly<Record<string, string | undefined>>;

/**
 * One line that says what is missing to build for a board, or is of another version, and what to do; undefined when
 * nothing is.
 */
export function missingTools(environment: Environment): string | undefined;

/** The same for what needs the SDK alone: ESP-IDF may be missing, but must not be a wrong one. */
export function missingSdk(environment: Environment): string | undefined;

/** Whether somebody says where ESP-IDF is. */
export function hasIdf(environment: Environment): boolean;

/** What is there, as three numbers each; undefined where there is none. */
export function sdkVersions(environment: Environment): {
  readonly moddable: string | undefined;
  readonly idf: string | undefined;
};

/** The path of `mcconfig`, on the search path or in the SDK. */
export function findMcconfig(environment: Environment): string | undefined;

/** Where the SDK's tools may be: the search path, and the SDK itself. */
export function searchFolders(environment: Environment): string[];
