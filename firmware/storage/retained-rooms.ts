/** Where a slice stands in retained memory. */
export interface RetainedRoom {
  /** Its number among the rooms, from 0. */
  readonly index: number;
  readonly offset: number;
  /** Content and seal fit into it, with room to grow: a slice that grows moves no other. */
  readonly byteLength: number;
}

function room(index: number, offset: number, byteLength: number): RetainedRoom {
  return Object.freeze({ index, offset, byteLength });
}

/**
 * The plan of retained memory: each slice has a room, one behind the other. Append only, and no room moves or changes its
 * size: a firmware that comes by an update finds there what the one before it has left.
 */
export const retainedRooms: Readonly<Record<string, RetainedRoom>> = Object.freeze({
  "power-period": room(0, 0, 32),
  metering: room(1, 32, 48),
  positions: room(2, 80, 96),
  settings: room(3, 176, 48),
  access: room(4, 224, 32),
  duties: room(5, 256, 80),
  contact: room(6, 336, 32),
  registration: room(7, 368, 64),
  valve: room(8, 432, 32),
  "own-settings": room(9, 464, 160),
  events: room(10, 624, 96),
});
