import { type Bundle, type Check, isPatched } from '../bundle.ts'
import type { Problem } from '../problem.ts'
import { actConditions } from './actConditions.ts'
import { clausesCited } from './clausesCited.ts'
import { clausesKnown } from './clausesKnown.ts'
import { comesOutAs } from './comesOutAs.ts'
import { custody } from './custody.ts'
import { datesInOrder } from './datesInOrder.ts'
import { doubleNames } from './doubleNames.ts'
import { exampleNames } from './exampleNames.ts'
import { filePlace } from './filePlace.ts'
import { holdersNamed } from './holdersNamed.ts'
import { idleRole } from './idleRole.ts'
import { leavesProduced } from './leavesProduced.ts'
import { mixedScript } from './mixedScript.ts'
import { neededFacts } from './neededFacts.ts'
import { normEnd } from './normEnd.ts'
import { normsOverTerm } from './normsOverTerm.ts'
import { noWayOut } from './noWayOut.ts'
import { outcomesFit } from './outcomesFit.ts'
import { paperNeverIssued } from './paperNeverIssued.ts'
import { readingContradicts } from './readingContradicts.ts'
import { readingNeverTaken } from './readingNeverTaken.ts'
import { reservedRole } from './reservedRole.ts'
import { standardEdition } from './standardEdition.ts'
import { statusReason } from './statusReason.ts'
import { stepOfOtherChannel } from './stepOfOtherChannel.ts'
import { termEnd } from './termEnd.ts'
import { twoDecidingActs } from './twoDecidingActs.ts'
import { twoNorms } from './twoNorms.ts'
import { typicalFacts } from './typicalFacts.ts'
import { unknownNames } from './unknownNames.ts'
import { unreachableStep } from './unreachableStep.ts'
import { unusedEnding } from './unusedEnding.ts'

/** Checks that speak of what is written; they hold even where another part of the file could not be read. */
export const ofWords: readonly Check[] = [
  actConditions,
  clausesKnown,
  datesInOrder,
  doubleNames,
  exampleNames,
  filePlace,
  holdersNamed,
  mixedScript,
  normEnd,
  outcomesFit,
  readingContradicts,
  reservedRole,
  statusReason,
  stepOfOtherChannel,
  termEnd,
  twoDecidingActs,
  twoNorms,
  typicalFacts,
  unknownNames,
]

/** Checks that speak of what is absent or of the whole graph; a file read in part would make them cry wolf. */
export const ofWhole: readonly Check[] = [
  clausesCited,
  comesOutAs,
  custody,
  idleRole,
  leavesProduced,
  neededFacts,
  normsOverTerm,
  noWayOut,
  paperNeverIssued,
  readingNeverTaken,
  standardEdition,
  unreachableStep,
  unusedEnding,
]

const known = ({ regulation, standard, examples }: Bundle, problem: Problem): boolean =>
  ![regulation, standard, examples].some((part) => part?.source.path === problem.file && isPatched(part, problem.path))

/** Every problem of sense in each edition with what it rests on, in no particular order. */
export const checkAll = (bundles: readonly Bundle[]): Problem[] =>
  bundles.flatMap((bundle) => {
    const checks = bundle.whole ? [...ofWords, ...ofWhole] : ofWords
    return checks.flatMap((check) => check(bundle)).filter((problem) => known(bundle, problem))
  })
