import type { Bridge } from './bridge';

export interface Fuzzed {
  calls: number;
  /** How often each code came back; `ok` for payloads that happened to be right. */
  codes: Record<string, number>;
  /** Replies that are not typed, or calls that threw: each is a fault. */
  untyped: string[];
}

interface Fuzzing {
  name: string;
  seed: number;
  count: number;
  /** Send each payload as this one property of the input, not as the input itself. */
  within: string | null;
}

/**
 * Calls `name` with `count` payloads that nobody expects; what can be sent between processes may be in them. Runs
 * inside the page, so it may use nothing from outside itself. The same seed makes the same payloads.
 */
export async function fuzz({ name, seed, count, within }: Fuzzing): Promise<Fuzzed> {
  const bridge = (window as unknown as { patronus: Bridge }).patronus;
  let state = seed;
  // mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const texts = [
    '',
    'no-such-host',
    '../../etc/passwd',
    '__proto__',
    "'; DROP TABLE t; --",
    '$(reboot)',
    '<img src=x onerror=alert(1)>',
    '\u001b]0;x\u0007',
    '\u202egpj.exe',
    '\ud800',
    '\u0000',
    'x'.repeat(5_000),
  ];
  // Those of the contract's own inputs among them, so that payloads come close to being right.
  const keys = [
    'host',
    'id',
    'path',
    'quantity',
    'answer',
    'text',
    'language',
    'theme',
    '__proto__',
    'toString',
  ];
  const numbers = [0, -0, 1, -1, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 0.1];
  const pick = <T>(list: readonly [T, ...T[]] | T[]): T => list[Math.floor(random() * list.length)] as T;
  const value = (depth: number): unknown => {
    const many = () => Array.from({ length: Math.floor(random() * 5) }, () => value(depth + 1));
    const makers: (() => unknown)[] = [
      () => pick(texts),
      () => pick(numbers),
      () => random() < 0.5,
      () => null,
      () => BigInt(Math.floor(random() * 1e9)),
      () => new Date(pick(numbers)),
      () => new Uint8Array(Math.floor(random() * 100)),
      many,
      () => new Map(many().map((one, index) => [index, one])),
      () => new Set(many()),
      () => Object.fromEntries(many().map((one) => [pick(keys), one])),
    ];
    return pick(depth > 3 ? makers.slice(0, 7) : makers)();
  };

  const result: Fuzzed = { calls: 0, codes: {}, untyped: [] };
  const once = async (input: unknown, id: string) => {
    result.calls += 1;
    try {
      const reply = await bridge.call(name, input, id);
      const code = reply.ok ? 'ok' : reply.error.code;
      result.codes[code] = (result.codes[code] ?? 0) + 1;
      if (!reply.ok && (!/^E_[A-Z0-9_]+$/.test(code) || typeof reply.error.message !== 'string'))
        result.untyped.push(JSON.stringify(reply).slice(0, 300));
    } catch (thrown) {
      result.untyped.push(`${String(thrown)} for ${String(input).slice(0, 100)}`);
    }
  };
  for (let at = 0; at < count; at += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, count - at) }, (_, i) =>
        once(within === null ? value(0) : { [within]: value(0) }, `fuzz ${name} ${at + i}`),
      ),
    );
  return result;
}
