import { stringify } from 'yaml';
import type { Language } from '../contract';
import { texts } from '../text';
import type { Manifests, ManifestWave } from './kubernetes';

/** One file to be applied, and what has to be ready before the next. */
export interface ManifestFile {
  /** `1-health.yaml`. */
  name: string;
  text: string;
  /** Commands to be run by a person, in this order. */
  commands: readonly string[];
}

/** The manifests as YAML, one file for each wave of the start order, with what is unknown at the head of the first. */
export function manifestFiles({ waves, lacks }: Manifests, language: Language): ManifestFile[] {
  const words = texts(language).targets.manifests;
  return waves.map((wave, index) => {
    const name = `${index + 1}-${wave.services.length === 1 ? wave.services[0] : words.several(wave.services.length)}.yaml`;
    const head =
      index === 0 ? lacks.map(({ path, problem }) => `# ${words.lacks[problem](path)}\n`).join('') : '';
    const documents = wave.manifests.map((manifest) => stringify(manifest, { lineWidth: 0 }));
    return { name, text: `${head}${documents.join('---\n')}`, commands: commandsOf(name, wave) };
  });
}

const commandsOf = (name: string, { manifests }: ManifestWave): string[] => [
  `kubectl apply -f ${name}`,
  ...manifests
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata }) => `kubectl rollout status deployment/${metadata.name} -n ${metadata.namespace}`),
];
