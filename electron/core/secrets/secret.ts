import { inspect } from 'node:util';

const HIDDEN = '•••';

/** A secret that does not print: string, JSON, template and console.log all show dots. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The one way out; called only where the bytes go to a server. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return HIDDEN;
  }
  toJSON(): string {
    return HIDDEN;
  }
  [inspect.custom](): string {
    return HIDDEN;
  }
}
