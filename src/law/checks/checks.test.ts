import { describe, expect, it } from 'vitest'
import { type Loose, problemsOf } from './fixture.testing.ts'
import { mixedWords } from './mixedScript.ts'

/** [what is wrong, the mutation of the sound files, the only problem that it may bring unless more are listed] */
// biome-ignore format: a table is read line by line
const bites: [string, (files: Loose) => void, ...string[]][] = [
  ['a channel begins with an unknown step', ({ regulation: r }) => { r.channels.office.first = 'acept' }, 'unknownStep channels.office.first'],
  ['a service starts at an unknown step', ({ regulation: r }) => { r.channels.office.start.at = 'begin' }, 'unknownStep channels.office.start.at'],
  ['an unknown step follows', ({ regulation: r }) => { r.steps[3].outcomes.done.next = 'giv' }, 'unknownStep steps[3].outcomes.done.next'],
  ['a norm runs to an unknown step', ({ regulation: r }) => { r.steps[2].norms[0].until = 'sing' }, 'unknownStep steps[2].norms[0].until'],
  ['an unknown ending', ({ regulation: r }) => { r.steps[4].outcomes.done.end = 'servd' }, 'unknownEnding steps[4].outcomes.done.end'],
  ['an unknown actor', ({ regulation: r }) => { r.steps[0].actor = 'clark' }, 'unknownRole steps[0].actor'],
  ['a hand-over to an unknown role', ({ regulation: r }) => { r.steps[1].does[1].to = 'courier' }, 'unknownRole steps[1].does[1].to'],
  ['an unknown paper', ({ regulation: r }) => { r.steps[3].does[2].paper = 'answr' }, 'unknownPaper steps[3].does[2].paper'],
  ['an unknown reading', ({ regulation: r }) => { r.steps[3].readings = ['order'] }, 'unknownReading steps[3].readings[0]'],
  ['a term of an unknown channel', ({ regulation: r }) => { r.terms[0].channels = ['hall'] }, 'unknownChannel terms[0].channels[0]'],
  ['two steps of one name', ({ regulation: r }) => { r.steps.push({ ...r.steps[4] }) }, 'doubleName steps[5].id'],
  ['two documents of one name', ({ standard: s }) => { s.editions[0].documents[1].id = 'identity' }, 'doubleName editions[0].documents[1].id'],
  ['a step to which nothing leads', ({ regulation: r }) => { r.steps[1].outcomes.done.next = 'prepare' }, 'unreachableStep steps[2].id'],
  ['a step with no way out', ({ regulation: r }) => { r.steps[4].outcomes.done = { title: r.steps[4].title, next: 'give' } }, 'noWayOut steps[4].id'],
  ['an ending that nothing reaches', ({ regulation: r }) => { r.endings.lost = r.endings.served }, 'unusedEnding endings.lost'],
  ['a branch left out', ({ regulation: r }) => { delete r.steps[2].outcomes.defective }, 'missingOutcome steps[2].outcomes'],
  ['a branch that cannot be', ({ regulation: r }) => { r.steps[3].outcomes.late = r.steps[3].outcomes.done }, 'strangeOutcome steps[3].outcomes.late'],
  ['two decisions in one step', ({ regulation: r }) => { r.steps[2].does.push({ act: 'consent' }) }, 'twoDecidingActs steps[2].does[2]'],
  ['a condition that never holds', ({ regulation: r }) => { r.steps[3].does[2].when = 'good' }, 'unknownCondition steps[3].does[2].when'],
  ['a step that follows a decision never made', ({ regulation: r }) => { r.steps[3].comesOutAs = 'consent' }, 'followsUndecided steps[3].comesOutAs'],
  ['a role that never acts', ({ regulation: r }) => { r.roles.head = r.roles.clerk }, 'idleRole roles.head'],
  ['a role with the name of one that every regulation has', ({ regulation: r }) => { r.roles.supervisor = r.roles.clerk }, 'idleRole roles.supervisor', 'reservedRole roles.supervisor'],
  ['a document of holders of nobody knows what', ({ standard: s }) => { s.editions[0].documents[1].requirement = 'forHolders' }, 'holdersUnnamed editions[0].documents[1].requirement'],
  ['a typical fact of an unknown document', ({ standard: s }) => { s.editions[0].typicalFacts.facts[1].documents = ['diplom'] }, 'unknownDocument editions[0].typicalFacts.facts[1].documents[0]'],
  ['a typical fact that gives no ground of the Standard', ({ standard: s }) => { s.editions[0].typicalFacts.facts[0].ground = 'late' }, 'unknownGround editions[0].typicalFacts.facts[0].ground'],
  ['two typical facts of one name', ({ standard: s }) => { s.editions[0].typicalFacts.facts[1].id = 'absent' }, 'doubleName editions[0].typicalFacts.facts[1].id'],
  ['a paper never issued', ({ regulation: r }) => { r.papers.push({ ...r.papers[2], id: 'note' }) }, 'paperNeverIssued papers[3].id'],
  ['a need that nothing leaves', ({ regulation: r }) => { r.steps[4].needs.push('signature') }, 'needNotLeft steps[4].needs[1]'],
  ['a need left on one path only', ({ regulation: r }) => { r.steps[3].does.splice(1, 1) }, 'needNotLeft steps[4].needs[0]'],
  ['a need that comes too late', ({ regulation: r }) => { r.steps[0].needs = ['documents'] }, 'needNotLeft steps[0].needs[0]'],
  ['something left that no act makes', ({ regulation: r }) => { r.steps[4].leaves = ['signature'] }, 'leavesNothing steps[4].leaves[0]'],
  ['what was not offered is taken', ({ regulation: r }) => { r.steps[1].does.splice(1, 1); r.steps[2].needs = [] }, 'takesNotOffered steps[2].does[0]'],
  ['what is offered to another is taken', ({ regulation: r }) => { r.steps[3].does[3].to = 'specialist' }, 'takesNotOffered steps[4].does[0]'],
  ['what is not held is handed over', ({ regulation: r }) => { r.steps[4].does.push({ act: 'handOver', what: 'package', to: 'specialist' }) }, 'handsOverNotHeld steps[4].does[2]', 'offerNeverTaken steps[4].outcomes.done'],
  ['the answer is given by who does not hold it', ({ regulation: r }) => { r.steps[4].does.splice(0, 1) }, 'givesNotHeld steps[4].does[0]', 'offerNeverTaken steps[4].outcomes.done'],
  ['a norm that never ends', ({ regulation: r }) => { r.steps[2].norms[0].until = 'accept' }, 'normNeverEnds steps[2].norms[0].until'],
  ['a term to an unknown step', ({ regulation: r }) => { r.terms[0].until = 'giv' }, 'unknownStep terms[0].until'],
  ['a term that ends with the step that begins it', ({ regulation: r }) => { r.terms[0].until = 'accept' }, 'termNeverEnds terms[0].until'],
  ['steps that take longer than the service may', ({ regulation: r }) => { r.terms[0].value = 2 }, 'normsOverTerm terms[0].value'],
  ['two norms without a reading', ({ regulation: r }) => { r.steps[0].norms.push({ clause: '3', value: 10, unit: 'min' }) }, 'twoNorms steps[0].norms[1]'],
  ['a clause that the text does not have', ({ regulation: r }) => { r.steps[4].norms[0].clause = '4.5' }, 'clauseNotInText steps[4].norms[0].clause'],
  ['a clause of an act that is not here', ({ regulation: r }) => { r.readings.start.clauses.push('law-1:2') }, 'unknownAct readings.start.clauses[1]'],
  ['an executable clause that nothing cites', ({ regulation: r }) => { r.clauses.push({ ...r.clauses[0], clause: '5' }) }, 'clauseNeverCited clauses[7].clause'],
  ['a reading that nothing takes', ({ regulation: r }) => { r.readings.order = r.readings.start }, 'readingNeverTaken readings.order'],
  ['a clause followed against none', ({ regulation: r }) => { r.readings.start.follows = ['3'] }, 'followsOverNothing readings.start'],
  ['a clause passed over for none', ({ regulation: r }) => { r.readings.start.passesOver = ['3'] }, 'passesOverForNothing readings.start'],
  ['a clause not executed without a reason', ({ regulation: r }) => { delete r.clauses[1].reason }, 'statusWithoutReason clauses[1].status'],
  ['an edition in a file of another day', ({ regulation: r, examples: e }) => { r.edition = e.edition = r.act.edition.date = '2018-07-21' }, 'otherPlace edition'],
  ['a file in the folder of another region', ({ regulation: r, examples: e }) => { r.region = 'almaty'; r.id = e.regulation = 'almaty-courses' }, 'otherPlace region'],
  ['a region that its id does not name', ({ regulation: r, examples: e }) => { r.id = e.regulation = 'courses' }, 'otherPlace id'],
  ['examples of another edition', ({ examples: e }) => { e.edition = '2018-07-21' }, 'otherPlace edition'],
  ['no Standard', (files) => { delete files.standard }, 'noStandard standard'],
  ['an edition that the Standard has not', ({ regulation: r }) => { r.standard = '2017' }, 'unknownStandardEdition standard'],
  ['a Standard of another service', ({ standard: s }) => { s.service = 'licences' }, 'otherPlace service'],
  ['in force before its edition', ({ regulation: r }) => { r.act.inForce.from.date = '2018-07-19' }, 'datesInDisorder act.inForce.from.date'],
  ['over before it begins', ({ regulation: r }) => { r.act.inForce.until.date = '2018-07-31' }, 'datesInDisorder act.inForce.until.date'],
  ['registered before it was adopted', ({ regulation: r }) => { r.act.registration.date = '2016-02-03' }, 'datesInDisorder act.registration.date'],
  ['repealed before the edition', ({ regulation: r }) => { r.act.repealed.date = '2018-07-19' }, 'datesInDisorder act.repealed.date'],
  ['repealed, yet in force for ever', ({ regulation: r }) => { delete r.act.inForce.until }, 'repealedWithoutEnd act.inForce'],
  ['an edition of another day than its act', ({ regulation: r }) => { r.act.edition.date = '2018-07-19' }, 'editionNotOfItsAct edition'],
  ['a Latin letter in a Kazakh word', ({ regulation: r }) => { r.title.kk = 'Бiлiм беру' }, 'mixedScript title.kk'],
  ['a Latin letter in a Russian word of the Standard', ({ standard: s }) => { s.title.ru = 'Cтандарт' }, 'mixedScript title.ru'],
  ['an example through an unknown channel', ({ examples: e }) => { e.examples[0].given.channel = 'ofice' }, 'exampleUnknownChannel examples[0].given.channel'],
  ['an example at an unknown provider', ({ examples: e }) => { e.examples[0].given.provider = 'college' }, 'exampleUnknownProvider examples[0].given.provider'],
  ['an example without an unknown document', ({ examples: e }) => { e.examples[0].given.documents.without = ['diplom'] }, 'exampleUnknownDocument examples[0].given.documents.without[0]'],
  ['an example with a false check digit', ({ examples: e }) => { e.examples[0].given.iin = '850101300010' }, 'badPersonNumber examples[0].given.iin'],
  ['an example does an unknown step', ({ examples: e }) => { e.examples[0].when[0].step = 'acept' }, 'exampleUnknownStep examples[0].when[0].step'],
  ['an example in an unknown role', ({ examples: e }) => { e.examples[0].when[0].as = 'head' }, 'exampleUnknownRole examples[0].when[0].as'],
  ['an example refuses on an unknown ground', ({ examples: e }) => { e.examples[0].when[0].with = { refusal: { grounds: [{ ground: 'late' }] } } }, 'exampleUnknownGround examples[0].when[0].with.refusal.grounds[0].ground'],
  ['an example expects an unknown outcome', ({ examples: e }) => { e.examples[0].then.path[0].outcome = 'done' }, 'exampleUnknownOutcome examples[0].then.path[0].outcome'],
  ['an example expects an unknown ending', ({ examples: e }) => { e.examples[0].then.end = 'refused' }, 'exampleUnknownEnding examples[0].then.end'],
  ['an example expects an unknown paper', ({ examples: e }) => { e.examples[0].then.papers = ['reciept'] }, 'exampleUnknownPaper examples[0].then.papers[0]'],
  ['an example expects an unknown clause', ({ examples: e }) => { e.examples[0].then.dues[0].clause = '9' }, 'exampleUnknownClause examples[0].then.dues[0].clause'],
  ['a duty attached to no act', ({ general: g }) => { g.duties[0].before.acts = ['registr'] }, 'unknownActName duties[0].before.acts[0]'],
  ['a duty that cites another law', ({ general: g }) => { g.duties[0].clause = 'appc:1' }, 'clauseOfOtherLaw duties[0].clause'],
  ['a duty that ends before it begins', ({ general: g }) => { g.duties[0].until = '2013-04-14' }, 'datesInDisorder duties[0].until'],
  ['one duty twice on the same days', ({ general: g }) => { g.duties.push({ ...g.duties[0] }) }, 'doubleName duties[1].id'],
]

