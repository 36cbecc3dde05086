import { Chat, type ChatOptions, type AtCommand, type AtReply } from "./chat.js";
import { Pause } from "./pause.js";

/**
 * Answers to earlier attempts may still be on their way once the modem has woken; taken for the answer to the
 * next command they would shift every answer by one.
 */
const settleMilliseconds = 300;
const attentionTries = 10;

/** A chat with a modem that may be asleep, busy starting up, or frozen. */
export class AtSession {
  #chat: Chat;
  #pause: Pause;
  #open = true;

  /** @throws {RangeError} when the speed is out of range, {Error} when the port is unknown or in use. */
  constructor(options: ChatOptions) {
    this.#pause = new Pause(options.clock);
    this.#chat = new Chat(options);
  }

  isOpen(): boolean {
    return this.#open;
  }

  /** True when the modem sends commands back; it keeps that by itself. */
  get hasEcho(): boolean {
    return this.#chat.hasEcho;
  }

  /** What was heard of an echo before is forgotten. */
  forgetEcho(): void {
    this.#chat.hasEcho = false;
  }

  /** Sends a command; after one that got no answer, makes sure first that the modem listens. */
  ask(command: AtCommand): Promise<AtReply> {
    return this.#open && !this.#chat.isAnswering ? this.wakeAndAsk(command) : this.#chat.run(command);
  }

  /** Repeats AT until OK comes: the first one after sleep is lost, and a modem that starts up says ERROR. */
  async wake(tries = attentionTries): Promise<boolean> {
    for (let attempt = 1; attempt <= tries && this.isOpen(); attempt++) {
      const timeoutMilliseconds = Math.min(attempt * 100, 1000);
      const { status } = await this.#chat.run({ text: "AT", timeoutMilliseconds });
      if (status === "error") await this.rest(timeoutMilliseconds);
      if (status !== "ok") continue;
      await this.rest(settleMilliseconds);
      this.#chat.isAnswering = true;
      return this.isOpen();
    }
    return false;
  }

  private async wakeAndAsk(command: AtCommand): Promise<AtReply> {
    if (!(await this.wake()) && this.isOpen()) return { status: "silent", lines: [], error: "" };
    return this.#chat.run(command);
  }

  /** Notes that the modem has gone to sleep, so that the next command wakes it. */
  noteSleep(): void {
    this.#chat.isAnswering = false;
  }

  /** Waits; a close ends it early. */
  async rest(milliseconds: number): Promise<void> {
    if (this.#open) await this.#pause.rest(milliseconds);
  }

  /** Releases the port; everything under way ends. Idempotent. */
  close(): void {
    this.#open = false;
    this.#pause.end();
    this.#chat.close();
  }
}
