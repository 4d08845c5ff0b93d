import { toAppError } from '@shared/errors';
import { formatClock } from '@shared/text/format';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { callOptions, queryClient, useAction } from '../api';
import { useRealNow } from '../clock';
import { useMoment } from '../recording/moment';
import { Dialog } from '../ui/dialog';
import { ErrorSentence } from '../ui/error-sentence';
import { useWatched } from '../watched';
import { useWords } from '../words';
import { useArm } from './use-lever';

/** Whether acting is on, and for how long still. There is none while the past is shown. */
export function ArmChip() {
  const { runs } = useWords();
  const arm = useArm();
  const moment = useMoment();
  const now = useRealNow();
  const [open, setOpen] = useState(false);
  if (!arm || moment !== null) return null;
  const { armed, until } = arm;
  const state = !armed
    ? runs.arm.disarmed
    : until === null
      ? runs.arm.armedUnknown
      : runs.arm.armed(formatClock(Math.max(0, until - now)));
  const Picture = armed ? IconLockOpen : IconLock;
  return (
    <>
      <button
        type="button"
        className={armed ? 'arm-chip arm-chip-on' : 'arm-chip'}
        aria-label={runs.arm.chip(state)}
        data-testid="arm"
        data-armed={armed}
        onClick={() => setOpen(true)}
      >
        <Picture size={14} aria-hidden="true" />
        {state}
      </button>
      {/* Not within the bar: a dialog has a head of its own. */}
      {open && createPortal(<ArmDialog armed={armed} onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}

/** The way to the same question from a place where acting is off. */
export function ArmButton() {
  const { runs } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" data-testid="arm-here" onClick={() => setOpen(true)}>
        <IconLockOpen size={14} aria-hidden="true" />
        {runs.arm.arm}
      </button>
      {open && <ArmDialog armed={false} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Says what arming allows, and that it does nothing by itself; the focus is on leaving it as it is. */
function ArmDialog({ armed, onClose }: { armed: boolean; onClose: () => void }) {
  const { runs } = useWords();
  const { estate } = useWatched();
  const set = useAction('arm.set');
  const change = (wanted: boolean) =>
    set.mutate(
      { armed: wanted },
      {
        onSuccess: (arm) => {
          queryClient.setQueryData(callOptions('arm.get', undefined).queryKey, arm);
          onClose();
        },
      },
    );
  return (
    <Dialog title={armed ? runs.arm.disarmTitle : runs.arm.title} onClose={onClose} testId="arm-dialog">
      <p>{runs.arm.allows(estate.estate)}</p>
      <p>
        <b>{runs.arm.nothing}</b> {runs.arm.expires}
      </p>
      {set.error && <ErrorSentence error={toAppError(set.error)} mark="critical" />}
      <div className="form-actions">
        <button type="button" className="button" data-first="" onClick={onClose}>
          {armed ? runs.arm.stay : runs.arm.no}
        </button>
        <button
          type="button"
          className="button button-main"
          data-testid={armed ? 'arm-off' : 'arm-on'}
          disabled={set.isPending}
          onClick={() => change(!armed)}
        >
          {armed ? runs.arm.disarm : runs.arm.yes}
        </button>
      </div>
    </Dialog>
  );
}