describe('a check bites where', () => {
  it.each(bites)('%s', (_, mutate, ...expected) => {
    const found = problemsOf(mutate)
    for (const problem of expected) expect(found).toContain(problem)
  })
})

describe('a step of another channel', () => {
  it('does not follow', () => {
    const found = problemsOf(({ regulation: r }) => {
      r.channels.hall = structuredClone(r.channels.office)
      r.steps[4].channel = 'hall'
    })
    expect(found).toEqual([
      'stepOfOtherChannel channels.hall.first',
      'stepOfOtherChannel channels.hall.start.at',
      'stepOfOtherChannel steps[3].outcomes.done.next',
    ])
  })
})

describe('what is right is left alone:', () => {
  it('two norms with a reading', () => {
    const found = problemsOf(({ regulation: r }) => {
      r.steps[0].norms.push({ clause: '3', value: 10, unit: 'min', binding: false })
      r.steps[0].readings = ['start']
    })
    expect(found).toEqual([])
  })

  it('a giving step that comes out as the examination did', () => {
    const found = problemsOf(({ regulation: r }) => {
      const give = r.steps[4]
      give.comesOutAs = 'examine'
      give.outcomes = { conforming: give.outcomes.done, defective: { title: give.title, end: 'refused' } }
      r.endings.refused = { title: give.title, kind: 'refused' }
    })
    expect(found).toEqual([])
  })

  it('a need that a duty of the general law brings', () => {
    const found = problemsOf(({ regulation: r }) => {
      r.steps[2].needs.push('identification')
    })
    expect(found).toEqual([])
  })

  it('a duty that was amended, from the day after', () => {
    const found = problemsOf(({ general: g }) => {
      g.duties.push({ ...g.duties[0], from: '2020-01-01' })
      g.duties[0].until = '2019-12-31'
    })
    expect(found).toEqual([])
  })
})

it('mixed words are those with letters of both scripts', () => {
  expect(mixedWords('ЭЦҚ және PDF файлы, X сынып')).toEqual([])
  expect(mixedWords('бiлiм және caлa, кəсіби')).toEqual(['бiлiм', 'caлa', 'кəсіби'])
})
