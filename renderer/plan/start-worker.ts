import address from './plan-worker?worker&url';

declare global {
  interface Window {
    /** Of the browser. What a policy passes is an object that a worker's constructor takes as it takes a string. */
    trustedTypes: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
}

/**
 * The one policy that the page may make, made when the page starts, so that nothing can make it later; it passes the
 * address of the plan's worker and no other.
 */
const policy = window.trustedTypes.createPolicy('plan-worker', {
  createScriptURL(url) {
    if (url !== address) throw new TypeError(`not the worker: ${url}`);
    return url;
  },
});

/** A new worker for the sums of a plan. */
export const startPlanWorker = (): Worker => new Worker(policy.createScriptURL(address));
