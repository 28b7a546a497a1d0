import type { App } from '../../../platform/app.ts';
import { createWaker, pause } from '../../../platform/waiting.ts';
import type { Channel, Claimed, Item, Items, Parcel } from '../channels/channel.ts';
import { claimDaily, claimDue, freeAbandoned, nextDueAt } from './claim.ts';
import type { Result } from './results.ts';
import { createWay } from './way.ts';
import { createWording } from './wording.ts';
import { createWriter } from './writer.ts';

export interface Sender {
  /** Sends what is due, and what falls due, until the signal is aborted; then waits for what is under way. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due now, and ends. @returns how many deliveries it took from the journal */
  sendDue(): Promise<number>;
  /** Something new may be due. */
  wake(): void;
}

/** The slow look, for whatever no hint told of. */
const lookMs = 30_000;
/** Who may not get the next message for so long is no business of this process until then. */
const longRestMs = 5_000;
/** Of one person who is sent many, only the next one waits here: the others come so long after each other, and keep nobody's place meanwhile. */
const turnMs = 1_000;
/** Rows of the journal that go another way in one statement. */
const givenUpAtOnce = 200;

/** Takes deliveries of one channel from the journal, says them, sends them and writes down what became of them. */
export function createSender(app: App, channel: Channel): Sender {
  const waker = createWaker();
  const way = createWay(app, channel);
  const word = createWording(app);
  const write = createWriter(app);
  const underWay = new Set<Promise<void>>();
  let queue: Parcel[] = [];
  let taken = 0;
  /** Tried since nothing gets through. */
  let probed: string[] = [];
  /** By `performance.now()`: when the journal is asked next. */
  let lookAt = 0;
  let freeAt = 0;
  let giveUpAt = 0;

  async function work(signal: AbortSignal, untilIdle: boolean): Promise<void> {
    try {
      while (!signal.aborted) {
        const heldMs = way.heldMs();
        const restMs = heldMs > 0 ? await holdBack(heldMs) : await goOn();
        const idle = queue.length === 0 && (heldMs > 0 || lookAt > performance.now());
        if (untilIdle && idle && underWay.size === 0) return;
        await waker.wait(Math.max(1, restMs), signal);
      }
    } finally {
      await Promise.all(underWay);
      await putBack(queue.splice(0).flat());
    }
  }

  /** Nothing is sent: what was taken is nobody's again, and what has waited for too long goes another way. */
  async function holdBack(heldMs: number): Promise<number> {
    await putBack(queue.splice(0).flat());
    if (performance.now() >= giveUpAt) {
      giveUpAt = performance.now() + lookMs;
      const before = way.givesUpBefore();
      for (let old = before ? await takeOld(before) : []; before && old.length > 0; old = await takeOld(before))
        await write(old.map(way.giveUp));
    }
    return heldMs;
  }

  async function takeOld(before: Date): Promise<Claimed[]> {
    return (await claimDue(app, channel, givenUpAtOnce, { dueBy: before })).flat();
  }

  /** @returns milliseconds until there is something to do, unless something happens before */
  async function goOn(): Promise<number> {
    giveUpAt = 0;
    if (!way.troubled()) probed = [];
    const all = way.troubled() ? 1 : channel.parallel;
    if (queue.length < all && performance.now() >= lookAt) await refill(way.troubled() ? 1 : channel.batch);
    const now = performance.now();
    const back: Parcel[] = [];
    const later: Parcel[] = [];
    const crowd: { parcel: Parcel; behindMs: number }[] = [];
    const resting = new Map<string, number>();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [at, parcel] of queue.entries()) {
      if (underWay.size >= all) {
        // There is no place: the next one to end wakes. Who looked at all that waits, each time one ends, would do little else.
        later.push(...queue.slice(at));
        break;
      }
      const restMs = channel.restMs(parcel[0]);
      if (parcel[0].freshUntil < now || restMs > longRestMs) back.push(parcel);
      else if (restMs === 0) start(parcel);
      else {
        const before = resting.get(parcel[0].to.id) ?? 0;
        resting.set(parcel[0].to.id, before + 1);
        if (before === 0) {
          later.push(parcel);
          nextMs = Math.min(nextMs, restMs);
        } else crowd.push({ parcel, behindMs: before * turnMs });
      }
    }
    queue = later;
    await putBack(back.flat());
    await Promise.all(crowd.map(({ parcel, behindMs }) => putBack(parcel, behindMs)));
    return Math.min(nextMs, queue.length > 0 ? lookMs : lookAt - performance.now());
  }

  function start(parcel: Parcel): void {
    const done = deliver(parcel)
      .catch((error: unknown) =>
        app.log.error({ err: error, deliveries: parcel.map(({ id }) => id) }, 'it is not written down what became of deliveries'),
      )
      .finally(() => {
        underWay.delete(done);
        waker.wake();
      });
    underWay.add(done);
  }

  async function refill(most: number): Promise<void> {
    const now = app.clock.now();
    const found = way.troubled() ? await takeProbe() : await take(most);
    taken += found.flat().length;
    // What is for one person does not wait behind what is for many.
    queue = [...queue, ...found].sort((a, b) => Number(a[0].bulk) - Number(b[0].bulk));
    if (found.length >= most) {
      lookAt = 0;
      return;
    }
    const next = await nextDueAt(app, channel.name, now);
    lookAt = performance.now() + Math.min(lookMs, next ? next.getTime() - now.getTime() : lookMs);
    if (performance.now() < freeAt) return;
    freeAt = performance.now() + lookMs;
    if ((await freeAbandoned(app, channel.name, false)) > 0) lookAt = 0;
  }

  async function take(most: number, except: readonly string[] = []): Promise<Parcel[]> {
    const found = await claimDue(app, channel, most, { except });
    return channel.daily && found.length < most ? [...found, ...(await claimDaily(app, channel, most - found.length, except))] : found;
  }

  /** Another one each time, in case it is that one which nobody takes. */
  async function takeProbe(): Promise<Parcel[]> {
    let found = await take(1, probed);
    if (found.length === 0 && probed.length > 0) {
      probed = [];
      found = await take(1);
    }
    probed.push(...found.flat().map(({ id }) => id));
    return found;
  }

  async function deliver(parcel: Parcel): Promise<void> {
    const items: Item[] = [];
    const results: Result[] = [];
    for (const delivery of parcel) {
      const refusal = way.refusalOf(delivery);
      if (refusal) {
        results.push(refusal);
        continue;
      }
      try {
        const message = await word(delivery);
        if (message) items.push({ delivery, message });
        else results.push(way.nothingToTell(delivery));
      } catch (error) {
        results.push(way.mistake(delivery, error));
      }
    }
    const [first, ...others] = items;
    if (first) results.push(...(await send([first, ...others])));
    await write(results);
    lookInTime(results);
  }

  /** What waits again may be due before the journal was to be asked next. */
  function lookInTime(results: readonly Result[]): void {
    const now = app.clock.now().getTime();
    for (const { state, dueAt } of results)
      if (state === 'waiting') lookAt = Math.min(lookAt, performance.now() + Math.max(0, (dueAt?.getTime() ?? now) - now));
  }

  async function send(items: Items): Promise<Result[]> {
    const deliveries = items.map(({ delivery }) => delivery);
    try {
      return await way.resultsOf(deliveries, await channel.send(app, items));
    } catch (error) {
      return deliveries.map((delivery) => way.mistake(delivery, error));
    }
  }

  /** Taken and not tried: with a rest of theirs, when that is over. */
  async function putBack(deliveries: readonly Claimed[], behindMs = 0): Promise<void> {
    if (deliveries.length === 0) return;
    const now = app.clock.now().getTime();
    const results = deliveries.map((delivery): Result => {
      const restMs = channel.restMs(delivery) + behindMs;
      return { delivery, state: 'waiting', reason: null, uncounted: true, ...(restMs > 0 && { dueAt: new Date(now + restMs) }) };
    });
    await write(results);
    lookInTime(results);
  }

  return {
    async run(signal) {
      while (!signal.aborted) {
        try {
          await work(signal, false);
        } catch (error) {
          app.log.warn({ err: error, channel: channel.name }, 'deliveries cannot be worked off, trying again');
          await pause(2_000, signal);
        }
      }
    },
    async sendDue() {
      taken = 0;
      lookAt = 0;
      giveUpAt = 0;
      await work(new AbortController().signal, true);
      return taken;
    },
    wake() {
      lookAt = 0;
      waker.wake();
    },
  };
}
