import cluster from 'node:cluster';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type pg from 'pg';
import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client';
import * as z from 'zod';

/** What this process counts as it works. Labels are names of the code (procedures, jobs, codes), never what came from outside: their number is bounded. */
export interface Metrics {
  /** @param route one of `routeOf` */
  request(route: string, method: string, status: number, ms: number): void;
  /** @param outcome «ok», or the code of the error */
  procedure(name: string, type: string, outcome: string, ms: number): void;
  job(kind: string, outcome: 'done' | 'failed', ms: number): void;
  /** Looked at when somebody asks. */
  watchSockets(count: () => number): void;
  watchPool(pool: pg.Pool): void;
  /** All of it in Prometheus' text; with several processes of one school, theirs together. */
  text(): Promise<string>;
}

const seconds = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10];
const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'otlichno_http_requests_total',
    help: 'HTTP requests answered, by kind of address',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'otlichno_http_request_seconds',
    help: 'Time until an HTTP request was answered',
    labelNames: ['route'],
    buckets: seconds,
    registers,
  });
  const procedures = new Counter({
    name: 'otlichno_procedures_total',
    help: 'Calls of procedures, by outcome: ok or the code of the error',
    labelNames: ['procedure', 'type', 'outcome'],
    registers,
  });
  const procedureSeconds = new Histogram({
    name: 'otlichno_procedure_seconds',
    help: 'Time a procedure took',
    labelNames: ['procedure'],
    buckets: seconds,
    registers,
  });
  const jobs = new Counter({
    name: 'otlichno_jobs_total',
    help: 'Jobs run, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const jobSeconds = new Histogram({
    name: 'otlichno_job_seconds',
    help: 'Time a job took',
    labelNames: ['kind'],
    buckets: [0.01, 0.1, 1, 10, 60, 300],
    registers,
  });
  let socketsNow = () => 0;
  let poolNow: pg.Pool | null = null;
  new Gauge({
    name: 'otlichno_sockets',
    help: 'Open WebSockets',
    registers,
    collect() {
      this.set(socketsNow());
    },
  });
  new Gauge({
    name: 'otlichno_pool_connections',
    help: 'Connections to the database; waiting: requests for one',
    labelNames: ['state'],
    registers,
    collect() {
      if (!poolNow) return;
      this.set({ state: 'total' }, poolNow.totalCount);
      this.set({ state: 'idle' }, poolNow.idleCount);
      this.set({ state: 'waiting' }, poolNow.waitingCount);
    },
  });
  new Gauge({ name: 'otlichno_processes', help: 'Processes of the school that answer', registers }).set(1);
  measureProcess(registry);

  if (cluster.isWorker) joinOthers(registry);
  return {
    request(route, method, status, ms) {
      requests.inc({ route, method: methods.has(method) ? method : 'other', status });
      requestSeconds.observe({ route }, ms / 1000);
    },
    procedure(procedure, type, outcome, ms) {
      procedures.inc({ procedure, type, outcome });
      procedureSeconds.observe({ procedure }, ms / 1000);
    },
    job(kind, outcome, ms) {
      jobs.inc({ kind, outcome });
      jobSeconds.observe({ kind }, ms / 1000);
    },
    watchSockets(count) {
      socketsNow = count;
    },
    watchPool(watched) {
      poolNow = watched;
    },
    text: () => (cluster.isWorker ? askPrimary() : registry.metrics()),
  };
}

const beatMs = 20;
/** Of the process, so there is one. */
let delay: ReturnType<typeof monitorEventLoopDelay> | undefined;

/** Memory, CPU and how late the event loop is. prom-client's own set is larger, and starts a timer of its own for each registry. */
function measureProcess(registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'otlichno_event_loop_delay_seconds',
    help: 'How late the event loop was since the last look: worst and mean; of several processes the worst',
    labelNames: ['what'],
    aggregator: 'max',
    registers,
    collect() {
      // From the first look on: whoever is not asked does not measure.
      delay ??= monitorEventLoopDelay({ resolution: beatMs });
      delay.enable();
      // Measured from beat to beat: a loop that is never late shows the beat itself.
      this.set({ what: 'max' }, Math.max(0, delay.max / 1e9 - beatMs / 1000));
      this.set({ what: 'mean' }, Number.isNaN(delay.mean) ? 0 : Math.max(0, delay.mean / 1e9 - beatMs / 1000));
      delay.reset();
    },
  });
  new Gauge({
    name: 'otlichno_memory_bytes',
    help: 'Memory of the processes',
    labelNames: ['what'],
    registers,
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage();
      this.set({ what: 'rss' }, rss);
      this.set({ what: 'heap' }, heapUsed);
      this.set({ what: 'external' }, external);
    },
  });
  new Gauge({
    name: 'otlichno_cpu_seconds',
    help: 'CPU time since the processes started',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.set((user + system) / 1e6);
    },
  });
  new Gauge({
    name: 'otlichno_start_time_seconds',
    help: 'When the oldest process started',
    aggregator: 'min',
    registers,
  }).set(Date.now() / 1000 - process.uptime());
}

