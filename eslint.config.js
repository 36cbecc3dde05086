import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import typescript from "typescript-eslint";

/** What code for XS does without; docs/STYLE.md says why. */
const meterSyntax = [
  {
    selector: "MethodDefinition[key.type='PrivateIdentifier']",
    message: "Declare the method as `private`, without #: on XS a #method takes RAM in each instance.",
  },
  {
    selector: "ForOfStatement",
    message:
      "Loop by index, or by forEach: for … of costs the chip 100 bytes of flash and calls for each element.",
  },
  {
    selector: "ArrayPattern",
    message: "Take elements by their index: a pattern of an array costs the chip 140 bytes of flash.",
  },
  {
    selector: ":not(ObjectExpression) > SpreadElement",
    message: "Use concat or a loop: to spread an array costs the chip 70 bytes of flash.",
  },
  {
    selector: ":not(MemberExpression[property.name='stringify']) > Identifier[name='JSON']",
    message:
      "Read text by hand: JSON.parse makes a key of each name, and keys are never given back on the chip.",
  },
  {
    selector: "CallExpression[callee.property.name=/^(match|matchAll|search)$/]",
    message: "Search text by hand: these make a regular expression of whatever they are given.",
  },
  {
    selector:
      ":matches(BinaryExpression[operator='<<'], AssignmentExpression[operator='<<='])[right.value>=24]",
    message: "Read 32 bits by a DataView or readUnsigned: a signed shift turns negative at 2^31.",
  },
  {
    selector:
      ":matches(:not(MemberExpression[property.name='fill']) > NewExpression[callee.name='Array'], CallExpression[callee.name='Array'], AssignmentExpression > MemberExpression.left[computed=false][object.type!='ThisExpression'][property.name='length'])",
    message: "Fill an array as it is made: XS 13 takes what lies behind one with holes for its elements.",
  },
  {
    selector:
      ":matches(ClassDeclaration, ClassExpression)[superClass.name=/Error$/]:not(:has(PropertyDefinition[key.name='name']))",
    message:
      "Set the name by a class field: on XS an instance can't write over the prototype's, which is frozen.",
  },
];

export default typescript.config(
  { ignores: ["dist/", "build/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  ...typescript.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.js", "bin/*.js"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  { files: ["*.js", "**/*.cjs", "bin/*.js", "hal/esp32/**/*.js"], ...typescript.configs.disableTypeChecked },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { module: "writable", require: "readonly" } },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // XS gives every instance a slot of RAM for each of its class's private methods; those of the prototype lie in flash.
    files: [
      "firmware/**/*.ts",
      "drivers/**/*.ts",
      "hal/*.ts",
      "hal/base/**/*.ts",
      "manifests/*.ts",
      "manifests/boards/**/*.ts",
    ],
    rules: { "no-restricted-syntax": ["error", ...meterSyntax] },
  },
  {
    // The modem's driver may search lines by patterns: short ones, outside of a report.
    files: ["firmware/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...meterSyntax,
        {
          selector: "Literal[regex]",
          message: "Search text by hand: a regular expression takes stack that the chip has not got.",
        },
      ],
    },
  },
  {
    // What xsc adds to JavaScript for calls of C; a method that does nothing else costs no bytecode.
    files: ["hal/esp32/**/*.js"],
    languageOptions: { globals: { Native: "readonly", native: "readonly" } },
    rules: { "@typescript-eslint/no-extraneous-class": "off" },
  },
  prettier,
);
