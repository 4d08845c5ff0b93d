import type { OpenedEstate } from '@shared/contract';
import type { RunView } from '@shared/runbook/state-model';
import { texts } from '@shared/text';
import type { Arm } from '@shared/views/lever';
import type { BrowserWindow } from 'electron';
import type { Desk } from './console';
import { createNotifier } from './notify';

/**
 * What a person has to know whatever the page shows: the window's title says whether this console may act, and the
 * desktop is told when a run needs somebody. The page has no say in either. Returns how to write the title anew, in
 * another language.
 */
export function followRuns(window: BrowserWindow, desk: Pick<Desk, 'listen' | 'settings'>): () => void {
  const notify = createNotifier(() => window, desk.settings);
  let arm: Arm = { armed: false, until: null };
  let estate = '';
  const showTitle = async () => {
    const { armedTitle, disarmedTitle } = texts((await desk.settings()).language).lever;
    if (!window.isDestroyed()) window.setTitle(arm.armed ? armedTitle(estate) : disarmedTitle);
  };
  desk.listen((name, payload) => {
    if (name === 'run.changed') void notify(payload as RunView);
    if (name === 'arm.changed') arm = payload as Arm;
    if (name === 'estate.changed') estate = nameOf(payload as OpenedEstate);
    if (name === 'arm.changed' || name === 'estate.changed') void showTitle();
  });
  return () => void showTitle();
}

const nameOf = (opened: OpenedEstate): string => (opened.state === 'open' ? opened.estate.estate : '');
