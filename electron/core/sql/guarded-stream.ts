import { Duplex } from 'node:stream';

/**
 * The first packet of a server (MySQL manual, Protocol::Handshake): length, sequence 0, then protocol 10 or an
 * error. The driver would wait for as many bytes as the length says, and print a stack trace on the rest.
 */
const isGreeting = (chunk: Buffer): boolean =>
  chunk.length < 5 ||
  (chunk.readUIntLE(0, 3) < 0x10000 && chunk[3] === 0 && (chunk[4] === 10 || chunk[4] === 0xff));

/**
 * Stands between a connection and the MySQL driver. The driver parses inside its `data` listener and throws
 * on bytes it does not expect; uncaught, a hostile server would end the SSH connection it came through, or
 * this process. Here the throw ends this one stream. It also counts and bounds what a statement receives.
 */
export class GuardedStream extends Duplex {
  readonly #inner: Duplex;
  #received = 0;
  #limit: number;

  constructor(inner: Duplex, limit: number) {
    // A server that has ended its side answers no statement: both sides close.
    super({ allowHalfOpen: false });
    this.#inner = inner;
    this.#limit = limit;
    inner.on('data', (chunk: Buffer) => {
      const first = this.#received === 0;
      this.#received += chunk.length;
      if (first && !isGreeting(chunk))
        this.destroy(new Error(`not a MySQL greeting: ${chunk.toString('latin1', 0, 60)}`));
      else if (this.#received > this.#limit) this.destroy(new Error('more bytes than allowed'));
      else if (!this.push(chunk)) inner.pause();
    });
    inner.on('end', () => this.push(null));
    inner.on('error', (thrown) => this.destroy(thrown));
    inner.on('close', () => this.destroy());
  }

  get received(): number {
    return this.#received;
  }
  /** From now on at most `bytes` more. */
  allow(bytes: number): void {
    this.#limit = this.#received + bytes;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    try {
      return super.emit(event, ...args);
    } catch (thrown) {
      if (event !== 'data') throw thrown;
      this.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return true;
    }
  }
  override _read(): void {
    this.#inner.resume();
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (thrown?: Error | null) => void): void {
    if (this.#inner.destroyed) done(new Error('the connection is closed'));
    else this.#inner.write(chunk, done);
  }
  override _final(done: (thrown?: Error | null) => void): void {
    this.#inner.end();
    done();
  }
  override _destroy(thrown: Error | null, done: (thrown?: Error | null) => void): void {
    this.#inner.destroy();
    done(thrown);
  }
}
