import { Dialog } from '../ui/dialog';
import { useWords } from '../words';

/** Every key that does something now. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { ui, recording, runs, failoverView, planScreen } = useWords();
  const keys = ui.keys;
  const groups = [
    {
      title: keys.everywhere,
      rows: [
        ['1 – 5', keys.places],
        ['Ctrl K', keys.palette],
        ['N', keys.newest],
        ['[ ]', recording.keys.step],
        ['\\', recording.keys.live],
        ['?', keys.all],
        ['Ctrl Shift L', keys.language],
        ['Ctrl Shift T', keys.theme],
        ['Ctrl Shift P', keys.projector],
        ['Esc', keys.close],
        ['C', keys.copy],
      ],
    },
    {
      title: keys.here,
      rows: [
        ['/', keys.filter],
        ['J K', keys.walk],
        ['← → ↑ ↓', keys.nearest],
        ['Enter', keys.open],
        ['E', keys.evidence],
        ['T', keys.table],
        ['R', keys.path],
        ['+ − 0', keys.fit],
      ],
    },
    {
      title: runs.keys.title,
      rows: [
        ['S', runs.keys.switchover],
        ['Shift F', failoverView.key],
        ['J K', runs.keys.steps],
        ['Space', runs.keys.hold],
        ['U', runs.keys.undo],
        ['R', runs.keys.resume],
        ['H', runs.keys.handOver],
        ['L', runs.keys.log],
      ],
    },
    {
      title: planScreen.keys.title,
      rows: [
        ['H', planScreen.keys.assumptions],
        ['W', planScreen.keys.whatIf],
        ['← →', planScreen.keys.tabs],
        ['E', planScreen.keys.number],
        ['Ctrl P', planScreen.keys.print],
      ],
    },
  ] as const;
  return (
    <Dialog title={keys.title} onClose={onClose} className="dialog-wide" testId="keys-dialog">
      <div className="keys">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="label">{group.title}</h3>
            <dl>
              {group.rows.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="note">{keys.note}</p>
    </Dialog>
  );
}
