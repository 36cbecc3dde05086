class Partition extends Native("xs_tally_flash_destructor") {
  constructor(label) {
    super();
    native("xs_tally_flash_open").call(this, label);
  }
  get isOpen() {
    return native("xs_tally_flash_isOpen").call(this);
  }
  get byteLength() {
    return native("xs_tally_flash_byteLength").call(this);
  }
  get sectorByteLength() {
    return native("xs_tally_flash_sectorByteLength").call(this);
  }
  get programByteLength() {
    return native("xs_tally_flash_programByteLength").call(this);
  }
  read(address, target) {
    return native("xs_tally_flash_read").call(this, address, target);
  }
  program(address, bytes) {
    return native("xs_tally_flash_program").call(this, address, bytes);
  }
  erase(address) {
    return native("xs_tally_flash_erase").call(this, address);
  }
}

export class ChipFlashPartition {
  #partition;

  constructor({ partition }) {
    this.#partition = new Partition(partition);
    if (!this.#partition.isOpen) throw new Error(`flash partition "${partition}" is unknown`);
    const { byteLength, sectorByteLength, programByteLength } = this.#partition;
    this.geometry = Object.freeze({ byteLength, sectorByteLength, programByteLength });
  }

  read(address, target) {
    this.#require(address, target.byteLength, 1);
    return this.#partition.read(address, target);
  }

  program(address, bytes) {
    this.#require(address, bytes.byteLength, this.geometry.programByteLength);
    return this.#partition.program(address, bytes);
  }

  erase(address) {
    const { sectorByteLength } = this.geometry;
    this.#require(address, sectorByteLength, sectorByteLength);
    return this.#partition.erase(address);
  }

  #require(address, byteLength, alignment) {
    if (!Number.isInteger(address) || address < 0 || address + byteLength > this.geometry.byteLength)
      throw new RangeError(`flash access ${address}+${byteLength} is outside the partition`);
    if (address % alignment !== 0 || byteLength % alignment !== 0)
      throw new RangeError(`flash access ${address}+${byteLength} is not aligned to ${alignment}`);
  }
}
