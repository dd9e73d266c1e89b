import type { Applicant } from '../../src/desk/demonstration/stories.ts'
import { checkDigit } from '../../src/law/identifiers.ts'
import { type Draw, drawFrom, pick, pickSkewed } from './draw.ts'

/** Invented people: common surnames are common, as in any region, so that a search by the commonest meets tens of thousands. */

/** From the commonest: masculine, with `а` for women where the ending takes it. */
const surnames = `Ахметов Омаров Ким Оспанов Иванов Сулейменов Ибраев Смағұлов Қасымов Әбдіров Искаков Жұмабаев Мұқанов Нұрланов Сейтқалиев
  Төлегенов Шарипов Байжанов Ермеков Исаев Алиев Кенжебаев Рахимов Бекмұхамбетов Тұрсынов Сәрсенов Есенов Қалиев Мұсаев Нұрпейісов Жақыпов
  Дүйсенов Мырзахметов Тілеубаев Баймұханов Хасенов Әміров Кәрімов Мамыров Үсенов Өтегенов Бейсенов Серіков Абаев Қожахметов Тәжібаев Досанов
  Мейірманов Әлімжанов Шаймерденов Ысқақов Ғалиев Жүнісов Сапаров Орынбаев Молдабеков Құсайынов Тоқаев Базарбаев Айтбаев Бөкеев Дәулетов
  Ерғалиев Зейнуллин Кравченко Петренко Мельников Шевченко Кузнецов Попов Шмидт Вебер Ли Пак Цой Юсупов Хакимов Садықов Төребеков Шаяхметов
  Қуанышев Жанділдин Мұратбеков Нығметов Оразбаев Рысқұлов Сәдуақасов Тәңірбергенов Уәлиев Файзуллин Хамитов Шәріпов Егінбаев Ықсанов Әуезов
  Бөлекбаев Ғаббасов Дөненбаев Еңсебаев Қаратаев Өмірзақов Үкібаев Һашимов Жиенбаев Күзембаев Лұқпанов`
  .split(/\s+/)
  .filter((word) => word !== '')
const women =
  `Айгүл Гүлнар Сәуле Айгерім Динара Әсел Жанар Мәдина Раушан Ләззат Алма Қарлығаш Ұлжан Гүлмира Бақыт Назгүл Шолпан Меруерт Жұлдыз Ақмарал
  Перизат Өрік Үміт Һалима Ботагөз Еңлік Ғалия Салтанат Зәуре Индира`.split(/\s+/)
const men =
  `Ерлан Болат Асқар Серік Мұрат Қайрат Нұржан Ғалым Талғат Өмірбек Данияр Әділ Бауыржан Дәурен Жандос Қуат Марат Нұрлан Үсен Сұңқар`.split(
    /\s+/,
  )
const fathers =
  `Асан Серік Болат Марат Бекболат Дәулет Ержан Қуаныш Сағат Тоқтар Нұрлан Қанат Әбіл Жеңіс Мұхтар Өтеген Рахым Үмбет Ғани Төлеу`.split(
    /\s+/,
  )

/** One person of so many: the same number is the same person, also in another process. */
export function inventPerson(number: number, pattern: Applicant): Applicant {
  const draw = drawFrom(number + 1)
  const woman = draw() < 0.8
  const base = pickSkewed(draw, surnames)
  const surname = woman && /(ов|ев|ин)$/.test(base) ? `${base}а` : base
  const name = pickSkewed(draw, woman ? women : men)
  const patronymic = `${pick(draw, fathers)}${woman ? 'қызы' : 'ұлы'}`
  const phone = `+7 700 ${String(Math.floor(draw() * 1e7)).padStart(7, '0')}`
  return { ...pattern, iin: inventIin(draw, woman), surname, name, patronymic, phone }
}

/** A day's number above 9000 is higher than any that is given, as in the demonstration. */
function inventIin(draw: Draw, woman: boolean): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  for (;;) {
    const year = two(56 + Math.floor(draw() * 43))
    const eleven = `${year}${two(1 + Math.floor(draw() * 12))}${two(1 + Math.floor(draw() * 28))}${woman ? 4 : 3}9${String(Math.floor(draw() * 1000)).padStart(3, '0')}`
    const check = checkDigit(eleven)
    if (check !== null) return `${eleven}${check}`
  }
}
