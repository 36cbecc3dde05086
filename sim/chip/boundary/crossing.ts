import { asciiBytes, asciiText } from "../../../hal/base/text.js";
import { type ApplicationCall, fillingOperations, type PortCall, textOperations } from "./port.js";

/** The boundary as the application sees it, over one that knows nothing but bytes. */
export function crossing(call: PortCall): ApplicationCall {
  return (operation, a = 0, b = 0, c = 0, content) => {
    if (fillingOperations.includes(operation) && content instanceof Uint8Array) {
      const result = call(operation, a, b, c, undefined);
      if (!(result instanceof Uint8Array)) return 0;
      content.set(result);
      return 1;
    }
    const result = call(operation, a, b, c, typeof content === "string" ? asciiBytes(content) : content);
    return textOperations.includes(operation) && result instanceof Uint8Array ? asciiText(result) : result;
  };
}
