import type { AppError } from '@shared/errors';

/** What people, the lease and the console itself want of a run that acts; it looks between its steps. */
export class Control {
  /** Nothing new begins. */
  held = false;
  /** All that was done is to be taken back; `why` is not yet written down, null: it is. */
  back: { why: string | null } | null = null;
  /** It ends where it is, and can be resumed. */
  leaving = false;
  /** This console may no longer act. */
  lost: AppError | null = null;
  /** Ends what only looks. */
  #looks = new AbortController();
  #waiting: (() => void)[] = [];

  get looks(): AbortSignal {
    return this.#looks.signal;
  }

  /** Something of this changed: whoever waits looks again. */
  tell(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
  /** Resolves at the next `tell`. */
  told(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
  takeBack(why: string | null): void {
    this.back ??= { why };
    this.#looks.abort();
    this.tell();
  }
  leave(): void {
    this.leaving = true;
    this.#looks.abort();
    this.tell();
  }
}
