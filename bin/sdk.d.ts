type Environment = Readonly<Record<string, string | undefined>>;

/** One line that says what is missing to build for a board and where to get it; undefined when nothing is. */
export function missingTools(environment: Environment): string | undefined;

/** The path of `mcconfig`, on the search path or in the SDK. */
export function findMcconfig(environment: Environment): string | undefined;

/** Where the SDK's tools may be: the search path, and the SDK itself. */
export function searchFolders(environment: Environment): string[];
