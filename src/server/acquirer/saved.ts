import { randomBytes } from 'node:crypto';
import type { ProviderId } from '#shared/payments.ts';
import type { CardName, SavedCard } from './types.ts';
import type { World } from './world.ts';

/** A card that can be charged again. The same card of the same person stays the same. */
export function saveCard(world: World, provider: ProviderId, customerId: string, card: CardName): SavedCard {
  const known = world.books.cards.find(
    (one) => one.provider === provider && one.customerId === customerId && one.card === card && !one.removed,
  );
  if (known) return known;
  const token = provider === 'tbank' ? world.nextId() : `tk_${randomBytes(24).toString('hex')}`;
  const saved: SavedCard = { provider, customerId, card, token, cardId: world.nextId(), removed: false };
  world.books.cards.push(saved);
  world.touch();
  return saved;
}
