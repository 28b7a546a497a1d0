import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../api-error.ts';
import { tidy } from '../entities.ts';
import { type Fields, isRecord, textField, valueField } from '../fields.ts';
import { type ParsedText, parseHtml } from '../html.ts';

const maxText = 4096;
const maxCaption = 1024;

/** The text of a message: what is left of it once its entities are parsed. */
export function readText(fields: Fields): Pick<ParsedText, 'text'> & { entities?: MessageEntity[] } {
  const source = textField(fields, 'text');
  if (source === undefined || source === '') throw badRequest('message text is empty');
  const { text, entities } = parse(fields, source, 'entities');
  if (text === '') throw badRequest('text must be non-empty');
  if (text.length > maxText) throw badRequest('message is too long');
  return { text, ...(entities.length > 0 && { entities }) };
}

export function readCaption(fields: Fields): { caption?: string; caption_entities?: MessageEntity[] } {
  const source = textField(fields, 'caption');
  if (source === undefined || source === '') return {};
  const { text, entities } = parse(fields, source, 'caption_entities');
  if (text.length > maxCaption) throw badRequest('message caption is too long');
  return text === '' ? {} : { caption: text, ...(entities.length > 0 && { caption_entities: entities }) };
}

function parse(fields: Fields, source: string, explicit: string): ParsedText {
  const text = source.replaceAll('\r', '');
  const mode = textField(fields, 'parse_mode') ?? '';
  if (mode.toLowerCase() === 'html') return tidy(parseHtml(text));
  if (mode !== '') throw badRequest('unsupported parse_mode');
  const given = valueField(fields, explicit) ?? [];
  if (!Array.isArray(given) || !given.every(isEntity)) throw badRequest("can't parse MessageEntity");
  return tidy({ text, entities: given });
}

function isEntity(value: unknown): value is MessageEntity {
  return isRecord(value) && typeof value.type === 'string' && typeof value.offset === 'number' && typeof value.length === 'number';
}
