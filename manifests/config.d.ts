/** The SDK's module of the manifest's `config`, with what was given to `mcconfig` in its place. */
declare module "mc/config" {
  const config: {
    /** SHA-256 of the legally relevant modules; `tally flash` gives it, an image built otherwise has none. */
    readonly meteringChecksum: string;
  };
  export default config;
}
