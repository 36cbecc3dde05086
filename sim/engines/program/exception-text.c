#include "exception-text.h"

#include <stdio.h>

void exceptionText(txMachine *the, char *text, size_t byteLength) {
  mxTry(the) {
    mxPush(mxException);
    if (mxIsReference(the->stack)) {
      mxGetID(mxID(_stack));
      if (the->stack->kind == XS_UNDEFINED_KIND) *the->stack = mxException;
    }
    fxToStringBuffer(the, the->stack, text, (txSize)byteLength);
    mxPop();
  }
  mxCatch(the) { snprintf(text, byteLength, "an exception that can't be told as text"); }
}
