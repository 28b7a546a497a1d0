import { AppError } from '#shared/errors.ts';
import type { TelegramStartDto } from '#shared/notifications.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { nameInText } from '../../../../platform/formats/name.ts';
import { randomToken, sha256 } from '../../../../platform/secrets.ts';
import { judgeToken, linkMs } from './rules.ts';

/**
 * A link that leads the person's Telegram to the bot. It ends the one before it. Nothing is asked of Telegram: its bot is known from before.
 * @throws AppError TELEGRAM_OFF, also while the bot's name is not known yet; AUTH_RATE_LIMITED
 */
export async function startLink(app: App, actor: PersonActor): Promise<TelegramStartDto> {
  const { telegram } = app.config;
  const botName = await app.telegram?.botName();
  if (!telegram || !botName) throw new AppError('TELEGRAM_OFF');
  await app.limits.take('telegram.link', actor.id);
  const token = randomToken();
  const expiresAt = await app.db.$transaction((tx) => addToken(app, tx, { personId: actor.id, hash: sha256(token), telegramId: null }));
  return { url: `${telegram.linkRoot}/${botName}?start=${token}`, expiresAt: expiresAt.toISOString() };
}

async function addToken(app: App, tx: Tx, token: { personId: string; hash: string; telegramId: bigint | null }): Promise<Date> {
  const createdAt = app.clock.now();
  const expiresAt = new Date(createdAt.getTime() + linkMs);
  await tx.telegramLinkToken.deleteMany({ where: { personId: token.personId, usedAt: null } });
  await tx.telegramLinkToken.create({ data: { ...token, createdAt, expiresAt }, select: { hash: true } });
  return expiresAt;
}

/** From the site. Done twice it is done. Links that were opened and not answered yet end with it: whoever unlinks wants no Telegram any more. */
export async function unlink(app: App, actor: PersonActor): Promise<void> {
  await app.db.$transaction(async (tx) => {
    await tx.telegramLinkToken.deleteMany({ where: { personId: actor.id, usedAt: null } });
    const { count } = await tx.telegramLink.deleteMany({ where: { personId: actor.id } });
    if (count > 0) await tell(app, tx, actor.id);
  });
}

/** What opening a link may lead to. `ask` names the account by its first name only: whoever holds the link need not be its owner. */
export type OpenedLink =
  | { outcome: 'over' | 'another' | 'linked' }
  | {
      outcome: 'ask';
      firstName: string /** This Telegram is another account's so far. */;
      moves: boolean /** The account has another Telegram so far. */;
      replaces: boolean;
    };

/** A Telegram opens a link: from now on the link is that one's alone, and nothing is linked yet. */
export async function openLink(app: App, telegramId: bigint, token: string): Promise<OpenedLink> {
  return app.db.$transaction(async (tx) => {
    const found = await holdToken(tx, sha256(token));
    if (!found || found.person.blockedAt) return { outcome: 'over' };
    const [mine, theirs] = await Promise.all([
      tx.telegramLink.findUnique({ where: { telegramId }, select: { personId: true } }),
      tx.telegramLink.findUnique({ where: { personId: found.personId }, select: { telegramId: true } }),
    ]);
    const judged = judgeToken(found, telegramId, app.clock.now());
    // Opened again after all is done: it is done.
    if (judged !== 'another' && mine?.personId === found.personId) return { outcome: 'linked' };
    if (judged !== 'good') return { outcome: judged };
    await tx.telegramLinkToken.update({ where: { hash: found.hash }, data: { telegramId }, select: { hash: true } });
    return { outcome: 'ask', firstName: nameInText(found.person.firstName), moves: mine !== null, replaces: theirs !== null };
  });
}

/** The answer to the question whether to link. `done` also when it had been done by this very token. */
export async function answerLink(
  app: App,
  telegramId: bigint,
  { hash, yes }: { hash: string; yes: boolean },
): Promise<'done' | 'declined' | 'over'> {
  return app.db.$transaction(async (tx) => {
    const found = await holdToken(tx, hash);
    if (!found || found.person.blockedAt || found.telegramId !== telegramId) return 'over';
    const now = app.clock.now();
    if (judgeToken(found, telegramId, now) !== 'good') {
      const link = await tx.telegramLink.findUnique({ where: { telegramId }, select: { personId: true } });
      return yes && link?.personId === found.personId ? 'done' : 'over';
    }
    await tx.telegramLinkToken.update({ where: { hash }, data: { usedAt: now }, select: { hash: true } });
    // One after the other: two links at once could meet in one account or one Telegram.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('telegram.link', 0))`;
    if (!yes) return 'declined';
    const former = await tx.telegramLink.findMany({
      where: { OR: [{ telegramId }, { personId: found.personId }] },
      select: { personId: true },
    });
    await tx.telegramLink.deleteMany({ where: { OR: [{ telegramId }, { personId: found.personId }] } });
    await tx.telegramLink.create({ data: { personId: found.personId, telegramId, linkedAt: now }, select: { personId: true } });
    for (const personId of new Set([found.personId, ...former.map((link) => link.personId)])) await tell(app, tx, personId);
    return 'done';
  });
}

/**
 * From the bot. Gives the hash of a token with which this Telegram, and no other, may link itself again for a while; null when nothing was linked.
 */
export async function unlinkTelegram(app: App, telegramId: bigint): Promise<string | null> {
  return app.db.$transaction(async (tx) => {
    const link = await tx.telegramLink.findUnique({ where: { telegramId }, select: { personId: true } });
    if (!link) return null;
    const { personId } = link;
    await tx.telegramLink.deleteMany({ where: { telegramId, personId } });
    const hash = sha256(randomToken());
    await addToken(app, tx, { personId, hash, telegramId });
    await tell(app, tx, personId);
    return hash;
  });
}

/** The person has stopped the bot: what is meant for Telegram goes by mail until they come back. */
export async function breakLink(app: App, telegramId: bigint): Promise<void> {
  await setBroken(app, telegramId, true);
}

/** They have written, so the bot may write too. */
export async function mendLink(app: App, telegramId: bigint): Promise<void> {
  await setBroken(app, telegramId, false);
}

async function setBroken(app: App, telegramId: bigint, broken: boolean): Promise<void> {
  await app.db.$transaction(async (tx) => {
    const links = await tx.telegramLink.updateManyAndReturn({
      where: { telegramId, brokenAt: broken ? null : { not: null } },
      data: broken ? { brokenAt: app.clock.now(), brokenWhy: 'blocked' } : { brokenAt: null, brokenWhy: null },
      select: { personId: true },
    });
    for (const { personId } of links) await tell(app, tx, personId);
  });
}

async function holdToken(tx: Tx, hash: string) {
  // Of two who open it at once the second one waits, and sees whose it is.
  await tx.$executeRaw`SELECT FROM telegram_link_token WHERE hash = ${hash} FOR UPDATE`;
  return tx.telegramLinkToken.findUnique({
    where: { hash },
    select: {
      hash: true,
      personId: true,
      telegramId: true,
      expiresAt: true,
      usedAt: true,
      person: { select: { firstName: true, blockedAt: true } },
    },
  });
}

async function tell(app: App, tx: Tx, personId: string): Promise<void> {
  await app.bus.publish(tx, `person:${personId}`, { kind: 'notices', threadId: null });
}
