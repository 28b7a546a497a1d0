import { createKeptList, type Memory } from '#client/lib/kept-list.ts';
import { createStore } from '#client/lib/store.ts';
import type { MessageDto, SendMessageInput } from '#shared/chat.ts';
import type { WireError } from '#shared/errors.ts';
import { isArriving, isEmpty, isLost, isOutMessage, type OutFile, type OutMessage, type OutPhase, stirEveryMs } from './out-message.ts';

export interface ChatOutboxOptions {
  memory: Memory;
  personId: string;
  send: (input: SendMessageInput) => Promise<MessageDto>;
  /** The refusal the server named, or null when it was not reached. */
  refusal: (error: unknown) => WireError | null;
  /** Is the connection known to be gone? Then nothing is sent before `flush`. */
  isOffline: () => boolean;
  makeId: () => string;
  now: () => number;
  onSent: (message: MessageDto) => void;
  onSessionEnded: (blocked: boolean) => void;
}

export type ChatOutbox = ReturnType<typeof createChatOutbox>;

interface OutboxView {
  items: readonly OutMessage[];
  /** Bytes of a file that arrived, by its key. */
  sent: Readonly<Record<string, number>>;
  phaseOf(item: OutMessage): OutPhase;
}

/**
 * Messages of one person on this device: the draft of each thread, those on their way, those that were refused. Each is written down before it is
 * sent and forgotten when the server has it; until then it is sent again under the same id, those of a thread in their order.
 */
