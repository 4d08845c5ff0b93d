import { toAppError } from '@shared/errors';
import { texts } from '@shared/text';
import { Component, type ReactNode } from 'react';
import { client } from '../api';
import { Shape } from '../ui/marks';

/** A fault of ours: said as such, with the report to copy. React still wants a class for this. */
export class Crash extends Component<{ children: ReactNode }, { thrown: unknown; copied: boolean }> {
  override state = { thrown: undefined as unknown, copied: false };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  override render() {
    const { thrown, copied } = this.state;
    if (thrown === undefined) return this.props.children;
    const { ui } = texts(document.documentElement.lang === 'fr' ? 'fr' : 'en');
    const { code } = toAppError(thrown);
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    const report = [code, window.location.hash, what, thrown instanceof Error ? thrown.stack : ''].join('\n');
    const copy = () => {
      client.call('clipboard.write', { text: report }).then(
        () => this.setState({ copied: true }),
        () => this.setState({ copied: false }),
      );
    };
    return (
      <main className="empty" data-testid="crash">
        <h1>
          <Shape mark="critical" size={16} /> {ui.states.ourFault(what)}
        </h1>
        <p>{ui.states.ourFaultMore}</p>
        <pre className="raw">{report}</pre>
        <div className="empty-actions">
          <button type="button" className="button" onClick={copy}>
            {copied ? ui.frame.copied : ui.states.copyReport}
          </button>
          <button type="button" className="button" onClick={() => window.location.reload()}>
            {ui.states.reload}
          </button>
        </div>
      </main>
    );
  }
}
