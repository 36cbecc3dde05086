/** C in the form in which the XS linker of the SDK 8.2 writes it, of a very small program. */
export const linkerText = `/* XS GENERATED FILE; DO NOT EDIT! 105 */

#define mxAliasCount 7
#define mxHeapCount 100
static const txSlot gxHeap[mxHeapCount];
#define mxStackCount 10
#define mxKeysCount 20
#define mxNamesCount 3
#define mxSymbolsCount 2
static const txU1 gxCode1[29];
static const xsHostBuilder gxBuilders[5] = {
	{ fx_isFinite, 1, xsID_isFinite },
};
static const xsHostBuilder gxBuilders4[1] = {
	{ tally, 1, 9 },
};
static const txSlot gxHeap[mxHeapCount] = {
/* 0001 */	{ NULL, {.ID = 12, .kind = XS_STRING_X_KIND}, .value = { .string = "Math" } },
/* 0002 */	{ NULL, {.ID = 12, .kind = XS_STRING_X_KIND}, .value = { .string = "Math" } },
/* 0003 */	{ NULL, {.ID = 14, .kind = XS_KEY_X_KIND}, .value = { .key = { "a\\"\\n\\xc3", 0x152618 } }},
/* 0004 */	{ NULL, {.kind = XS_CODE_X_KIND}, .value = { .code = { (txByte*)"\\x0f\\x00\\x22", NULL } } },
};
static const txPreparation gxPreparation = {
	mxScriptsCount,
	859,
	{ 12288, 0, 1600, 0, 480, 32, 0, 53, 3, 1024, 17, 0, 0},
	"manifests/main",
};
`;
