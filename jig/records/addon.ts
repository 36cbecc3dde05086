import Database from "better-sqlite3";

/** Whether SQLite's addon is compiled and fits this Node; it is loaded when the first database is opened. */
export function isAddonThere(): boolean {
  try {
    new Database(":memory:").close();
    return true;
  } catch {
    return false;
  }
}
