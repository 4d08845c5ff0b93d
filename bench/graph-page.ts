/// <reference lib="dom" />
/** What runs inside the page: each function stands alone, because it is sent there as text. */

interface Bridge {
  call(name: string, input: unknown, id: string): Promise<unknown>;
  on(name: string, listener: () => void): () => void;
}
declare global {
  interface Window {
    patronus: Bridge;
  }
}

/** Moves the graph in circles by wheel events; gives the lengths of the frames in ms. With `looks` ten hosts a second are looked at meanwhile, in turn. */
export async function panGraph({ ms, looks }: { ms: number; looks: number | null }): Promise<number[]> {
  const canvas = document.querySelector('.canvas');
  let host = 0;
  const look = () => {
    host = (host % (looks ?? 1)) + 1;
    void window.patronus.call('watch.look', { host: `host-${host}` }, `bench ${performance.now()}`);
  };
  const timer = looks === null ? undefined : setInterval(look, 100);
  const frames: number[] = [];
  await new Promise<void>((done) => {
    const start = performance.now();
    let last = start;
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      const turn = frames.length / 20;
      const by = { deltaX: Math.cos(turn) * 12, deltaY: Math.sin(turn) * 12 };
      canvas?.dispatchEvent(new WheelEvent('wheel', { ...by, bubbles: true, cancelable: true }));
      if (now - start < ms) requestAnimationFrame(tick);
      else done();
    };
    requestAnimationFrame(tick);
  });
  clearInterval(timer);
  return frames.slice(2);
}

/** The peer: an empty element as large as the picture, moved in the same circles over the same page. */
export async function panEmpty(ms: number): Promise<number[]> {
  const cover = document.createElement('div');
  cover.style.cssText = 'position:fixed;inset:0;overflow:clip;background:#131518;z-index:99';
  const plane = document.createElement('div');
  plane.style.cssText =
    'position:absolute;width:1900px;height:1300px;border:1px solid #888;will-change:transform';
  cover.append(plane);
  document.body.append(cover);
  const frames: number[] = [];
  await new Promise<void>((done) => {
    const start = performance.now();
    let last = start;
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      const turn = frames.length / 20;
      plane.style.transform = `translate(${Math.cos(turn) * 240}px, ${Math.sin(turn) * 240}px)`;
      if (now - start < ms) requestAnimationFrame(tick);
      else done();
    };
    requestAnimationFrame(tick);
  });
  cover.remove();
  return frames.slice(2);
}

/** Looks at 20 hosts one after the other: milliseconds from each change's arrival to the first frame after it. */
export async function burst(hosts: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 1; i <= 20; i++) {
    const drawn = new Promise<number>((done) => {
      const off = window.patronus.on('host.changed', () => {
        off();
        const arrived = performance.now();
        // The query cache tells the page in a task of its own; the frame after that one shows it.
        setTimeout(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - arrived))));
      });
    });
    void window.patronus.call('watch.look', { host: `host-${(i * 17) % hosts}` }, `burst ${i}`);
    took.push(await drawn);
  }
  return took;
}

/** Opens every group, as a person who wants to see all servers at once. */
export function openAll(): void {
  for (const tile of document.querySelectorAll<HTMLElement>('.box-group[aria-expanded="false"]'))
    tile.click();
}
