import { cards, firstSix, lastFour } from '../cards.ts';
import { type Fields, text } from '../http.ts';
import type { SavedCard } from '../types.ts';
import type { World } from '../world.ts';
import { TbankError, wrong } from './error.ts';

/** A list, not an object that holds one; deleted cards are in it. */
export function cardList(world: World, fields: Fields): Fields[] {
  return ofCustomer(world, fields).map(({ card, cardId, token, removed }) => ({
    CardId: cardId,
    Pan: `${firstSix(cards[card])}******${lastFour(cards[card])}`,
    Status: removed ? 'D' : 'A',
    RebillId: token,
    CardType: 0,
    ExpDate: cards[card].expires,
  }));
}

export function removeCard(world: World, fields: Fields): Fields {
  const saved = ofCustomer(world, fields).find(({ cardId }) => cardId === String(fields.CardId));
  if (!saved) throw new TbankError('7', 'Карта не найдена');
  saved.removed = true;
  world.touch();
  return { CustomerKey: saved.customerId, CardId: saved.cardId, Status: 'D', CardType: 0 };
}

function ofCustomer(world: World, fields: Fields): SavedCard[] {
  const customer = text(fields.CustomerKey);
  if (customer === null) throw wrong('CustomerKey');
  return world.books.cards.filter(({ provider, customerId }) => provider === 'tbank' && customerId === customer);
}
