import {
  type Commands,
  hostOf,
  NO_COMMANDS,
  type Scene,
  shell,
  slot,
  targetOf,
  titleOf,
} from './command-scene';
import type { Subject } from './estate-facts';
import type { RowId } from './row';

/** What is typed for a tree of files; the shares are closed by Samba's own tools, where Samba serves them. */
export function filesCommands(row: RowId, subject: Subject, scene: Scene): Commands {
  const { words, language } = scene;
  const { slots } = words;
  const source = hostOf(subject.service, subject.id);
  const target = targetOf(source, scene);
  const root = slot(slots.root);
  const list = slot(slots.passList);
  const copy = (more: string, from: string, to: string) =>
    `rsync -aHAX --numeric-ids ${more} ${from}/ ${to}/`;
  const onSource = (...lines: string[]): Commands => ({ ...NO_COMMANDS, commands: shell(source, ...lines) });
  switch (row) {
    case 'scan':
      return onSource(copy('--dry-run --stats', root, `${target}:${root}`));
    case 'copy':
      return onSource(
        copy(
          `--partial --bwlimit=${slot(slots.kib)} --info=progress2,stats2 --no-inc-recursive`,
          root,
          `${target}:${root}`,
        ),
      );
    case 'passes':
      return onSource(
        copy('--delete --dry-run --itemize-changes', root, `${target}:${root}`),
        copy('--delete --stats', root, `${target}:${root}`),
      );
    case 'compare-files':
      return onSource(copy('--checksum --dry-run --itemize-changes', root, `${target}:${root}`));
    case 'close-shares':
      if (subject.service?.kind !== 'samba') {
        return { ...NO_COMMANDS, note: words.notes.programUnknown(titleOf(subject, language)) };
      }
      return {
        ...NO_COMMANDS,
        commands: shell(
          source,
          `net conf setparm ${slot(slots.share)} 'read only' yes`,
          'smbcontrol all reload-config',
          `smbcontrol smbd close-share ${slot(slots.share)}`,
          'smbstatus -L',
        ),
        undo: shell(
          source,
          `net conf setparm ${slot(slots.share)} 'read only' no`,
          'smbcontrol all reload-config',
        ),
      };
    case 'final-pass':
      return onSource(
        `${copy("--delete --itemize-changes --out-format='%i %n'", root, `${target}:${root}`)} > ${list}`,
      );
    case 'verify':
      return {
        ...NO_COMMANDS,
        commands: [
          ...shell(
            source,
            `sed -n 's/^[<>]f[^ ]* //p' ${list} | tr '\\n' '\\0' | (cd ${root} && xargs -0 sha256sum) > ${list}.sha256`,
          ),
          ...shell(target, `(cd ${root} && sha256sum --check --quiet) < ${list}.sha256`),
        ],
      };
    case 'reverse-files':
    case 'back-files':
      return {
        ...NO_COMMANDS,
        commands: shell(
          target,
          copy('--delete --itemize-changes', root, `${slot(slots.oldServer(source))}:${root}`),
        ),
      };
    default:
      return NO_COMMANDS;
  }
}
