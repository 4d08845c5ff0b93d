import { IconMoon, IconSearch, IconSun, IconUser } from '@tabler/icons-react';
import { useCall } from '../api';
import { ArmChip } from '../arm/arm-button';
import { useSettings } from '../settings';
import { Segments } from '../ui/segments';
import { useWords } from '../words';

/** Estate, command field, language, theme, person. */
export function TopBar({
  estate,
  more,
  armable,
  onCommand,
}: {
  estate: string;
  more: string;
  /** An estate is open: there is something that acting could be about. */
  armable: boolean;
  onCommand: () => void;
}) {
  const { ui } = useWords();
  const { language, theme, change } = useSettings();
  const { data: app } = useCall('app.info', undefined);
  return (
    <header className="top">
      <span className="logo">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <rect x="3" y="3" width="8" height="8" fill="none" stroke="var(--ink)" strokeWidth="1.8" />
          <rect x="13" y="13" width="8" height="8" fill="var(--ink)" />
          <path d="M11 11l2 2" stroke="var(--ink)" strokeWidth="1.8" />
          <path d="M13 7h4v4" fill="none" stroke="var(--ink3)" strokeWidth="1.5" />
        </svg>
      </span>
      <span className="top-estate">
        <b>{estate}</b>
        <span className="soft">{more}</span>
      </span>
      <button type="button" className="command" onClick={onCommand} data-testid="command">
        <IconSearch size={14} aria-hidden="true" />
        <span>{ui.frame.command}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-end">
        {armable && <ArmChip />}
        <Segments
          label={ui.frame.language}
          value={language}
          options={[
            { value: 'en', label: 'EN' },
            { value: 'fr', label: 'FR' },
          ]}
          onChange={(value) => change({ language: value })}
        />
        <Segments
          label={ui.frame.theme}
          value={theme}
          options={[
            { value: 'dark', label: ui.frame.dark, picture: <IconMoon size={14} aria-hidden="true" /> },
            { value: 'light', label: ui.frame.light, picture: <IconSun size={14} aria-hidden="true" /> },
          ]}
          onChange={(value) => change({ theme: value })}
        />
        <span className="operator">
          <IconUser size={14} aria-hidden="true" />
          <span className="visually-hidden">{ui.frame.operator}</span>
          {app?.operator ?? '…'}
        </span>
      </div>
    </header>
  );
}
