/*
 * What the SDK's linker leaves of the engine's table of optional parts (its xslStrip.c): no function of a chip's
 * firmware has slots for its `length` and its `name`. The package has no linker of its own, so the tool chain's puts
 * this table in the place of the engine's.
 */
#include "xsAll.h"

const txDefaults __wrap_gxDefaults = {
    .newAsyncInstance = fxNewAsyncInstance,
    .runAsync = fxRunAsync,
    .newGeneratorInstance = fxNewGeneratorInstance,
    .newGeneratorFunctionInstance = fxNewGeneratorFunctionInstance,
    .newAsyncGeneratorInstance = fxNewAsyncGeneratorInstance,
    .newAsyncGeneratorFunctionInstance = fxNewAsyncGeneratorFunctionInstance,
    .runForAwaitOf = fxRunForAwaitOf,
    .newArgumentsSloppyInstance = fxNewArgumentsSloppyInstance,
    .newArgumentsStrictInstance = fxNewArgumentsStrictInstance,
    .runEval = fxRunEval,
    .runEvalEnvironment = fxRunEvalEnvironment,
    .runProgramEnvironment = fxRunProgramEnvironment,
    .runImport = fxRunImport,
    .definePrivateProperty = fxDefinePrivateProperty,
    .getPrivateProperty = fxGetPrivateProperty,
    .setPrivateProperty = fxSetPrivateProperty,
    .cleanupFinalizationRegistries = fxCleanupFinalizationRegistries,
    .captureErrorStack = fxCaptureErrorStack,
};
