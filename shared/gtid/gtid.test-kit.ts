/** Seeded random GTID sets for the tests here and for the comparison with a real server. */

/** A small generator (mulberry32): the same seed gives the same cases everywhere. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

const UUIDS = [
  '3e11fa47-71ca-11e1-9e33-c80aa9429562',
  '0A11FA47-71CA-11E1-9E33-C80AA9429562'.toLowerCase(),
  'ffffffff-ffff-ffff-ffff-fffffffffff1',
];
const TAGS = ['', '', 'a', 'tag_1', '_x'];

/** A set as somebody might write it: unordered, overlapping, mixed case, with white space; at times empty. */
export function randomSet(random: (below: number) => number, span = 30): string {
  const parts: string[] = [];
  for (let part = random(5); part > 0; part -= 1) {
    const base = random(12) === 0 ? 9223372036854775806n - BigInt(span) * 2n : 0n;
    const uuid = UUIDS[random(UUIDS.length)] ?? '';
    let text = random(3) === 0 ? uuid.toUpperCase() : uuid;
    for (let group = 1 + random(2); group > 0; group -= 1) {
      const tag = TAGS[random(TAGS.length)] ?? '';
      if (tag !== '' && !text.endsWith(`:${tag}`)) text += `:${tag}`;
      for (let interval = 1 + random(3); interval > 0; interval -= 1) {
        const from = base + 1n + BigInt(random(span));
        const to = from + BigInt(random(6));
        text += random(2) === 0 ? `:${from}` : `:${from}-${to}`;
      }
    }
    parts.push(text);
  }
  return parts.join(random(2) === 0 ? ',' : ', \n');
}
