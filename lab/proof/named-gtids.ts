/** The GTIDs that a statement names, one by one: `uuid:1-5:tag:7` of MySQL, `0-1-100..311` of MariaDB. */
export function namedGtids(text: string): Set<string> {
  const all = new Set<string>();
  for (const part of text.split(',').filter(Boolean)) {
    const run = /^(\d+-\d+)-(\d+)(?:\.\.(\d+))?$/.exec(part);
    if (run) addRun(all, `${run[1]}-`, run[2] ?? '', run[3]);
    else addSet(all, part);
  }
  return all;
}

function addSet(all: Set<string>, part: string): void {
  const [uuid = '', ...words] = part.split(':');
  let origin = uuid;
  for (const word of words) {
    const interval = /^(\d+)(?:-(\d+))?$/.exec(word);
    if (interval) addRun(all, `${origin}:`, interval[1] ?? '', interval[2]);
    else origin = `${uuid}:${word}`;
  }
}

function addRun(all: Set<string>, before: string, from: string, to = from): void {
  for (let number = BigInt(from); number <= BigInt(to); number += 1n) all.add(`${before}${number}`);
}
