/**
 * What an image says of itself, in one piece of text among its data: `mcconfig` gets it as a member of the manifest's
 * `config`, and the XS linker puts it into flash with the module of that.
 */
export interface ImageLabel {
  readonly product: string;
  readonly board: string;
  /** Of the firmware. */
  readonly version: string;
  /** SHA-256 of the legally relevant sources, 64 hexadecimal digits. */
  readonly checksum: string;
}

const form = /tally-image:([a-z0-9-]+):([a-z0-9-]+):([0-9A-Za-z.-]+):([0-9a-f]{64})/;

export function labelText({ product, board, version, checksum }: ImageLabel): string {
  return `tally-image:${product}:${board}:${version}:${checksum}`;
}

/** The label among the bytes of an image; undefined when there is none. */
export function findLabel(image: Uint8Array): ImageLabel | undefined {
  // A character for each byte, so that no byte is lost on text that is none.
  const [, product, board, version, checksum] = form.exec(Buffer.from(image).toString("latin1")) ?? [];
  if (product === undefined || board === undefined || version === undefined || checksum === undefined)
    return undefined;
  return { product, board, version, checksum };
}

/** The first difference in words, of a label that should be another; undefined when it is that. */
export function labelDifference(label: ImageLabel, wanted: Partial<ImageLabel>): string | undefined {
  const { product, board, version, checksum } = wanted;
  if (product !== undefined && label.product !== product)
    return `is of a ${label.product} meter, not of a ${product} meter`;
  if (board !== undefined && label.board !== board) return `is for board ${label.board}, not for ${board}`;
  if (version !== undefined && label.version !== version)
    return `holds version ${label.version}, not ${version}`;
  if (checksum !== undefined && label.checksum !== checksum)
    return `holds legal checksum ${label.checksum}, not ${checksum}`;
  return undefined;
}
