import { ru } from '../../plural.ts';

const tasks = (n: number) => ru(n, '# задание', '# задания', '# заданий');
const daysOf = (n: number) => ru(n, '# день', '# дня', '# дней');
const points = (n: number) => ru(n, '# первичного балла', '# первичных баллов', '# первичных баллов');

interface EarlyRule {
  leastAnswers: number;
  leastNumbers: number;
  days: number;
}

interface EarlyBasis {
  answers: number;
  numbers: number;
}

const earlyRule = ({ leastAnswers, leastNumbers, days }: EarlyRule) =>
  `Прогноз появится, когда за ${daysOf(days)} наберётся ${ru(leastAnswers, '# ответ', '# ответа', '# ответов')} на задания хотя бы ${ru(leastNumbers, '# номера', '# номеров', '# номеров')} экзамена.`;
const earlyCounts = ({ answers, numbers }: EarlyBasis) => `ответов ${answers}, номеров ${numbers}`;

export const statistics = {
  showNumbers: 'Показать числами',
  headSolved: 'Решено заданий',
  chartFailed: 'График не загрузился. Те же числа – в таблице ниже.',
  forecast: {
    title: 'Прогноз',
    now: {
      before: 'Сейчас это ',
      score: (n: number) => ru(n, '# балл', '# балла', '# баллов'),
      after: (primary: number, max: number) => `: ${ru(primary, '# первичный', '# первичных', '# первичных')} из ${max}.`,
    },
    reached: (target: number) => `Цель ${target}+ достигнута.`,
    /** «До 60+ не хватает 3 первичных баллов, до 80+ – 9.» */
    gaps: (gaps: { score: number; points: number }[]) =>
      `${gaps.map((gap, at) => (at === 0 ? `До ${gap.score}+ не хватает ${points(gap.points)}` : `до ${gap.score}+ – ${gap.points}`)).join(', ')}.`,
    range: (low: number, high: number) =>
      low === high
        ? `Скорее всего, ${low}: так выходит в четырёх случаях из пяти.`
        : `Скорее всего, от ${low} до ${high}: так выходит в четырёх случаях из пяти.`,
    basis: ({ years, days, own }: { years: number[]; days: number; own: boolean }) =>
      [
        `${years.length > 1 ? `По шкалам ${years.slice(0, -1).join(', ')} и ${years.at(-1)} годов` : `По шкале ${years[0]} года`} и ${own ? 'вашим ответам' : 'ответам ученика'} за последние ${daysOf(days)}.`,
        'В счёт идёт первый ответ на задание, номера без ответов дают 0.',
        own ? 'Чем больше тем пройдено, тем точнее прогноз.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    early: (rule: EarlyRule, basis: EarlyBasis) => `${earlyRule(rule)} Сейчас ${earlyCounts(basis)}.`,
    earlyRule,
    earlyCounts,
    impossible: 'У заданий этого курса нет номеров экзамена, поэтому прогноза не будет.',
    scale: ({ now, low, high, target }: { now: number; low: number; high: number; target: number }) =>
      `Шкала от 0 до 100: прогноз ${now}, скорее всего от ${low} до ${high}, цель ${target}`,
  },
  activity: {
    title: 'Активность за год',
    total: (solved: number, days: number) => `${tasks(solved)} за ${daysOf(days)}, все курсы`,
    sentence: ({ most, days, run }: { most: string; days: number; run: string }) =>
      `Больше всего за день: ${most}. Самая длинная серия за год: ${daysOf(days)}, ${run}.`,
    day: (day: string, solved: number) => (solved === 0 ? `${day} – решённых заданий нет` : `${day} – ${tasks(solved)}`),
    empty: 'Активность появится после первого решённого задания.',
    zone: 'Задание идёт в счёт один раз, в день первого верного решения. Переезд в другой часовой пояс не меняет засчитанных дней.',
    box: 'Календарь решённых заданий, дни выбираются стрелками',
    headDay: 'День',
    less: 'меньше',
    more: 'больше',
    months: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
    /** From Sunday on; only every other one has room. */
    weekdays: ['', 'пн', '', 'ср', '', 'пт', ''],
  },
  weeks: {
    title: 'По неделям',
    now: 'сейчас',
    headWeek: 'Неделя',
    week: (range: string, solved: number) => `${range} – ${tasks(solved)}`,
    sentence: ({ now, best }: { now: number; best: string }) => `На этой неделе – ${tasks(now)}. Больше всего за 12 недель: ${best}.`,
    empty: 'За последние 12 недель решённых заданий нет.',
  },
  topics: {
    title: 'Точность по темам',
    of: (done: number, total: number) => `${done} из ${total} с первой попытки`,
    empty: 'Точность появится после первого ответа.',
    all: (n: number) => `Показать все темы: ${n}`,
    less: 'Свернуть',
  },
};
