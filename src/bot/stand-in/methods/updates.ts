import { badRequest } from '../api-error.ts';
import { flagField, numberField, textField, valueField } from '../fields.ts';
import { conflict } from '../updates.ts';
import type { Call } from './call.ts';

const longestPollSeconds = 50;

export function getUpdates(call: Call): Promise<unknown> {
  const { fields, gone, world } = call;
  if (world.keeper.state.webhook) {
    throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
  }
  readAllowedUpdates(call);
  return world.updates.poll({
    offset: numberField(fields, 'offset'),
    limit: Math.min(Math.max(numberField(fields, 'limit') ?? 100, 1), 100),
    timeoutSeconds: Math.min(numberField(fields, 'timeout') ?? 0, longestPollSeconds),
    gone,
  });
}

export function setWebhook(call: Call): true {
  const { fields, world } = call;
  const url = textField(fields, 'url') ?? '';
  if (url === '') return deleteWebhook(call);
  // Telegram itself takes https only; what listens on this machine seldom has a certificate.
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  const secret = textField(fields, 'secret_token');
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  readAllowedUpdates(call);
  const maxConnections = Math.min(Math.max(numberField(fields, 'max_connections') ?? 40, 1), 100);
  world.keeper.state.webhook = { url, maxConnections, ...(secret && { secret }) };
  if (flagField(fields, 'drop_pending_updates')) world.updates.drop();
  world.updates.endPoll(conflict('terminated by setWebhook request'));
  world.keeper.touch();
  world.webhook.wake();
  return true;
}

export function deleteWebhook({ fields, world }: Call): true {
  world.keeper.state.webhook = null;
  if (flagField(fields, 'drop_pending_updates')) world.updates.drop();
  world.keeper.touch();
  return true;
}

export function getWebhookInfo({ world }: Call): Record<string, unknown> {
  const { webhook, allowedUpdates } = world.keeper.state;
  const common = {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: world.updates.pending().length,
    ...(allowedUpdates && { allowed_updates: allowedUpdates }),
  };
  if (!webhook) return common;
  const { lastError, maxConnections } = webhook;
  return {
    ...common,
    max_connections: maxConnections,
    ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
  };
}

/** Left out: as it was. Empty: all but the kinds one has to ask for. */
function readAllowedUpdates({ fields, world }: Call): void {
  const allowed = valueField(fields, 'allowed_updates');
  if (!Array.isArray(allowed)) return;
  world.keeper.state.allowedUpdates = allowed.length === 0 ? null : allowed.map(String);
}
