import { KeepChoice, type Secrets } from '@shared/secrets/schema';
import { useWords } from '../words';

/** How long the answer may live. What cannot be chosen says why. */
export function KeepChoices({
  value,
  secrets: state,
  onChange,
}: {
  value: KeepChoice;
  secrets: Secrets | undefined;
  onChange: (choice: KeepChoice) => void;
}) {
  const { secrets } = useWords();
  const hindrance = (choice: KeepChoice): string => {
    if (choice === 'vault') return state ? secrets.vaultFirst[state.vault] : '…';
    if (choice === 'keyring')
      return !state ? '…' : state.keyring.usable ? '' : secrets.trouble[state.keyring.why];
    return '';
  };
  return (
    <fieldset className="keep-choices">
      <legend>{secrets.keepTitle}</legend>
      {KeepChoice.options.map((choice) => {
        const why = hindrance(choice);
        return (
          <label key={choice} className="keep-choice" data-disabled={why !== ''}>
            <input
              type="radio"
              name="keep"
              value={choice}
              checked={value === choice}
              disabled={why !== ''}
              onChange={() => onChange(choice)}
            />
            <span>
              {secrets.keep[choice]}
              {why !== '' && <span className="soft"> ({why.replace(/\.$/, '')})</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
