import type { CodeFlowDto, MeDto, SessionDto } from '#shared/auth.ts';
import type { App } from '../../platform/app.ts';
import { sha256 } from '../../platform/secrets.ts';
import type { LiveSession } from '../../platform/sessions.ts';
import { toFlowDto } from './code-flow.ts';

export async function findMe(app: App, personId: string): Promise<MeDto | null> {
  const row = await app.db.person.findFirst({
    where: { id: personId, blockedAt: null },
    select: { id: true, role: true, email: true, firstName: true, lastName: true, phone: true, timeZone: true, locale: true },
  });
  return row ? { ...row, locale: row.locale === 'en' ? 'en' : 'ru', payments: app.payments !== null } : null;
}

export function meOf(app: App, session: LiveSession): MeDto {
  const { id, role, email, firstName, lastName, phone, timeZone, locale } = session.person;
  return { id, role, email, firstName, lastName, phone, timeZone, locale: locale === 'en' ? 'en' : 'ru', payments: app.payments !== null };
}

/** The code that this browser waits for. */
export async function findFlow(app: App, flowToken: string | null): Promise<CodeFlowDto | null> {
  if (!flowToken) return null;
  const row = await app.db.loginCode.findFirst({
    where: { flowHash: sha256(flowToken), usedAt: null },
    select: { email: true, createdAt: true, expiresAt: true, attemptsLeft: true },
  });
  return row ? toFlowDto(row) : null;
}

export async function listSessions(app: App, session: LiveSession): Promise<SessionDto[]> {
  const found = await app.sessions.list(session.person.id);
  return found.map(({ id, createdAt, lastSeenAt, userAgent, ip }) => ({
    id,
    current: id === session.id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    userAgent,
    ip,
  }));
}