export function createChatOutbox(options: ChatOutboxOptions) {
  const { now } = options;
  const kept = createKeptList<OutMessage>({
    memory: options.memory,
    key: `chat.${options.personId}`,
    isItem: isOutMessage,
    idOf: ({ clientId }) => clientId,
  });
  /** What is under way in this very tab. */
  const running = new Set<string>();
  const uploading = new Set<string>();
  const phases = new Map<string, OutPhase>();
  const failures = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let sent: Readonly<Record<string, number>> = {};
  let stirring: ReturnType<typeof setInterval> | undefined;
  const view = createStore<OutboxView>(look());

  function look(): OutboxView {
    return { items: kept.list().sort((a, b) => a.at - b.at), sent, phaseOf };
  }

  function phaseOf(item: OutMessage): OutPhase {
    if (item.state === 'stopped') return { phase: 'stopped', error: item.error };
    if (item.files.some(isArriving)) return { phase: 'uploading' };
    return phases.get(item.clientId) ?? { phase: 'waiting', for: options.isOffline() ? 'connection' : 'turn' };
  }

  function save(items: OutMessage[]): void {
    kept.save(items);
    view.set(look());
  }

  function change(clientId: string, part: Partial<OutMessage>): void {
    save(kept.list().map((item) => (item.clientId === clientId ? { ...item, ...part } : item)));
  }

  function show(clientId: string, phase: OutPhase): void {
    phases.set(clientId, phase);
    view.set(look());
  }

  function find(clientId: string): OutMessage | undefined {
    return kept.list().find((item) => item.clientId === clientId);
  }

  function remove(clientId: string): void {
    phases.delete(clientId);
    save(kept.list().filter((item) => item.clientId !== clientId));
  }

  function draftOf(threadId: string): OutMessage | undefined {
    return kept.list().find((item) => item.threadId === threadId && item.state === 'draft');
  }

  function write(threadId: string, part: Partial<Pick<OutMessage, 'body' | 'query' | 'files'>>): void {
    const before = draftOf(threadId) ?? blank(threadId);
    const draft = { ...before, ...part };
    const others = kept.list().filter(({ clientId }) => clientId !== before.clientId);
    save(isEmpty(draft) ? others : [...others, draft]);
  }

  function blank(threadId: string): OutMessage {
    return { clientId: options.makeId(), threadId, body: '', query: null, files: [], at: now(), state: 'draft', error: null };
  }

  function changeFile(key: string, part: Partial<OutFile>): OutMessage | undefined {
    const item = kept.list().find(({ files }) => files.some((file) => file.key === key));
    if (item) change(item.clientId, { files: item.files.map((file) => (file.key === key ? { ...file, ...part } : file)) });
    return item && find(item.clientId);
  }

  function again(threadId: string, ms: number): void {
    clearTimeout(timers.get(threadId));
    timers.set(
      threadId,
      setTimeout(() => void deliverThread(threadId), ms),
    );
  }

  async function deliver({ clientId, threadId, body, files, query }: OutMessage): Promise<'next' | 'rest'> {
    show(clientId, { phase: 'sending' });
    const uploadIds = files.flatMap(({ uploadId }) => uploadId ?? []);
    const tries = failures.get(threadId) ?? 0;
    const rest = (phase: OutPhase, ms: number | null): 'rest' => {
      failures.set(threadId, tries + 1);
      show(clientId, phase);
      if (ms !== null) again(threadId, ms);
      return 'rest';
    };
    try {
      const message = await options.send({ threadId, clientId, body, uploadIds, ...(query === null ? {} : { query }) });
      failures.delete(threadId);
      remove(clientId);
      options.onSent(message);
      return 'next';
    } catch (thrown) {
      const error = options.refusal(thrown);
      if (error === null) return rest({ phase: 'waiting', for: 'connection' }, Math.min(15_000, 1000 * 2 ** tries));
      switch (error.code) {
        case 'AUTH_SESSION_REQUIRED':
        case 'AUTH_BLOCKED':
          options.onSessionEnded(error.code === 'AUTH_BLOCKED');
          return rest({ phase: 'waiting', for: 'session' }, null);
        case 'AUTH_RATE_LIMITED': {
          const ms = Math.max(1, error.data.retryAfterSeconds) * 1000;
          return rest({ phase: 'limited', until: now() + ms }, ms);
        }
        // After a fault of the server nobody knows whether it was taken in, so it goes again with the same id.
        case 'UNEXPECTED':
          return rest({ phase: 'failing', error }, Math.min(60_000, 2000 * 2 ** tries));
        default:
          phases.delete(clientId);
          change(clientId, { state: 'stopped', error });
          return 'next';
      }
    }
  }

  async function deliverThread(threadId: string): Promise<void> {
    if (running.has(threadId) || options.isOffline()) return;
    running.add(threadId);
    clearTimeout(timers.get(threadId));
    try {
      for (;;) {
        const [next] = kept
          .list()
          .filter((item) => item.threadId === threadId && item.state === 'queued')
          .sort((a, b) => a.at - b.at);
        if (!next || next.files.some(isArriving) || (await deliver(next)) === 'rest') return;
      }
    } finally {
      running.delete(threadId);
    }
  }

  /** Files whose page has gone will not come any more, and who waits for them is told so. */
  function tellLost(): void {
    const at = now();
    const lost = (file: OutFile) => !uploading.has(file.key) && isLost(file, at);
    const items = kept.list();
    if (!items.some(({ files }) => files.some(lost))) return;
    save(
      items.map((item) => {
        if (!item.files.some(lost)) return item;
        const files = item.files.map((file): OutFile => (lost(file) ? { ...file, failed: 'lost' } : file));
        return { ...item, files, state: item.state === 'queued' ? 'stopped' : item.state };
      }),
    );
  }

  function stir(): void {
    if (uploading.size === 0) clearInterval(stirring);
    for (const key of uploading) changeFile(key, { stirredAt: now() });
  }

  async function flush(): Promise<void> {
    tellLost();
    const threads = new Set(
      kept
        .list()
        .filter(({ state }) => state === 'queued')
        .map(({ threadId }) => threadId),
    );
    await Promise.all([...threads].map(deliverThread));
  }

  return {
    key: kept.key,
    view,
    draftOf,
    /** What is being written; nothing at all is no draft. */
    write,

    /** Puts the draft on its way. @returns false: there is nothing to send, or a file of it failed */
    submit(threadId: string): boolean {
      const draft = draftOf(threadId);
      if (!draft || isEmpty(draft) || draft.files.some(({ failed }) => failed !== null)) return false;
      // Two within one millisecond keep their order.
      const at = Math.max(now(), ...kept.list().flatMap((item) => (item.state === 'queued' ? [item.at + 1] : [])));
      change(draft.clientId, { state: 'queued', at, body: draft.body.trim() });
      void deliverThread(threadId);
      return true;
    },

    /** Back into the field, before what stands there; under a new id, for it may become another message. */
    edit(clientId: string): void {
      const item = find(clientId);
      if (!item || item.state === 'draft' || phases.get(clientId)?.phase === 'sending') return;
      const draft = draftOf(item.threadId);
      remove(clientId);
      write(item.threadId, {
        body: [item.body, draft?.body ?? ''].filter((text) => text.trim() !== '').join('\n\n'),
        query: item.query ?? draft?.query ?? null,
        files: [...item.files, ...(draft?.files ?? [])],
      });
    },

    /** A stopped one once more, as it is. */
    repeat(clientId: string): void {
      const item = find(clientId);
      if (item?.state !== 'stopped') return;
      change(clientId, { state: 'queued', error: null });
      void deliverThread(item.threadId);
    },

    /** Taken back by its author, or known to have arrived. */
    remove,

    fileBegins(threadId: string, file: Pick<OutFile, 'key' | 'name' | 'size'>): void {
      uploading.add(file.key);
      const files = draftOf(threadId)?.files ?? [];
      write(threadId, { files: [...files, { ...file, thumb: null, uploadId: null, failed: null, stirredAt: now() }] });
      clearInterval(stirring);
      stirring = setInterval(stir, stirEveryMs);
    },
    fileDrawn: (key: string, thumb: string | null) => void changeFile(key, { thumb }),
    fileGoesOn(key: string, bytes: number): void {
      sent = { ...sent, [key]: bytes };
      view.set(look());
    },
    /** `uploadId`, or why it does not come. */
    fileEnds(key: string, end: { uploadId: string } | { failed: WireError | 'lost' }): void {
      uploading.delete(key);
      const { [key]: _, ...rest } = sent;
      sent = rest;
      const item = changeFile(key, end);
      if (item?.state !== 'queued') return;
      if ('failed' in end) change(item.clientId, { state: 'stopped', error: end.failed === 'lost' ? null : end.failed });
      else void deliverThread(item.threadId);
    },
    dropFile(key: string): void {
      uploading.delete(key);
      const item = kept.list().find(({ files }) => files.some((file) => file.key === key));
      if (item?.state === 'draft') write(item.threadId, { files: item.files.filter((file) => file.key !== key) });
    },

    /** Sends what waits. */
    flush,

    /** Another tab has written: what it wrote, or sent, is shown here too. */
    sync: () => view.set(look()),

    /** The page goes, and with it the uploads that it carries. */
    leave(): void {
      for (const key of uploading) changeFile(key, { stirredAt: 0 });
    },
  };
}
