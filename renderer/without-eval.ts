import { config } from 'zod';

// The page may not turn strings into code, so zod must not even try: trying is a violation of the policy.
config({ jitless: true });
