import type { Kind } from '@shared/kinds/kind';
import {
  IconActivity,
  IconAppWindow,
  IconArchive,
  IconArrowsSplit2,
  IconBolt,
  IconDatabase,
  IconEye,
  IconFiles,
  IconHeartbeat,
  IconKey,
  IconServer,
  IconWorld,
} from '@tabler/icons-react';

const ICONS = {
  host: IconServer,
  web: IconWorld,
  database: IconDatabase,
  files: IconFiles,
  cache: IconBolt,
  balancer: IconArrowsSplit2,
  application: IconAppWindow,
  session: IconKey,
  backup: IconArchive,
  monitoring: IconEye,
  health: IconHeartbeat,
} satisfies Record<Kind['icon'], typeof IconServer>;

/** What kind of server this is, as a picture; an unknown kind has its own. */
export function KindIcon({ icon }: { icon: Kind['icon'] | undefined }) {
  const Picture = icon ? ICONS[icon] : IconActivity;
  return <Picture size={16} stroke={1.75} aria-hidden="true" />;
}
