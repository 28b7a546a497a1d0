import type { CheckState } from '../../../health.ts';
import { ru } from '../../plural.ts';

/** The page of the parts of the school, and its line on the dashboard. What is found in each the server tells itself (ru/health.ts). */
export const health = {
  title: 'Состояние',
  load: 'Не удалось узнать состояние школы',
  checkedAt: (time: string) => `Проверено в ${time}`,
  again: 'Проверить снова',
  checking: 'Проверяем',
  states: { ok: 'Работает', warning: 'Обратите внимание', failed: 'Не работает', off: 'Не используется' } satisfies Record<
    CheckState,
    string
  >,
  well: 'Всё работает.',
  failed: (n: number) => ru(n, 'Не работает # часть школы', 'Не работают # части школы', 'Не работают # частей школы'),
  warnings: (n: number) => ru(n, 'Обратите внимание на # часть', 'Обратите внимание на # части', 'Обратите внимание на # частей'),
  advice: 'Что делать',
  command: 'То же показывает на сервере команда npm run doctor, даже когда школа не запущена.',
  dashboard: { title: 'Состояние школы', action: 'Посмотреть' },
};
