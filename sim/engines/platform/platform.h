/*
 * What the XS engine needs to know about the place it runs in. The engine's own headers include this file (it is
 * named to them by XSPLATFORM), so it is all macros and standard headers: no threads, no event loop, no debugger.
 */
#ifndef TALLY_PLATFORM_H
#define TALLY_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arena.h"

/* Every allocation of the engine comes from the arena, so that copying the arena back gives a fresh machine. */
#define c_malloc arenaAllocate
#define c_calloc arenaAllocateZeroed
#define c_realloc arenaReallocate
#define c_free arenaFree
#define c_malloc_uint32 arenaAllocate
#define c_free_uint32 arenaFree

/* The engine's defaults that fit; engine-hooks.c supplies the rest. */
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultChunkAllocation 1
#define mxUseDefaultSlotAllocation 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1
#define mxUseDefaultCStackLimit 0

/* Members that the engine keeps for us in its machine: are there promise jobs to run? */
#define mxMachinePlatform int promiseJobsWaiting;

#endif