/**
 * What the processes of a machine say of their numbers, over the channel between the primary and its workers: `here` once, `all` asks the primary for the
 * numbers of all, who then has each tell its own (`tell`, `told`) and answers with the text (`text`). prom-client's own way fails for all while one
 * process is only starting.
 */
const message = z
  .object({ type: z.literal('otlichno:metrics') })
  .and(
    z.discriminatedUnion('say', [
      z.object({ say: z.literal('here') }),
      z.object({ say: z.literal('all'), id: z.number() }),
      z.object({ say: z.literal('tell'), round: z.number() }),
      z.object({ say: z.literal('told'), round: z.number(), metrics: z.array(z.custom<object>()) }),
      z.object({ say: z.literal('text'), id: z.number(), text: z.string() }),
    ]),
  );
type Message = z.infer<typeof message>;
type Said<T extends Message['say']> = Omit<Extract<Message, { say: T }>, 'type'>;
const spoken = <T extends Message['say']>(said: Said<T>) => ({ type: 'otlichno:metrics', ...said });

const tellMs = 2_000;
/** Whoever scrapes waits ten seconds by default. */
const textMs = 8_000;
let asked = 0;

function joinOthers(registry: Registry): void {
  process.on('message', (heard) => {
    const { data: said } = message.safeParse(heard);
    if (said?.say !== 'tell') return;
    void registry.getMetricsAsJSON().then((metrics) => process.send?.(spoken<'told'>({ say: 'told', round: said.round, metrics })));
  });
  process.send?.(spoken<'here'>({ say: 'here' }));
}

function askPrimary(): Promise<string> {
  asked += 1;
  const id = asked;
  return new Promise((resolve, reject) => {
    const hear = (heard: unknown) => {
      const { data: said } = message.safeParse(heard);
      if (said?.say !== 'text' || said.id !== id) return;
      end();
      resolve(said.text);
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error('the primary process did not tell the numbers of all'));
    }, textMs);
    const end = () => {
      clearTimeout(timer);
      process.off('message', hear);
    };
    process.on('message', hear);
    process.send?.(spoken<'all'>({ say: 'all', id }));
  });
}

/** Called once by the primary process of several. Who does not tell in time (it is about to end, or stuck) is left out. */
export function answerMetrics(): void {
  const members = new Set<number>();
  const rounds = new Map<number, (metrics: object[]) => void>();
  let last = 0;

  async function gather(): Promise<string> {
    last += 1;
    const round = last;
    const all = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected() && members.has(worker.id));
    const told: object[][] = [];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, tellMs);
      rounds.set(round, (metrics) => {
        told.push(metrics);
        if (told.length < all.length) return;
        clearTimeout(timer);
        resolve();
      });
      for (const worker of all) worker?.send(spoken<'tell'>({ say: 'tell', round }));
    });
    rounds.delete(round);
    return AggregatorRegistry.aggregate(told).metrics();
  }

  cluster.on('exit', (worker) => members.delete(worker.id));
  cluster.on('message', (worker, heard: unknown) => {
    const { data: said } = message.safeParse(heard);
    if (said?.say === 'here') members.add(worker.id);
    if (said?.say === 'told') rounds.get(said.round)?.(said.metrics);
    if (said?.say !== 'all') return;
    void gather()
      // Numbers that do not fit together (after an update half of the processes are of another version) must not end the process that holds all others.
      .catch(
        (error: unknown) => `# the numbers of the processes do not fit together: ${error instanceof Error ? error.message : 'unknown'}\n`,
      )
      .then((text) => worker.isConnected() && worker.send(spoken<'text'>({ say: 'text', id: said.id, text })));
  });
}
