/** What befalls a school: each begins, lasts, and ends. */
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import type { OpenSchoolProcess } from '#server/testing/school-process.ts';
import type { TelegramAt } from '#server/testing/telegram-process.ts';
import type { Wire } from '#server/testing/wire.ts';
import type { OwnPostgres } from './own-postgres.ts';
import type { SmallDisk } from './small-disk.ts';
import type { Front, Mood, Post } from './stand-ins.ts';

export interface Trouble {
  name: string;
  /** At most, in a run of ten minutes. */
  seconds: number;
  begin(): Promise<void>;
  end(): Promise<void>;
}

export interface Processes {
  all(): readonly OpenSchoolProcess[];
  killOne(): Promise<void>;
  /** As many as there were. */
  fill(): Promise<void>;
}

export interface Parts {
  processes: Processes;
  wire: Wire;
  postgres: OwnPostgres;
  /** Past the wire. */
  databaseUrl: string;
  post: Post;
  bucket: Front;
  telegram: TelegramAt;
  clockFile: string;
}

/** Longer than the trouble may last. */
const lockWaitSeconds = 60;

export function troublesOf({ processes, wire, postgres, databaseUrl, post, bucket, telegram, clockFile }: Parts): Trouble[] {
  const { disk } = postgres;
  const held: pg.Client[] = [];
  const letGo = async () => {
    await Promise.all(held.splice(0).map((client) => client.end().catch(() => undefined)));
  };
  const turn = async (hours: number) => {
    await writeFile(clockFile, String(hours * 3_600_000));
    for (const { signal } of processes.all()) signal('SIGUSR2');
  };
  const stopped = (how: 'fast' | 'immediate'): Trouble => ({
    name: `PostgreSQL stopped (${how})`,
    seconds: 60,
    begin: () => postgres.stop(how),
    end: () => postgres.start(),
  });
  // Without room for its own journal it crashes, and ends where it cannot come back from that.
  const freed = (disk: SmallDisk) => async () => {
    await disk.clear();
    await postgres.start();
  };
  const moody = (what: string, of: Front | Post, mood: Mood, seconds: number): Trouble => ({
    name: `${what} ${mood}`,
    seconds,
    begin: async () => of.set(mood),
    end: async () => of.set('well'),
  });
  const turned = (hours: number): Trouble => ({
    name: `the clock ${hours} h`,
    seconds: 20,
    begin: () => turn(hours),
    end: () => turn(0),
  });
  return [
    { name: 'a process killed', seconds: 5, begin: () => processes.killOne(), end: () => processes.fill() },
    stopped('fast'),
    stopped('immediate'),
    ...(disk ? [{ name: 'the disk of PostgreSQL full', seconds: 60, begin: disk.fill, end: freed(disk) }] : []),
    { name: 'PostgreSQL frozen', seconds: 60, begin: () => postgres.freeze(), end: () => postgres.thaw() },
    { name: 'the database cut off', seconds: 60, begin: () => wire.cut(), end: () => wire.mend() },
    { name: 'the database swallows', seconds: 60, begin: async () => wire.swallow(), end: () => wire.mend() },
    {
      name: 'no connection left',
      seconds: 20,
      async begin() {
        for (;;) {
          const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
          client.on('error', () => {});
          try {
            await client.connect();
          } catch {
            return;
          }
          held.push(client);
        }
      },
      end: letGo,
    },
    {
      name: 'a table locked',
      seconds: 20,
      async begin() {
        const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
        client.on('error', () => {});
        await client.connect();
        held.push(client);
        await client.query(
          `SET lock_timeout = '${lockWaitSeconds}s'; BEGIN; LOCK TABLE submission, exam_answer, chat_message IN ACCESS EXCLUSIVE MODE`,
        );
      },
      end: letGo,
    },
    ...(['down', 'silent', 'slow', 'refusing'] as const).flatMap((mood) => [
      moody('the bucket', bucket, mood, 30),
      moody('the mail server', post, mood, 30),
    ]),
    {
      name: 'Telegram fails',
      seconds: 30,
      begin: () =>
        telegram.setFaults({ seed: 1, slowMs: 500, odds: { serverError: 0.2, cutBefore: 0.2, cutAfter: 0.1, tooMany: 0.05, slow: 0.1 } }),
      end: () => telegram.setFaults({ odds: {} }),
    },
    turned(1),
    turned(-1),
  ];
}
