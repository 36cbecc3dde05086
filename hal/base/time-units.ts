/** A UTC day: civil time has no leap seconds here (POSIX time). */
export const daySeconds = 86_400;
export const dayMilliseconds = 86_400_000;
