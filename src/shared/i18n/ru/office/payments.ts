import type { DeclineClass, OrderView, PaymentPlan, ProviderId } from '../../../payments.ts';
import type { orderFilters } from '../../../payments-office.ts';
import { ru } from '../../plural.ts';
import { card } from './payments/card.ts';
import { issues } from './payments/issues.ts';
import { prices } from './payments/prices.ts';
import { promo } from './payments/promo.ts';
import { providers } from './payments/providers.ts';
import { subscriptions } from './payments/subscriptions.ts';

/** Money, as the office sees it. */
export const payments = {
  title: 'Платежи',
  off: 'Школа не принимает оплату',
  tabs: {
    label: 'Разделы платежей',
    orders: 'Заказы',
    subscriptions: 'Подписки',
    promo: 'Промокоды',
    issues: 'Сверка',
    providers: 'Приём оплаты',
  },
  /** Behind «Платежи» and «Сверка», for a screen reader. */
  openIssues: (n: number) => ru(n, '# расхождение', '# расхождения', '# расхождений'),
  attention: {
    text: (n: number) => `${ru(n, '# расхождение с банком ждёт', '# расхождения с банком ждут', '# расхождений с банком ждут')} решения.`,
    action: 'Разобрать',
    stopped: (provider: string) => `Приём оплаты через ${provider} остановлен.`,
    stoppedAction: 'Посмотреть',
  },
  provider: { tbank: 'Т-Банк', cloudpayments: 'CloudPayments' } satisfies Record<ProviderId, string>,
  plan: { once: 'навсегда', month: 'месяц' } satisfies Record<PaymentPlan, string>,
  view: {
    opening: 'Готовится',
    'to-pay': 'Ждёт оплаты',
    checking: 'Проверяется',
    paid: 'Оплачен',
    declined: 'Отклонён',
    held: 'Не совпадает',
    closed: 'Не оплачен',
    refunded: 'Возвращён',
  } satisfies Record<OrderView, string>,
  decline: {
    funds: 'не хватает денег',
    card: 'карта не подходит: срок, блокировка или данные',
    limit: 'превышен лимит карты или банка',
    bank: 'банк отказал и не сказал почему',
    foreign: 'карта другой страны',
    'three-ds': 'плательщик не подтвердил платёж',
    technical: 'технический сбой',
    other: 'другая причина',
  } satisfies Record<DeclineClass, string>,
  test: 'Тестовый',
  partlyRefunded: (sum: string) => `возвращено ${sum}`,
  needsLook: 'Нужна проверка',
  noPerson: 'Аккаунт удалён',
  sums: {
    title: 'За 30 дней',
    paid: (payments: number) => `получено, ${ru(payments, '# платёж', '# платежа', '# платежей')}`,
    refunded: 'возвращено',
    none: 'За 30 дней оплат не было',
    subscriptions: (n: number) => ru(n, 'подписка действует', 'подписки действуют', 'подписок действует'),
    pastDue: (n: number) => ru(n, 'подписка ждёт оплаты', 'подписки ждут оплаты', 'подписок ждут оплаты'),
  },
  list: {
    table: 'Заказы',
    load: 'Не удалось загрузить заказы',
    search: 'Номер, имя, почта или номер операции',
    filter: 'Состояние',
    filters: {
      all: 'Все заказы',
      paid: 'Оплаченные',
      open: 'Ждут оплаты',
      declined: 'Отклонённые банком',
      refunded: 'С возвратом',
      attention: 'Нужна проверка',
    } satisfies Record<(typeof orderFilters)[number], string>,
    provider: 'Банк',
    anyProvider: 'Любой банк',
    course: 'Курс',
    anyCourse: 'Все курсы',
    draft: (title: string) => `${title} (черновик)`,
    reset: 'Сбросить фильтр',
    download: 'Скачать Excel',
    downloadNote: 'В таблицу попадут все заказы, которые показывает фильтр. Запись о выгрузке останется в журнале.',
    column: { order: 'Заказ', person: 'Ученик', what: 'Курс', sum: 'Сумма', state: 'Состояние' },
    number: (n: number) => `№ ${n}`,
    spoken: (n: number, name: string) => `Заказ № ${n}, ${name}`,
    empty: 'Заказов пока нет',
    emptyText: 'Они появятся, когда кто-то начнёт оплачивать курс. Цена курса задаётся в его настройках.',
    emptyAction: 'К курсам',
    nobody: 'По этим условиям заказов нет. Сбросьте фильтр.',
  },
  /** On the page of a student. */
  ofStudent: {
    title: 'Оплата',
    none: 'Заказов у ученика нет',
    failed: 'Не удалось загрузить заказы',
    paid: (date: string) => `Курс оплачен ${date}`,
    until: (date: string) => `открыт до ${date}`,
    toPayments: 'Открыть оплату',
  },
  dashboard: {
    title: 'Платежи',
    text: 'Деньги в банке и у школы не сходятся или операция осталась без ответа.',
    action: 'Разобрать',
  },
  card,
  issues,
  prices,
  promo,
  providers,
  subscriptions,
};
