const PlainGlobalsEnvironment = require("../setup/plain-globals-environment.cjs");

/** Ends a mutant's run at the first test that fails: jest itself would only pass over the files behind it. */
module.exports = class FirstFailureEnvironment extends PlainGlobalsEnvironment {
  #hasFailed = false;

  handleTestEvent(event) {
    if (event.name === "test_fn_failure") this.#hasFailed = true;
    if (event.name === "test_start" && this.#hasFailed) event.test.mode = "skip";
  }
};
