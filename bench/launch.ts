import type { Lab } from '../lab/api';
import { quiet } from './quiet';
import type { Section } from './report';
import { windowStarter } from './start-window';
import { summarise, times } from './stats';

const METHOD = `Method: the built app from the checkout, in the sandbox, as an ordinary user, on a virtual display (Xvfb, software
rendering), with a data directory of its own each time and the estate file of the running lab; one start to warm up,
then the counted ones, one after the other, each when the machine has little else to do. Time 0 is just before the process is started. "Painted" and "answered"
are the times of the console's own log lines window.painted (its first frame is ready to be shown) and look.complete
(every host has answered every probe once). "On the screen" is measured in other starts, by Playwright: the moment at
which every service's card in the page is up and names the version that its server told; Playwright's own start and
its debugger are in it, so it is an upper bound.`;

/** From the start of the process to the first frame, to the last answer, and to the whole picture. */
export async function measureLaunch(lab: Lab, runs: number): Promise<Section> {
  const starter = await windowStarter(lab);
  try {
    await starter.plain();
    const plain = await times(runs, async () => {
      await quiet();
      return starter.plain();
    });
    await starter.driven();
    const driven = await times(runs, async () => {
      await quiet();
      return starter.driven();
    });
    const seconds = (values: readonly number[]) => summarise(values.map((value) => value / 1000));
    return {
      title: 'Launch of the window',
      method: METHOD,
      missing: [],
      figures: [
        {
          name: 'launch to painted',
          unit: 's',
          summary: seconds(plain.map((one) => one['window.painted'])),
          goal: '1.0',
        },
        {
          name: 'launch to every host answered',
          unit: 's',
          summary: seconds(plain.map((one) => one['look.complete'])),
        },
        {
          name: 'launch to complete picture on the screen',
          unit: 's',
          summary: seconds(driven),
          goal: '2.0',
        },
      ],
    };
  } finally {
    await starter.close();
  }
}
