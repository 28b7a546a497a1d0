/** T-Bank's API: https://…/v2/<Method>, JSON in and out, signed by a token. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Fields, parseFields, serveCall } from '../http.ts';
import type { World } from '../world.ts';
import { cardList, removeCard } from './cards.ts';
import { charge } from './charge.ts';
import { TbankError } from './error.ts';
import { init } from './init.ts';
import { cancel } from './refunds.ts';
import { checkOrder, getState } from './states.ts';
import { password, terminalKey } from './terminal.ts';
import { isSigned } from './token.ts';

const prefix = '/tbank/v2/';

/** `Success` and the rest are added to what it gives, unless that is a list. */
type Method = (world: World, fields: Fields) => Fields | Fields[] | Promise<Fields>;

const methods: Record<string, Method> = {
  Init: init,
  Charge: charge,
  Cancel: cancel,
  GetState: getState,
  CheckOrder: checkOrder,
  GetCardList: cardList,
  RemoveCard: removeCard,
};

export async function serveTbank(world: World, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (!pathname.startsWith(prefix)) return false;
  const method = pathname.slice(prefix.length);
  const refusal = refused(new TbankError('9999', 'Внутренняя ошибка системы'));
  await serveCall(world, req, res, {
    provider: 'tbank',
    method,
    refusal,
    work: (body) => answer(world, method, parseFields(req, body)),
  });
  return true;
}

async function answer(world: World, name: string, fields: Fields | null): Promise<Answer> {
  try {
    const method = methods[name];
    if (!method) return { status: 404, body: { Success: false, ErrorCode: '404', Message: 'Метод не найден' } };
    if (!fields) throw new TbankError('9', 'Неверные параметры');
    if (fields.TerminalKey !== terminalKey) throw new TbankError('501', 'Терминал не найден');
    if (!isSigned(fields, password)) throw new TbankError('204', 'Неверный токен. Проверьте пару TerminalKey/SecretKey');
    const result = await method(world, fields);
    if (Array.isArray(result)) return { status: 200, body: result };
    return { status: 200, body: { Success: true, ErrorCode: '0', TerminalKey: terminalKey, ...result } };
  } catch (error) {
    if (!(error instanceof TbankError)) throw error;
    world.counter.refused('tbank', error.code);
    return refused(error);
  }
}

const refused = ({ code, message, more }: TbankError): Answer => ({
  status: 200,
  body: { Success: false, ErrorCode: code, Message: message, Details: message, TerminalKey: terminalKey, ...more },
});
