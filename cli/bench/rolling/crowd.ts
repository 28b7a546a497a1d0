/**
 * People who use the school through its address, whatever stands behind it: they read, answer, write, send files and register, and each listens on a
 * socket. Nothing is tried again but what a browser tries again without being asked (the socket, pieces of a file), so that every failure is seen.
 */
import { randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { consentVersion } from '#server/features/people/consent.ts';
import { uploadsPath } from '#shared/upload-rules.ts';
import { type Deeds, noDeeds } from './deeds.ts';
import { listen } from './listener.ts';

export interface Visitor {
  cookie: string;
  /** Of support, their own. */
  threadId: string;
}

export interface CrowdParts {
  url: string;
  visitors: Visitor[];
  topic: { course: string; topic: string };
  /** Answered in turn. */
  tasks: string[];
  /** A person answers forty times a minute at most: who is quicker has to end some time. */
  answersEach?: number;
  /** Between two requests of one visitor, on average. */
  pauseMs: number;
  /** Between two registrations; each from an address of its own, for networks are limited. */
  registerMs: number;
}

export interface Crowd {
  deeds: Deeds;
  /** Everybody ends what they are at; resolves when nothing of it is on its way any more. */
  leave(): Promise<void>;
}

const file = Buffer.from(`${'Решение. '.repeat(2000)}\n`);

export async function startCrowd({
  url,
  visitors,
  topic,
  tasks,
  answersEach = Number.POSITIVE_INFINITY,
  pauseMs,
  registerMs,
}: CrowdParts): Promise<Crowd> {
  const deeds = noDeeds();
  const agent = new Agent({ keepAlive: true });
  let leaving = false;
  const rest = (ms: number) => pause(ms * (0.5 + Math.random()));

  /** @returns null where it failed, which is counted */
  async function ask(name: string, wanted: number[], call: Parameters<typeof send>[1]): Promise<Answer | null> {
    try {
      const answer = await send(agent, call);
      if (wanted.includes(answer.status)) {
        deeds.requests += 1;
        return answer;
      }
      deeds.failures.push(`${answer.status} ${name} ${answer.text.slice(0, 200)}`);
    } catch (error) {
      deeds.failures.push(`${error instanceof Error ? error.message : String(error)} ${name}`);
    }
    return null;
  }
  const rpc = (cookie: string | undefined, path: string, input: object, localAddress?: string) =>
    ask(`POST ${path}`, [200], {
      url: `${url}/trpc/${path}`,
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(input),
      localAddress,
    });

  async function sendFile({ cookie, threadId }: Visitor): Promise<string | null> {
    const tus = { cookie, origin: url, 'tus-resumable': '1.0.0' };
    const metadata = Object.entries({ purpose: 'chat', subject: threadId, name: 'a.txt' }).map(([key, text]) => `${key} ${btoa(text)}`);
    const begun = await ask('POST upload', [201], {
      url: `${url}${uploadsPath}`,
      method: 'POST',
      headers: { ...tus, 'upload-length': String(file.length), 'upload-metadata': metadata.join(',') },
    });
    const location = begun?.headers.location;
    if (!location) return null;
    let offset = 0;
    for (let tries = 0; tries < 50; tries += 1) {
      // In two pieces, the second of which mostly goes to another process.
      const piece = file.subarray(offset, offset === 0 ? file.length / 2 : file.length);
      const sent = await ask('PATCH upload', [200, 204, 409, 423], {
        url: new URL(location, url).href,
        method: 'PATCH',
        headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body: piece,
      });
      if (sent?.status === 200) return location.slice(uploadsPath.length + 1);
      if (sent?.status === 204) {
        offset = Number(sent.headers['upload-offset']);
        continue;
      }
      deeds.resumed += 1;
      await pause(100);
      const at = await ask('HEAD upload', [200], { url: new URL(location, url).href, method: 'HEAD', headers: tus });
      if (at) offset = Number(at.headers['upload-offset']);
    }
    deeds.failures.push('an upload came to no end');
    return null;
  }

  async function visit(visitor: Visitor, number: number): Promise<void> {
    const { cookie, threadId } = visitor;
    for (let round = 0; !leaving; round += 1) {
      await rest(pauseMs);
      const input = encodeURIComponent(JSON.stringify(topic));
      await ask('GET courses.topic', [200], { url: `${url}/trpc/courses.topic?input=${input}`, method: 'GET', headers: { cookie } });
      await rest(pauseMs);
      if (round < answersEach) {
        const clientId = randomUUID();
        if (await rpc(cookie, 'tasks.submit', { taskId: tasks[round % tasks.length], clientId, value: `-77${round}` }))
          deeds.answers.push(clientId);
        await rest(pauseMs);
      }
      const uploadId = number % 5 === 0 && round % 3 === 0 ? await sendFile(visitor) : null;
      const clientId = randomUUID();
      const message = { threadId, clientId, body: `Не понимаю ${round}`, uploadIds: uploadId ? [uploadId] : [] };
      if (!(await rpc(cookie, 'chat.send', message))) continue;
      deeds.messages.push(clientId);
      if (uploadId) deeds.files.push(uploadId);
    }
  }

  async function register(): Promise<void> {
    for (let guest = 0; !leaving; guest += 1) {
      const email = `guest${randomUUID().slice(0, 8)}@example.ru`;
      const form = { email, firstName: 'Илья', lastName: 'Соколов', phone: '', consentVersion, timeZone: 'Europe/Moscow', locale: 'ru' };
      if (await rpc(undefined, 'auth.register', form, `127.0.${1 + (guest % 250)}.${1 + (Math.floor(guest / 250) % 250)}`))
        deeds.registered.push(email);
      await rest(registerMs);
    }
  }

  const sockets = await Promise.all(visitors.map(({ cookie, threadId }) => listen({ url, cookie, threadId, deeds })));
  const doing = [...visitors.map(visit), register()];
  return {
    deeds,
    async leave() {
      leaving = true;
      await Promise.all(doing);
      const [last] = [deeds.messages.length];
      // What was acknowledged last is on its way to who listens.
      for (let waited = 0; waited < 100 && deeds.messages.slice(0, last).some((id) => !deeds.heard.has(id)); waited += 1) await pause(100);
      for (const socket of sockets) socket.close();
      agent.destroy();
    },
  };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface Call {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string | Buffer;
  localAddress?: string | undefined;
}

function send(agent: Agent, { url, method, headers, body = '', localAddress }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { agent, method, headers: { ...headers, ...length }, ...(localAddress ? { localAddress } : {}) };
    const sending = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
