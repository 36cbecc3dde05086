/* Where a relative import leads. */
#ifndef TALLY_MODULE_PATH_H
#define TALLY_MODULE_PATH_H

/*
 * Resolves `specifier` ("./clock.js", "../hal/clock.js") as `referrer` means it into a name of at most
 * MODULE_NAME_BYTES bytes, its zero included. Returns NULL, or what is wrong with the specifier.
 */
const char *modulePath(const char *referrer, const char *specifier, char *name);

#endif
