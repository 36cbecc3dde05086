/** Where a slice stands in retained memory. */
export interface RetainedRoom {
  readonly offset: number;
  /** Content and seal fit into it, with room to grow: a slice that grows moves no other. */
  readonly byteLength: number;
}

function room(offset: number, byteLength: number): RetainedRoom {
  return Object.freeze({ offset, byteLength });
}

/**
 * The plan of retained memory: each slice has a room, one behind the other. Append only, and no room moves or changes its
 * size: a firmware that comes by an update finds there what the one before it has left.
 */
export const retainedRooms: Readonly<Record<string, RetainedRoom>> = Object.freeze({
  "power-period": room(0, 32),
  metering: room(32, 48),
  positions: room(80, 96),
  settings: room(176, 48),
  access: room(224, 32),
  duties: room(256, 80),
  contact: room(336, 32),
  registration: room(368, 64),
  valve: room(432, 32),
});
