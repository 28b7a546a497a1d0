/** What a file of a server feature may be called. A name says what the code in it may do (docs/decisions/0001). */

export const words = ['router', 'access', 'rules', 'queries', 'actions', 'jobs'] as const;
export type Word = (typeof words)[number];

interface NamedThings {
  feature: string;
  names: string[];
  /** Why they are none of the six words. «The file got long» is no reason. */
  reason: string;
  /** May they speak to the database, and how? Left out: not at all. */
  database?: 'reads' | 'writes';
}

/** Names any feature may use. */
const anyFeature = [
  // Names and payloads of jobs: who enqueues a job must not import what runs it.
  'job-kinds',
];

export const namedThings: NamedThings[] = [
  {
    feature: 'auth',
    names: ['code-flow'],
    reason: 'steps that registration, login and resending share inside their transactions',
    database: 'writes',
  },
  { feature: 'auth', names: ['cookies'], reason: 'the one cookie that is not Lucia’s, written and read by the router' },
  {
    feature: 'auth',
    names: ['password-sign-in'],
    reason: 'an action of its own: the moderators’ door shares nothing with the students’',
    database: 'writes',
  },
  {
    feature: 'courses',
    names: ['open-topic'],
    reason: 'the query that keeps the visit: opening is what makes a topic stay open',
    database: 'writes',
  },
  { feature: 'courses', names: ['topic-files', 'visible'], reason: 'columns, conditions and mapping that queries and gates share' },
  { feature: 'courses', names: ['videos'], reason: 'pure: addresses of players' },
  { feature: 'files', names: ['serve'], reason: 'HTTP by itself: ranges and headers do not fit into a procedure' },
  { feature: 'files', names: ['urls'], reason: 'pure: addresses of files' },
  {
    feature: 'people',
    names: ['moderators'],
    reason: 'actions of the command line: what an administrator does to accounts',
    database: 'writes',
  },
  { feature: 'people', names: ['moderators-list'], reason: 'the query of the command line', database: 'reads' },
  { feature: 'people', names: ['consent', 'common-passwords'], reason: 'texts and lists' },
  { feature: 'people', names: ['passwords', 'phone'], reason: 'a library behind one function: argon2, libphonenumber' },
  { feature: 'registry', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  {
    feature: 'registry',
    names: ['file'],
    reason: 'the table in the file store, for jobs, the download and the command line',
    database: 'writes',
  },
  { feature: 'registry', names: ['workbook'], reason: 'a library behind one function: exceljs' },
  { feature: 'tasks', names: ['format', 'state'], reason: 'columns and mapping that queries and gates share' },
  {
    feature: 'transfer',
    names: [
      'course-source',
      'topic-source',
      'task-source',
      'task-answer',
      'subjects-source',
      'front-matter',
      'fields',
      'sections',
      'slugs',
      'opens',
    ],
    reason: 'the reader of course files, in pieces: text in, a value or problems out',
  },
  {
    feature: 'transfer',
    names: ['source-text', 'problems', 'problem-text', 'bundle'],
    reason: 'what the reader of course files speaks of',
  },
  {
    feature: 'transfer',
    names: ['course-folder', 'topic-folder', 'folder-reader', 'file-types', 'picture-size'],
    reason: 'the same reader over a folder of files',
  },
  {
    feature: 'transfer',
    names: ['write-course', 'write-topic', 'changes'],
    reason: 'steps of the import inside its one transaction',
    database: 'writes',
  },
];

/** A feature file's word or its named thing; null for neither. */
export function nameOf(path: string): { word: Word } | { thing: Pick<NamedThings, 'database'> } | null {
  const [, feature, file = ''] = /^src\/server\/features\/([^/]+)\/(?:.*\/)?([^/]+?)\.ts$/.exec(path) ?? [];
  const word = words.find((candidate) => candidate === file);
  if (word) return { word };
  if (anyFeature.includes(file)) return { thing: {} };
  const thing = namedThings.find((candidate) => candidate.feature === feature && candidate.names.includes(file));
  return thing ? { thing } : null;
}

export function wordOf(path: string): Word | null {
  const name = nameOf(path);
  return name && 'word' in name ? name.word : null;
}

const usesOfWords: Record<Word, 'none' | 'reads' | 'writes'> = {
  router: 'none',
  rules: 'none',
  access: 'reads',
  queries: 'reads',
  actions: 'writes',
  jobs: 'writes',
};

/** What a feature's file may do with the database. */
export function databaseUse(path: string): 'none' | 'reads' | 'writes' {
  const name = nameOf(path);
  if (!name) return 'none';
  return 'word' in name ? usesOfWords[name.word] : (name.thing.database ?? 'none');
}
