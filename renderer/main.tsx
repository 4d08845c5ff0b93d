import './without-eval';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/states-and-dialogs.css';
import './style/parts.css';
import './style/secrets.css';
import './style/tables-and-findings.css';
import './style/charts.css';
import './style/drawer.css';
import './style/graph.css';
import './style/graph-groups.css';
import './style/journal.css';
import './style/places.css';
import './style/plan.css';
import './style/plan-steps.css';
import './style/what-if.css';
import './style/recording.css';
import './style/replication.css';
import './style/acting.css';
import './style/switchover.css';
import './style/failover.css';
import './style/run-parts.css';
import './style/runs.css';
import './style/narrow.css';
import './style/print.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api';
import { App } from './app';
import { Crash } from './frame/crash';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <Crash>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </Crash>
  </StrictMode>,
);
