import type { FaqItemDto, FaqListDto } from '#shared/support.ts';
import { faqLimits } from '#shared/support-limits.ts';
import type { App } from '../../../platform/app.ts';
import { isShown } from '../../courses/visible.ts';
import { parameters, type StatementParameters, searchKey } from '../../people/students/list/rules.ts';
import { anyOf, bothForms, leastLikeness, mayHoldSlip, meant, searchTerms, type Term, wordsOf } from './rules.ts';

interface ItemRow {
  id: string;
  slug: string;
  title: string;
  category_id: string;
}

interface FoundRow extends ItemRow {
  /** Title and answer as bare words, the fitting ones between angle brackets. */
  marked: string;
  /** For each term: does any article have it? */
  known: boolean[];
}

const columns = 'a.id, a.slug, a.title, a.category_id';
const place = 'c.position, c.id, a.position, a.id';

/**
 * Articles for students. Two statements as a rule; five more where what was typed has to be guessed.
 * Words are compared without their endings, the last one by its beginning as well, for it is being typed. Articles with all of the words come before
 * those with all but one; title before keywords before answer. A word that no article has is taken for the words that look like it, then the
 * whole for a part of a title.
 */
export async function searchFaq(app: App, { query }: { query: string }): Promise<FaqListDto> {
  const [categories, items] = await Promise.all([
    app.pool.query<{ id: string; slug: string; title: string }>(
      `SELECT c.id, c.slug, c.title FROM faq_category c WHERE EXISTS (SELECT FROM faq_article a WHERE a.category_id = c.id AND ${isShown('a')})
      ORDER BY c.position, c.id`,
    ),
    query === '' ? everything(app) : find(app, query),
  ]);
  return { categories: categories.rows, items };
}

async function everything(app: App): Promise<FaqItemDto[]> {
  const { rows } = await app.pool.query<ItemRow>(
    `SELECT ${columns} FROM faq_article a JOIN faq_category c ON c.id = a.category_id WHERE ${isShown('a')} ORDER BY ${place}`,
  );
  return rows.map((row) => toItemDto(row, []));
}

async function find(app: App, query: string): Promise<FaqItemDto[]> {
  const terms = searchTerms(query);
  if (terms.length === 0) return [];
  const rows = await findByWords(app, terms);
  const unknown = terms.filter((term, index) => !rows[0]?.known[index] && term.some(mayHoldSlip));
  const guessed = unknown.length > 0 ? await guess(app, terms, unknown) : null;
  const found = guessed ? await findByWords(app, guessed) : rows;
  if (found.length > 0) return found.map((row) => toItemDto(row, markedIn(row.marked)));
  return findByPart(
    app,
    terms.map(([typed = '']) => typed),
  );
}

async function findByWords(app: App, terms: Term[]): Promise<FoundRow[]> {
  const { values, add } = parameters();
  const queries = terms.map((term, index) => {
    const whole = `to_tsquery('russian'::regconfig, ${add(anyOf(term.flatMap(bothForms)))})`;
    // What is being typed may be cut off anywhere, also where its ending cannot be told yet.
    return index < terms.length - 1 ? whole : `(${whole} || to_tsquery('simple'::regconfig, ${add(anyOf(term, ':*'))}))`;
  });
  const any = `(${queries.join(' || ')})`;
  const fits = queries.map((one) => `(f.words @@ ${one})`);
  const { rows } = await app.pool.query<FoundRow>({
    // Not prepared by name: planned with its values, the index is used for words that few articles have.
    text: `WITH found AS MATERIALIZED (
        -- Unpacked once: a long answer's words are stored compressed, and each look at them would unpack them again.
        SELECT a.id, a.category_id, a.position, a.search_words || '' AS words FROM faq_article a WHERE a.search_words @@ ${any} AND ${isShown('a')}
      ), checked AS MATERIALIZED (
        SELECT f.id, f.category_id, f.position, ARRAY[${fits.join(', ')}] AS fits, ts_rank('{0, 0.1, 0.4, 1}', f.words, ${any}) AS rank FROM found f
      ), fitting AS (
        SELECT f.*, ${fits.map((_, index) => `f.fits[${index + 1}]::int`).join(' + ')} AS hits,
          ARRAY[${fits.map((_, index) => `bool_or(f.fits[${index + 1}]) OVER ()`).join(', ')}] AS known FROM checked f
      ), best AS (
        SELECT f.*, row_number() OVER (ORDER BY f.hits DESC, f.rank DESC, c.position, c.id, f.position, f.id) AS place
        FROM fitting f JOIN faq_category c ON c.id = f.category_id
        WHERE f.hits >= (SELECT CASE WHEN max(hits) > 2 THEN max(hits) - 1 ELSE max(hits) END FROM fitting)
        ORDER BY place LIMIT ${faqLimits.results}
      )
      SELECT ${columns}, b.known, ts_headline('russian'::regconfig,
        regexp_replace(normalize(a.title || ' ' || a.body) COLLATE "ru-x-icu", '[^[:alnum:]]+', ' ', 'g'), ${any},
        'HighlightAll=true, StartSel=<, StopSel=>') AS marked
      FROM best b JOIN faq_article a ON a.id = b.id ORDER BY b.place`,
    values,
  });
  return rows;
}

