/**
 * The published schema of Kubernetes, as the package `kubernetes-models` carries it: checks that were made from the
 * OpenAPI document of a release. Nothing is fetched, and none of it is kept here.
 */
export interface PublishedSchema {
  /** Everything that the schema refuses, and every field that it does not know; empty: nothing. */
  problemsOf: (manifest: object) => string[];
}

/** A check of the package: true, or false and then `errors` say why. */
interface Check {
  (manifest: object): boolean;
  errors?: { instancePath: string; keyword: string; params: object }[] | null;
}

const PACKAGE = 'kubernetes-models';
/** What this console writes, and what the package calls its check. */
const CHECKS: Readonly<Record<string, string>> = {
  'v1/Namespace': 'IoK8sApiCoreV1Namespace',
  'v1/Service': 'IoK8sApiCoreV1Service',
  'apps/v1/Deployment': 'IoK8sApiAppsV1Deployment',
  'networking.k8s.io/v1/NetworkPolicy': 'IoK8sApiNetworkingV1NetworkPolicy',
};

/** null: the package is not installed. */
export async function publishedSchema(): Promise<PublishedSchema | null> {
  const checks = new Map<string, Check>();
  for (const [kind, name] of Object.entries(CHECKS)) {
    const found = await import(/* @vite-ignore */ `${PACKAGE}/_schemas/${name}`).catch(() => null);
    if (found === null) return null;
    checks.set(kind, found.validate);
  }
  return { problemsOf: (manifest) => problemsOf(manifest, checks) };
}

function problemsOf(manifest: object, checks: ReadonlyMap<string, Check>): string[] {
  const { apiVersion, kind } = manifest as { apiVersion?: unknown; kind?: unknown };
  const name = `${String(apiVersion)}/${String(kind)}`;
  const check = checks.get(name);
  if (!check) return [`there is no check of ${name}`];
  const unread = new Set<string>();
  const isRight = check(observed(manifest, '', unread));
  const refused = isRight ? [] : (check.errors ?? []).map((error) => JSON.stringify(error));
  // A schema does not refuse fields that it does not know, and the API server does: what no check ever read is one.
  return [...refused, ...unread].map((problem) => `${name}: ${problem}`);
}

/** The same value, which strikes out of `unread` whatever is read of it. */
function observed<T>(value: T, path: string, unread: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const key of Object.keys(value)) unread.add(`${path}/${key}`);
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return found;
      unread.delete(`${path}/${key}`);
      return observed(found, `${path}/${key}`, unread);
    },
  });
}
