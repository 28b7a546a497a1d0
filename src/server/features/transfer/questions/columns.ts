import type { AnswerKind } from '#shared/task-keys.ts';
import type { QuestionColumn } from '#shared/transfer.ts';

interface ColumnOfTable {
  column: QuestionColumn;
  /** As the template has it. */
  header: string;
  /** Other words for it, among them its key in a task file. */
  also: string[];
  width: number;
  /** A table without it is no table of tasks. */
  isNeeded?: true;
  about: string;
}

/** The table of tasks, in the order of the template. */
export const tableColumns: ColumnOfTable[] = [
  {
    column: 'title',
    header: 'Название',
    also: ['title', 'заголовок'],
    width: 32,
    isNeeded: true,
    about: 'Короткое имя для списков, до 120 знаков.',
  },
  { column: 'kind', header: 'Тип', also: ['kind', 'тип ответа'], width: 22, isNeeded: true, about: 'Выберите из списка в ячейке.' },
  {
    column: 'key',
    header: 'Ответ',
    also: ['key', 'правильный ответ', 'ключ'],
    width: 20,
    isNeeded: true,
    about: 'Правильный ответ, как его напишет ученик. У развёрнутого ответа пусто.',
  },
  { column: 'points', header: 'Баллы', also: ['points', 'балл'], width: 8, about: 'Первичные баллы от 1 до 20. Пусто – 1.' },
  {
    column: 'number',
    header: 'Номер в экзамене',
    also: ['number', 'номер'],
    width: 12,
    about: 'Номер задания в экзамене, можно не указывать.',
  },
  {
    column: 'statement',
    header: 'Условие',
    also: ['statement', 'текст', 'вопрос'],
    width: 60,
    isNeeded: true,
    about:
      'Текст с разметкой Markdown. Формулы между знаками $: $x^2$. Картинки: ![что на ней](files/имя.png), файл уже должен лежать в теме.',
  },
  {
    column: 'options',
    header: 'Варианты',
    also: ['options', 'варианты ответа'],
    width: 36,
    about:
      'Для вариантов: каждый с новой строки (Alt+Enter), можно с номерами «1)». Для развёрнутого ответа – критерии: «2 – Обоснованно получен верный ответ», впереди наибольший балл.',
  },
  {
    column: 'tolerance',
    header: 'Погрешность',
    also: ['tolerance', 'допуск'],
    width: 12,
    about: 'Только для числа: 0,01 – верны и соседние значения.',
  },
  { column: 'hint', header: 'Подсказка', also: ['hint'], width: 36, about: 'Ученик увидит её после неверного ответа.' },
  { column: 'solution', header: 'Решение', also: ['solution', 'разбор'], width: 48, about: 'Ученик увидит его, когда решит задание.' },
  { column: 'source', header: 'Источник', also: ['source'], width: 20, about: 'Откуда задание.' },
  {
    column: 'more',
    header: 'Дополнительно',
    also: ['more', 'ещё'],
    width: 24,
    about: 'Остальные поля из описания формата, каждое с новой строки: «partial: ege», «length: 4», «solution: always».',
  },
];

/** Names of kinds in a table; the first is the template's. */
export const kindNames: Record<AnswerKind, string[]> = {
  number: ['число', 'number'],
  word: ['слово', 'word'],
  choice: ['один вариант', 'choice', 'выбор'],
  choices: ['несколько вариантов', 'choices'],
  sequence: ['последовательность', 'sequence'],
  set: ['набор', 'set'],
  cells: ['таблица', 'cells'],
  long: ['развёрнутый ответ', 'long', 'развёрнутый'],
};

/** Whatever capital letters, spaces and «ё» somebody uses. */
export function foldName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ');
}

export function columnNamed(name: string): QuestionColumn | null {
  const folded = foldName(name);
  return tableColumns.find(({ header, also }) => [header, ...also].some((one) => foldName(one) === folded))?.column ?? null;
}

export function kindNamed(name: string): AnswerKind | null {
  const folded = foldName(name);
  const found = Object.entries(kindNames).find(([, names]) => names.some((one) => foldName(one) === folded));
  return found ? (found[0] as AnswerKind) : null;
}
