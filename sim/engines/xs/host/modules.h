/*
 * Where the application's modules come from. One file per kind of place implements `modulesOpen` and `moduleText`:
 * a folder here, an array in flash on a chip.
 */
#ifndef TALLY_MODULES_H
#define TALLY_MODULES_H

#include <stddef.h>

#define MODULE_NAME_BYTES 256

/* Prepares for `moduleText`; returns the name of the module to begin with. */
const char *modulesOpen(int count, char **arguments);

/* The text of the module `name` ("firmware/main.js"), valid until the next call; NULL when there is none. */
const char *moduleText(const char *name, size_t *byteLength);

/*
 * Resolves `specifier` ("./clock.js", "../hal/clock.js") as `referrer` means it into a name of at most
 * MODULE_NAME_BYTES bytes, its zero included; a module that native code takes the place of gets that one's name. Returns NULL, or what is wrong with the specifier.
 */
const char *moduleResolve(const char *referrer, const char *specifier, char *name);

#endif
