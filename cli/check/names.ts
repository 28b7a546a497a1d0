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
  { feature: 'audit', names: ['things'], reason: 'the query that finds whatever the journal is about', database: 'reads' },
  {
    feature: 'auth',
    names: ['code-flow'],
    reason: 'steps that registration, login and resending share inside their transactions',
    database: 'writes',
  },
  { feature: 'auth', names: ['cookies'], reason: 'the cookies that are not Lucia’s, written and read by the router' },
  {
    feature: 'auth',
    names: ['seals'],
    reason: 'what a browser keeps for us of a second step that is under way, and how the secret is kept',
  },
  {
    feature: 'auth',
    names: ['password-sign-in'],
    reason: 'an action of its own: the moderators’ door shares nothing with the students’',
    database: 'writes',
  },
  { feature: 'chat', names: ['unread'], reason: 'pieces of statements that queries here and the state of tasks share' },
  {
    feature: 'chat',
    names: ['changes', 'signals'],
    reason: 'streams: they read by queries, when hints tell them to, as long as somebody listens',
  },
  {
    feature: 'courses',
    names: ['open-topic'],
    reason: 'the query that keeps the visit: opening is what makes a topic stay open',
    database: 'writes',
  },
  {
    feature: 'courses',
    names: ['take'],
    reason: 'the statement by which working at a free course makes it one’s own, in the transactions of four actions',
    database: 'writes',
  },
  { feature: 'courses', names: ['topic-files', 'visible'], reason: 'columns, conditions and mapping that queries and gates share' },
  {
    feature: 'dashboard',
    names: ['people-counts', 'unfinished'],
    reason: 'queries of one page, a file each',
    database: 'reads',
  },
  { feature: 'exams', names: ['serve'], reason: 'HTTP by itself: an archive is no answer of a procedure' },
  { feature: 'exams', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  { feature: 'exams', names: ['urls'], reason: 'pure: addresses of archives' },
  {
    feature: 'exams',
    names: ['grading'],
    reason: 'the steps that a teacher’s decision takes in the exam, inside its transaction',
    database: 'writes',
  },
  {
    feature: 'exams',
    names: ['hold'],
    reason: 'what ending attempts and opening reviews share: locks inside their transactions, and the walk over all that are due',
    database: 'writes',
  },
  { feature: 'files', names: ['serve'], reason: 'HTTP by itself: ranges and headers, pieces of uploads do not fit into a procedure' },
  { feature: 'files', names: ['urls'], reason: 'pure: addresses of files' },
  { feature: 'files', names: ['content'], reason: 'a library behind one function: file-type; what a file is by its bytes' },
  { feature: 'files', names: ['locks'], reason: 'the lock of an upload, held by a connection to the database', database: 'writes' },
  {
    feature: 'files',
    names: ['claims'],
    reason: 'the step that gives an upload its place inside the transactions of other features',
    database: 'writes',
  },
  {
    feature: 'files',
    names: ['variants', 'collect'],
    reason: 'the two long jobs: smaller pictures, what nobody names',
    database: 'writes',
  },
  {
    feature: 'people',
    names: ['moderators'],
    reason: 'actions of the command line: what an administrator does to accounts',
    database: 'writes',
  },
  {
    feature: 'people',
    names: ['sections'],
    reason: 'what is stored about a person, as data: the statements of an export, and a list that a test holds against the database',
    database: 'reads',
  },
  {
    feature: 'people',
    names: ['archive', 'workbook'],
    reason: 'libraries behind one function each: the zip of an export and its tables, packed from queries',
    database: 'reads',
  },
  {
    feature: 'people',
    names: ['steps'],
    reason: 'what closing and erasing an account are made of: each may be done again, inside a transaction or in portions',
    database: 'writes',
  },
  { feature: 'people', names: ['journal'], reason: 'the file beside the backups that says who was erased' },
  { feature: 'people', names: ['moderators-list'], reason: 'the query of the command line', database: 'reads' },
  {
    feature: 'notifications',
    names: ['enqueue'],
    reason: 'the step that tells people, inside the transactions of other features',
    database: 'writes',
  },
  {
    feature: 'notifications',
    names: ['answer', 'question', 'talk', 'topic', 'grade', 'week', 'news', 'payment', 'payment-money', 'payment-subscription', 'alert'],
    reason: 'what a kind of notice says, a file each: queries, and words around what they find',
    database: 'reads',
  },
  { feature: 'notifications', names: ['kinds'], reason: 'the list of what is said, by kind', database: 'reads' },
  {
    feature: 'notifications',
    names: ['channel', 'telegram', 'mail'],
    reason: 'ways to tell people behind one interface, a file each',
    database: 'reads',
  },
  {
    feature: 'notifications',
    names: ['claim', 'results', 'without-telegram'],
    reason: 'the journal of deliveries as who sends sees it: rows that are taken, and what became of them',
    database: 'writes',
  },
  {
    feature: 'notifications',
    names: ['pump', 'sender', 'way', 'writer', 'wording'],
    reason: 'what sends, in every process: it runs by itself and is no job, because a broadcast keeps a pace over its thousands',
    database: 'writes',
  },
  {
    feature: 'notifications',
    names: ['address'],
    reason: 'the step of signing in that lifts a block, inside its transaction',
    database: 'writes',
  },
  { feature: 'notifications', names: ['serve'], reason: 'HTTP by itself: the button of a mailbox is no procedure' },
  { feature: 'notifications', names: ['token'], reason: 'pure: links in letters, signed' },
  { feature: 'notifications', names: ['message'], reason: 'types: what a kind of notice says, whatever the channel' },
  {
    feature: 'notifications',
    names: ['hold', 'seen'],
    reason: 'steps that other features take with their notices: stopped, taken back, tried out, read where they stand',
    database: 'writes',
  },
  { feature: 'notifications', names: ['outcomes'], reason: 'pieces of statements: what became of a notice, for who counts and who lists' },
  { feature: 'notifications', names: ['telegram-text'], reason: 'pure: how Telegram says a message' },
  {
    feature: 'payments',
    names: ['steps'],
    reason: 'steps that orders, records, subscriptions and refunds take inside one transaction, a file for each noun',
    database: 'writes',
  },
  { feature: 'payments', names: ['provider'], reason: 'the acquirer of an id, or the refusal that there is none' },
  { feature: 'payments', names: ['state'], reason: 'pure: ranks of states, and what an order looks like to its buyer' },
  {
    feature: 'payments',
    names: ['hold'],
    reason: 'what all changes of money share: the transaction, the lock of an order with its attempts, the hint',
    database: 'writes',
  },
  { feature: 'payments', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  {
    feature: 'payments',
    names: ['lock'],
    reason: 'one look at the books at a time, of all processes: a lock held by a connection to the database',
    database: 'writes',
  },
  { feature: 'payments', names: ['serve'], reason: 'HTTP by itself: the messages of acquirers are no procedures' },
  { feature: 'people', names: ['consent', 'common-passwords'], reason: 'texts and lists' },
  { feature: 'people', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  { feature: 'people', names: ['passwords', 'phone'], reason: 'a library behind one function: argon2, libphonenumber' },
  { feature: 'progress', names: ['counting'], reason: 'pieces of statements: the one rule of how answers become progress' },
  { feature: 'progress', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  { feature: 'registry', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  {
    feature: 'registry',
    names: ['file'],
    reason: 'the table in the file store, for jobs, the download and the command line',
    database: 'writes',
  },
  {
    feature: 'health',
    names: ['check', 'run-checks', 'database', 'files', 'outside', 'work', 'settings', 'server'],
    reason: 'looks at the parts of the school, a file for those of a kind: they ask, and write nothing but a probe into the store',
    database: 'reads',
  },
  {
    feature: 'health',
    names: ['serve', 'numbers'],
    reason: 'HTTP by itself: what balancers and Prometheus ask is no procedure',
    database: 'reads',
  },
  { feature: 'registry', names: ['workbook'], reason: 'a library behind one function: exceljs' },
  { feature: 'site', names: ['serve'], reason: 'HTTP by itself: files that machines ask a site for' },
  { feature: 'site', names: ['head'], reason: 'pure: what machines read of the site, as text' },
  {
    feature: 'tasks',
    names: ['key-fix', 'regrade', 'reread'],
    reason: 'a mended key: what it would change, and the step that grades anew inside the transaction that publishes it',
    database: 'writes',
  },
  {
    feature: 'reviews',
    names: ['uploads'],
    reason: 'a step of taking a work back, inside its transaction',
    database: 'writes',
  },
  { feature: 'tasks', names: ['format', 'state'], reason: 'columns and mapping that queries and gates share' },
  { feature: 'texts', names: ['inspect'], reason: 'pure: the reader of course files over one text' },
  {
    feature: 'texts',
    names: ['state', 'write-text'],
    reason: 'steps that saving, discarding and publishing share inside their transactions',
    database: 'writes',
  },
  {
    feature: 'transfer',
    names: [
      'course-source',
      'topic-source',
      'task-source',
      'task-answer',
      'subjects-source',
      'exam-source',
      'front-matter',
      'fields',
      'sections',
      'slugs',
      'opens',
      'draft-title',
    ],
    reason: 'the reader of course files, in pieces: text in, a value or problems out',
  },
  {
    feature: 'transfer',
    names: ['source-text', 'problems', 'problem-text', 'bundle', 'import-refused'],
    reason: 'what the reader of course files and the import speak of',
  },
  {
    feature: 'transfer',
    names: ['course-folder', 'topic-folder', 'task-files', 'exam-files', 'folder-reader', 'file-types'],
    reason: 'the same reader over a folder of files',
  },
  {
    feature: 'transfer',
    names: ['course-archive', 'zip-reader', 'zip-rules'],
    reason: 'the same reader over an archive: yauzl behind one function, and what an archive may hold',
  },
  {
    feature: 'transfer',
    names: [
      'write-course',
      'write-course-row',
      'write-topic-rows',
      'write-topic',
      'write-tasks',
      'write-exams',
      'write-texts',
      'count-answers',
      'hold-course',
      'write-pictures',
    ],
    reason: 'steps of imports inside their one transaction',
    database: 'writes',
  },
  { feature: 'transfer', names: ['changes', 'places'], reason: 'pure: how what is stored differs from what is wanted' },
  {
    feature: 'transfer',
    names: ['store-files'],
    reason: 'bytes of a bundle in the file store, before any row names them',
    database: 'reads',
  },
  { feature: 'transfer', names: ['export-state'], reason: 'the query of an export, all of it at one moment', database: 'writes' },
  {
    feature: 'transfer',
    names: ['export-course', 'export-files', 'canonical', 'zip-writer', 'folder-writer'],
    reason: 'the writer of course files: what was read becomes the same bytes every time',
  },
  { feature: 'transfer', names: ['download'], reason: 'HTTP by itself: a file is no answer of a procedure' },
  { feature: 'transfer', names: ['prepare'], reason: 'what the dry run and the import of tasks share', database: 'reads' },
  {
    feature: 'transfer',
    names: [
      'question',
      'columns',
      'answer-cells',
      'source-writer',
      'judge',
      'table-questions',
      'foreign-question',
      'no-counterpart',
      'matching',
      'html-tree',
      'to-markdown',
      'number-text',
      'template-examples',
    ],
    reason: 'pure: rows and questions of other systems become sources of tasks',
  },
  {
    feature: 'transfer',
    names: [
      'workbook-reader',
      'workbook-archive',
      'workbook-template',
      'gift',
      'moodle',
      'moodle-pictures',
      'xml-tree',
      'read-questions',
      'read-apart',
      'reader-process',
    ],
    reason: 'libraries behind one function each: exceljs, gift-pegjs, fast-xml-parser',
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
