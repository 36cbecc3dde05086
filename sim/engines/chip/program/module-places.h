/* Which modules others take the place of: what the manifests say on the chip. */
#ifndef TALLY_MODULE_PLACES_H
#define TALLY_MODULE_PLACES_H

/*
 * Takes an option `module:NAME=FILE`, or `module:NAME@IMPORTER=FILE` for one importer only; returns 0 when it is none.
 * NAME is relative to the folder of modules, or what an import of one of the SDK's modules says.
 */
int modulePlaceTake(const char *option);

#endif
