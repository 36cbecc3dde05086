/* What the engine calls to find and to load a module. */
#include <stdio.h>

#include "xsAll.h"

#include "failure.h"
#include "modules.h"

txID fxFindModule(txMachine *the, txSlot *realm, txID referrer, txSlot *specifier) {
  char name[MODULE_NAME_BYTES];
  char text[MODULE_NAME_BYTES];
  char importer[MODULE_NAME_BYTES];
  (void)realm;
  fxToStringBuffer(the, specifier, text, sizeof text);
  if (referrer == XS_NO_ID) return fxNewNameC(the, text);
  snprintf(importer, sizeof importer, "%s", fxGetKeyName(the, referrer));
  const char *wrong = moduleResolve(importer, text, name);
  if (wrong) fail("%s can't import \"%s\": %s", importer, text, wrong);
  return fxNewNameC(the, name);
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID) {
  char name[MODULE_NAME_BYTES];
  snprintf(name, sizeof name, "%s", fxGetKeyName(the, moduleID));
  fxResolveModule(the, module, moduleID, moduleScript(the, name), C_NULL, C_NULL);
}
