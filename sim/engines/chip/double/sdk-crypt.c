/* Under the SDK's module `crypt`: a hash and a block cipher of the simulator's own, of whole buffers only. */
#include <string.h>

#include "device.h"
#include "xsHost.h"
#include "xsmc.h"

#define BLOCK_BYTES 16

void xs_sdk_sha256(xsMachine *the);
void xs_sdk_aes128(xsMachine *the);

static void setResult(xsMachine *the, const struct reply *reply) {
  if (reply->kind != REPLY_BYTES) fault("the board does not encrypt");
  xsmcSetArrayBuffer(xsResult, (void *)reply->bytes, (xsIntegerValue)reply->byteLength);
}

void xs_sdk_sha256(xsMachine *the) {
  void *message;
  xsUnsignedValue byteLength;
  xsmcGetBufferReadable(xsArg(0), &message, &byteLength);
  const struct call call = {.operation = DEVICE_SHA256, .bytes = message, .byteLength = byteLength};
  const struct reply reply = deviceCall(&call);
  setResult(the, &reply);
}

void xs_sdk_aes128(xsMachine *the) {
  uint8_t both[2 * BLOCK_BYTES];
  for (int index = 0; index < 2; index++) {
    if (xsmcGetArrayBufferLength(xsArg(index)) != BLOCK_BYTES) xsTypeError("invalid buffer");
    xsmcGetArrayBufferData(xsArg(index), 0, both + index * BLOCK_BYTES, BLOCK_BYTES);
  }
  const struct call call = {.operation = DEVICE_AES128, .bytes = both, .byteLength = sizeof both};
  const struct reply reply = deviceCall(&call);
  setResult(the, &reply);
}

/* Of `mc/config`: what the build was given on its command line. */
void xs_sdk_meteringChecksum(xsMachine *the);

void xs_sdk_meteringChecksum(xsMachine *the) {
  static char text[65];
  const struct reply reply = device(DEVICE_METERING_CHECKSUM, 0, 0);
  const size_t byteLength = reply.kind == REPLY_BYTES && reply.byteLength < sizeof text ? reply.byteLength : 0;
  memcpy(text, reply.bytes, byteLength);
  text[byteLength] = 0;
  xsmcSetString(xsResult, text);
}
