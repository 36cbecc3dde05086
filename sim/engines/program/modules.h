/*
 * Where the application's modules come from. One file per kind of place implements the functions below but
 * `moduleResolve`: a folder of JavaScript on the desktop, bytecode in the image on a chip.
 */
#ifndef TALLY_MODULES_H
#define TALLY_MODULES_H

#include "xsAll.h"
#include "xsScript.h"

#define MODULE_NAME_BYTES 256

/* Prepares for `moduleScript`; returns the name of the module to begin with. */
const char *modulesOpen(int count, char **arguments);

/* The bytecode of the module `name` ("firmware/main.js"), which is run once. Fails when there is none. */
txScript *moduleScript(txMachine *the, const char *name);

/* Every module has been loaded. */
void modulesLoaded(void);

/*
 * Resolves `specifier` ("./clock.js", "../hal/clock.js") as `referrer` means it into a name of at most
 * MODULE_NAME_BYTES bytes, its zero included; a module that native code takes the place of gets that one's name.
 * Returns NULL, or what is wrong with the specifier.
 */
const char *moduleResolve(const char *referrer, const char *specifier, char *name);

#endif
