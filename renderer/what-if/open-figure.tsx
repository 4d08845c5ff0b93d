import type { WhatIfFigure } from '@shared/views/what-if';
import { useState } from 'react';
import { OpenedLines } from '../plan/opened-lines';
import { Dialog } from '../ui/dialog';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** A number of the drawing: Enter or a click opens its formula, inputs and sources over it. */
export function OpenFigure({ figure }: { figure: WhatIfFigure }) {
  const { planScreen } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="figure"
        title={planScreen.number(figure.title)}
        onClick={() => setOpen(true)}
      >
        {figure.value === null ? (
          <span className="status">
            <Shape mark="unknown" />
            {figure.text}
          </span>
        ) : (
          figure.text
        )}
      </button>
      {open && (
        <Dialog title={figure.title} onClose={() => setOpen(false)} testId="opened-dialog">
          <OpenedLines lines={figure.opened} />
        </Dialog>
      )}
    </>
  );
}
