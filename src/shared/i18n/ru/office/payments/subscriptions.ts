import type { subscriptionFilters } from '../../../../payments-office.ts';
import { ru } from '../../../plural.ts';

/** Courses by the month. */
export const subscriptions = {
  load: 'Не удалось загрузить подписки',
  search: 'Имя или почта',
  filter: 'Состояние',
  filters: {
    active: 'Действуют',
    past_due: 'Ждут оплаты',
    cancelled: 'Отменены, курс ещё открыт',
    ended: 'Закончились',
  } satisfies Record<(typeof subscriptionFilters)[number], string>,
  /** Of one, on its order. */
  of: {
    active: 'Действует',
    past_due: 'Ждёт оплаты',
    cancelled: 'Отменена, курс ещё открыт',
    ended: 'Закончилась',
  } satisfies Record<(typeof subscriptionFilters)[number], string>,
  none: {
    active: 'Действующих подписок нет',
    past_due: 'Неоплаченных подписок нет',
    cancelled: 'Отменённых подписок с открытым курсом нет',
    ended: 'Закончившихся подписок нет',
  } satisfies Record<(typeof subscriptionFilters)[number], string>,
  noneText: 'Подписка начинается, когда ученик оплатит первый месяц. Цена за месяц задаётся в настройках курса.',
  nobody: 'Никого не нашлось. Измените запрос или посмотрите подписки в другом состоянии.',
  table: 'Подписки',
  column: { person: 'Ученик', course: 'Курс', sum: 'В месяц', next: 'Дальше', act: 'Действие' },
  next: {
    charge: (at: string) => `Спишем ${at}`,
    charging: 'Списываем сейчас',
    due: (tries: number, until: string) => `${ru(tries, '# отказ', '# отказа', '# отказов')} карты, курс открыт до ${until}`,
    dueBare: (tries: number) => `${ru(tries, '# отказ', '# отказа', '# отказов')} карты`,
    open: (until: string) => `Отменена, курс открыт до ${until}`,
    ended: (until: string) => `Оплачено было до ${until}`,
    over: 'Закончилась',
  },
  endReasons: {
    cancelled: 'отменена',
    unpaid: 'не оплачена',
    refunded: 'деньги возвращены',
    replaced: 'курс куплен навсегда',
    'no-card': 'банк не сохранил карту',
    'course-gone': 'курса больше нет',
    'person-gone': 'аккаунт удалён',
  } as Record<string, string>,
  noCard: 'карта забыта',
  periods: (n: number) => ru(n, 'оплачен # месяц', 'оплачено # месяца', 'оплачено # месяцев'),
  end: 'Отменить',
  endOf: (name: string, title: string) => `Отменить подписку: ${name}, ${title}`,
  endTitle: 'Отменить подписку?',
  endText: (name: string, title: string) =>
    `${name}, «${title}». Списаний больше не будет. Курс останется открытым до конца оплаченного времени.`,
  endSubmit: 'Отменить подписку',
  keep: 'Оставить',
  endReason: 'Причина',
  endReasonHelp: 'Её увидят другие преподаватели в журнале.',
  endReasonNeeded: 'Напишите, почему отменяется подписка',
  ending: 'Отменяем',
  ended: 'Подписка отменена',
};
