import { toAppError } from '@shared/errors';
import { IconRefresh } from '@tabler/icons-react';
import { ArmButton } from '../arm/arm-button';
import { useArm } from '../arm/use-lever';
import { useRealNow } from '../clock';
import { ErrorSentence } from '../ui/error-sentence';
import { Shape } from '../ui/marks';
import type { Asked } from '../use-asked';
import { useWords } from '../words';
import { LookingFor } from './looking';

/** A look older than this is said to be old: what is decided on it may no longer be so. */
const OLD_MS = 60_000;

/** How old the picture below is, that a new one is on its way, or why none came. Nothing looks again by itself. */
export function PictureAge({
  takenAt,
  asked: { since, error },
  onAgain,
}: {
  takenAt: number;
  asked: Pick<Asked<unknown>, 'since' | 'error'>;
  onAgain: () => void;
}) {
  const { failoverView: words, time, age } = useWords();
  const arm = useArm();
  const now = useRealNow();
  const old = age(Math.max(0, now - takenAt));
  const isOld = now - takenAt > OLD_MS;
  const [mark, text] =
    since !== null
      ? (['progress', `${words.lookingAgain} ${words.oldPicture(time(takenAt), old)}`] as const)
      : error
        ? (['attention', `${words.lookFailed} ${words.oldPicture(time(takenAt), old)}`] as const)
        : isOld
          ? (['attention', `${words.asOf(time(takenAt), old)} ${words.isOld(old)}`] as const)
          : (['note', words.asOf(time(takenAt), old)] as const);
  return (
    <div className="picture-age" data-testid="picture-age" data-asking={since !== null} data-old={isOld}>
      <Shape mark={mark} size={14} />
      <p>
        {text} <LookingFor since={since} />
      </p>
      <span className="visually-hidden" role="status">
        {since === null ? '' : words.lookingAgain}
      </span>
      {arm?.armed === false ? (
        <>
          <b>{words.disarmed}</b>
          <ArmButton />
        </>
      ) : (
        <button
          type="button"
          className="button"
          data-testid="look-again"
          disabled={since !== null}
          onClick={onAgain}
        >
          <IconRefresh size={14} aria-hidden="true" />
          {words.lookAgain}
        </button>
      )}
      {since === null && error && <ErrorSentence error={toAppError(error)} />}
    </div>
  );
}
