import { useRealNow } from '../clock';
import { Shape } from '../ui/marks';
import { useWords } from '../words';

/** The first look: what is being done, since when, and that it changes nothing. Its end is not known, so there is no bar. */
export function Looking({
  title,
  since,
  steps,
}: {
  title: string;
  /** Epoch milliseconds; null: it has not begun. */
  since: number | null;
  steps: readonly string[];
}) {
  return (
    <section className="looking" data-testid="looking">
      <h2>
        <Shape mark="progress" size={16} /> <span role="status">{title}</span> <LookingFor since={since} />
      </h2>
      <ul>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </section>
  );
}

/** For how long it has been asked; nothing in the first second. */
export function LookingFor({ since }: { since: number | null }) {
  const { failoverView: words, age } = useWords();
  const now = useRealNow();
  if (since === null || now - since < 1000) return null;
  return <span className="soft">{words.lookingFor(age(now - since))}</span>;
}
