/** What the service port's commands take. Every parameter of a command is required. */

export interface IntegerParameter<Name extends string = string> {
  readonly name: Name;
  readonly type: "integer";
  readonly lowest: number;
  readonly highest: number;
}
export interface TextParameter<Name extends string = string> {
  readonly name: Name;
  /** Printable ASCII without `"` and `\`. */
  readonly type: "text";
  readonly longest: number;
}
export interface HexadecimalParameter<Name extends string = string> {
  readonly name: Name;
  /** Two digits a byte, in either case. */
  readonly type: "hexadecimal";
  readonly byteLength: number;
}
export interface ChoiceParameter<Name extends string = string, Choice extends string = string> {
  readonly name: Name;
  readonly type: "choice";
  readonly choices: readonly Choice[];
}
export type Parameter = IntegerParameter | TextParameter | HexadecimalParameter | ChoiceParameter;

export type ValueOf<Each extends Parameter> =
  Each extends ChoiceParameter<string, infer Choice>
    ? Choice
    : Each extends IntegerParameter
      ? number
      : string;

export type NoValues = Readonly<Record<string, never>>;

/** One value for each parameter of a list, by its name. */
export type ValuesOf<List extends readonly Parameter[]> = List extends readonly []
  ? NoValues
  : { readonly [Each in List[number] as Each["name"]]: ValueOf<Each> };

export function integer<const Name extends string>(
  name: Name,
  lowest: number,
  highest: number,
): IntegerParameter<Name> {
  return Object.freeze({ name, type: "integer", lowest, highest });
}

export function text<const Name extends string>(name: Name, longest: number): TextParameter<Name> {
  return Object.freeze({ name, type: "text", longest });
}

export function hexadecimal<const Name extends string>(
  name: Name,
  byteLength: number,
): HexadecimalParameter<Name> {
  return Object.freeze({ name, type: "hexadecimal", byteLength });
}

export function choice<const Name extends string, const Choices extends readonly string[]>(
  name: Name,
  ...choices: Choices
): ChoiceParameter<Name, Choices[number]> {
  return Object.freeze({ name, type: "choice", choices: Object.freeze(choices) });
}
