import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { soundOf, soundsMeant } from './sound.ts'

describe('the sound of a name', () => {
  it.each([
    ['Қаженова Әсел', 'Каженова Асел'],
    ['Өмірбекұлы', 'Омирбекулы'],
    ['Сейтқали', 'Seıtqalı'],
    ['Сейтқали', 'Seitqali'],
    ['Жұмабаев', 'Jūmabaev'],
    ['Жұмабаев', 'Zhumabayev'],
    ['Шәріпов', 'Şäripov'],
    ['Шәріпов', 'Sharipov'],
    ['Ғалымжан', 'Ǵalymjan'],
    ['Төлеген', 'Tölegen'],
    ['Хасенов', 'Khassenov'],
    ['Һафизова', 'Хафизова'],
    ['Алиев', 'Aliyev'],
    ['Дмитрий', 'Dmitri'],
    ['Кузнецов', 'Kuznetsov'],
    ['Юлия', 'Yuliya'],
    ['Мар’ям', 'Марям'],
    ['Ахмет–Нұр', 'Ахмет Нур'],
    ['Фёдорова', 'Федорова'],
  ])('is one for %s and %s', (one, other) => {
    expect(soundOf(other)).toBe(soundOf(one))
  })

  it('keeps names apart that only look near', () => {
    const names = ['Асанов', 'Осанов', 'Есенов', 'Исаев', 'Жанов', 'Занов', 'Шанов', 'Чанов', 'Санов', 'Ханов', 'Канов']
    expect(new Set(names.map(soundOf)).size).toBe(names.length)
  })

  it.each([
    ['Бiлiм', 'Білім'],
    ['Əсел', 'Әсел'],
    ['Hұрлан', 'Нұрлан'],
    ['сeйтқали', 'сейтқали'],
    ['Bахытова', 'Вахытова'],
  ])('reads %s, typed with letters of the other script, as %s', (typed, meant) => {
    expect(soundOf(typed)).toBe(soundOf(meant))
  })

  it('offers the Cyrillic word that a Latin one looks like, beside the one that it sounds like', () => {
    expect(soundsMeant('CAMATOBA')).toContain(soundOf('САМАТОВА'))
    expect(soundsMeant('Amantai')).toContain(soundOf('Амантай'))
    expect(soundsMeant('Петров')).toEqual([soundOf('Петров')])
  })

  it('is of small letters, digits and single spaces, and stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sound = soundOf(text)
        expect(sound).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/)
        expect(soundOf(sound.toUpperCase())).toBe(soundOf(sound))
      }),
    )
  })
})
