/** Where a slice stands in retained memory. */
export interface RetainedRoom {
  readonly name: string;
  /** Content and seal fit into it, with room to grow: a slice that grows moves no other. */
  readonly byteLength: number;
}

/**
 * The plan of retained memory: each slice has a room, one behind the other. Append only, and no room changes its size: a
 * firmware that comes by an update finds there what the one before it has left.
 */
export const retainedRooms: readonly RetainedRoom[] = Object.freeze([
  Object.freeze({ name: "power-period", byteLength: 32 }),
  Object.freeze({ name: "metering", byteLength: 48 }),
  Object.freeze({ name: "positions", byteLength: 96 }),
  Object.freeze({ name: "settings", byteLength: 48 }),
  Object.freeze({ name: "access", byteLength: 32 }),
  Object.freeze({ name: "duties", byteLength: 80 }),
  Object.freeze({ name: "contact", byteLength: 32 }),
  Object.freeze({ name: "registration", byteLength: 64 }),
  Object.freeze({ name: "valve", byteLength: 32 }),
]);