/** The terms with words of titles and keywords for those that no article has. Null: nothing is like them. */
async function guess(app: App, terms: Term[], unknown: Term[]): Promise<Term[] | null> {
  const typed = unknown.flat().filter(mayHoldSlip);
  const vocabulary = await findAlike(app, typed);
  let found = false;
  const guessed = terms.map((term) => {
    const words = unknown.includes(term) ? term.filter(mayHoldSlip).flatMap((word) => meant(word, vocabulary)) : [];
    found ||= words.length > 0;
    return [...term, ...words];
  });
  return found ? guessed : null;
}

/** Words of the titles and keywords that have something like the words looked for. */
async function findAlike(app: App, words: string[]): Promise<Set<string>> {
  const { values, add } = parameters();
  const keys = words.map((word) => add(searchKey(word)));
  const alike = keys.map((key) => `strict_word_similarity(${key}, a.search_key)`);
  const client = await app.pool.connect();
  try {
    // The index takes the bound from the setting, which must not outlive the statement.
    await client.query(`BEGIN READ ONLY; SET LOCAL pg_trgm.strict_word_similarity_threshold = ${leastLikeness}`);
    const { rows } = await client.query<{ words: string }>({
      text: `SELECT a.title || ' ' || a.keywords AS words FROM faq_article a
        WHERE (${keys.map((key) => `${key} <<% a.search_key`).join(' OR ')}) AND ${isShown('a')}
        ORDER BY greatest(${alike.join(', ')}) DESC, a.id LIMIT ${4 * faqLimits.results}`,
      values,
    });
    return new Set(rows.flatMap((row) => wordsOf(row.words)));
  } finally {
    await client.query('ROLLBACK').finally(() => client.release());
  }
}

/** What has no meaning of its own («как»), or stands in the middle of a word. */
async function findByPart(app: App, words: string[]): Promise<FaqItemDto[]> {
  const { values, add } = parameters();
  const { rows } = await app.pool.query<ItemRow>({
    text: `SELECT ${columns} FROM faq_article a JOIN faq_category c ON c.id = a.category_id
      WHERE a.search_key LIKE ${part(words, { values, add })} AND ${isShown('a')} ORDER BY ${place} LIMIT ${faqLimits.results}`,
    values,
  });
  return rows.map((row) => {
    const parts = words.filter((word) => word !== '');
    const matched = wordsIn(row.title).filter((word) => parts.some((typed) => word.toLowerCase().replaceAll('ё', 'е').includes(typed)));
    return toItemDto(row, matched);
  });
}

/** Words hold no signs of the pattern language. */
const part = (words: string[], { add }: StatementParameters) => add(`%${searchKey(words.join(' '))}%`);

const wordsIn = (text: string) => [...new Set(text.normalize('NFC').match(/[\p{L}\p{N}]+/gu))];

const markedIn = (marked: string) => [...new Set([...marked.matchAll(/<([^<>]+)>/g)].map(([, word = '']) => word))];

function toItemDto({ id, slug, title, category_id }: ItemRow, matched: string[]): FaqItemDto {
  return { id, slug, title, categoryId: category_id, matched };
}
