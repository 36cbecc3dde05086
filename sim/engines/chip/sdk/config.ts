/** The SDK's `mc/config`, of a build whose command line was given the simulated meter's checksum. */
declare function native(name: "xs_sdk_meteringChecksum"): () => string;

export default {
  get meteringChecksum(): string {
    return native("xs_sdk_meteringChecksum")();
  },
};
