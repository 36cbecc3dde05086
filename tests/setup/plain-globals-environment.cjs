const vm = require("node:vm");
const { TestEnvironment } = require("jest-environment-node");

/**
 * Jest's environment for Node, in a context whose global object is a plain one. Jest makes one of an object of its own,
 * through which V8 looks up each `Math` and `Infinity`: code that counts pulses then takes three to six times as long.
 */
module.exports = class PlainGlobalsEnvironment extends TestEnvironment {
  constructor(...parameters) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...parameters);
    } finally {
      vm.createContext = createContext;
    }
  }
};
