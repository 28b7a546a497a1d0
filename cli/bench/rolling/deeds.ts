/** What a crowd has done, and whether the school still knows all of it, each once. */
import type pg from 'pg';

export interface Deeds {
  /** Requests that were answered. */
  requests: number;
  /** Those that failed, or were answered otherwise than they should: «502 POST tasks.submit». Nothing is tried again before it is counted here. */
  failures: string[];
  /** Ids the clients made of what was acknowledged. */
  answers: string[];
  messages: string[];
  /** Uploads that were acknowledged as ready. */
  files: string[];
  /** Addresses that registered: each is owed one letter. */
  registered: string[];
  /** Pieces of files that were told to come again, and did. */
  resumed: number;
  /** Own messages that were heard over the socket. */
  heard: Set<string>;
  /** Codes with which sockets were closed, each with how long it took until what they followed was followed again, in milliseconds. */
  closings: { code: number; backMs: number }[];
}

export const noDeeds = (): Deeds => ({
  requests: 0,
  failures: [],
  answers: [],
  messages: [],
  files: [],
  registered: [],
  resumed: 0,
  heard: new Set(),
  closings: [],
});

export interface Losses {
  /** Acknowledged, and not there. */
  lost: string[];
  /** There more than once. */
  doubled: string[];
  /** Messages that were acknowledged and never heard by who follows the thread. */
  unheard: string[];
  /** Jobs that did not come to their end, or needed a second try. */
  jobs: string[];
}

export const lossesIn = ({ lost, doubled, unheard, jobs }: Losses): number => lost.length + doubled.length + unheard.length + jobs.length;

/** Compares what was acknowledged with what is there. To be asked when nothing is on its way any more. */
export async function losses(client: Pick<pg.Client, 'query'>, deeds: Deeds): Promise<Losses> {
  const counts = async (sql: string, keys: string[]): Promise<Map<string, number>> => {
    const { rows } = await client.query<{ key: string; times: number }>(sql, [keys]);
    return new Map(rows.map(({ key, times }) => [key, times]));
  };
  const found: { what: string; keys: string[]; times: Map<string, number> }[] = [
    {
      what: 'answer',
      keys: deeds.answers,
      times: await counts(
        'SELECT client_id::text AS key, count(*)::int AS times FROM submission WHERE client_id = ANY($1::uuid[]) GROUP BY 1',
        deeds.answers,
      ),
    },
    {
      what: 'message',
      keys: deeds.messages,
      times: await counts(
        'SELECT client_id::text AS key, count(*)::int AS times FROM chat_message WHERE client_id = ANY($1::uuid[]) GROUP BY 1',
        deeds.messages,
      ),
    },
    {
      what: 'file',
      keys: deeds.files,
      times: await counts(
        `SELECT substring(storage_key FROM 9) AS key, count(*)::int AS times FROM chat_file WHERE substring(storage_key FROM 9) = ANY($1::text[]) GROUP BY 1`,
        deeds.files,
      ),
    },
    {
      what: 'letter',
      keys: deeds.registered,
      times: await counts(
        `SELECT c.email AS key, count(*)::int AS times FROM pgboss.job j JOIN login_code c ON c.id::text = j.data ->> 'codeId'
         WHERE j.name = 'auth.send-code' AND j.state = 'completed' AND c.email = ANY($1::text[]) GROUP BY 1`,
        deeds.registered,
      ),
    },
  ];
  const jobs = await client.query<{ line: string }>(
    `SELECT name || ' ' || state || CASE WHEN retry_count > 0 THEN ' after ' || retry_count || ' tries' ELSE '' END AS line
     FROM pgboss.job WHERE state IN ('failed', 'cancelled', 'active') OR retry_count > 0`,
  );
  return {
    lost: found.flatMap(({ what, keys, times }) => keys.filter((key) => !times.has(key)).map((key) => `${what} ${key}`)),
    doubled: found.flatMap(({ what, keys, times }) => keys.filter((key) => (times.get(key) ?? 0) > 1).map((key) => `${what} ${key}`)),
    unheard: deeds.messages.filter((id) => !deeds.heard.has(id)),
    jobs: jobs.rows.map(({ line }) => line),
  };
}
