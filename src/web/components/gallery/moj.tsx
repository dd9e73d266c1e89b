import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Alert } from '../alert/alert.tsx'
import { Badge } from '../badge/badge.tsx'
import { SubNavigation } from '../sub-navigation/sub-navigation.tsx'
import { Timeline } from '../timeline/timeline.tsx'

export interface MojExample {
  name: string
  component: string
  /** MOJ's macro and what it is given to make the same. */
  macro: string
  params: unknown
  element: Child
}

/** MOJ publishes no fixtures: its own macros, rendered in the test, are the measure. Its date filters need moment, so dates come in ready. */
export const mojExamples = (): MojExample[] => [timeline(), ...badges(), ...alerts(), subNavigation()]

function timeline(): MojExample {
  const shown = '14 October 2019 at 10:20am'
  const item = { label: 'Accepted', byline: 'Operator', timestamp: '2019-10-14T04:20:00Z', text: 'Receipt <1> given', classes: 'x' }
  const theirs = { label: { text: 'Accepted' }, byline: { text: 'Operator' }, text: 'Receipt <1> given', classes: 'x' }
  const datetime = { timestamp: '2019-10-14T04:20:00Z', type: shown }
  const plain = { label: 'B & C', timestamp: '2019-10-15T04:20:00Z', shown, text: 'Sent' }
  return {
    name: 'two items',
    component: 'timeline',
    macro: 'mojTimeline',
    element: <Timeline headingLevel={3} classes="wide" attributes={{ 'data-a': 'b' }} items={[{ ...item, shown }, plain]} />,
    params: {
      headingLevel: 3,
      classes: 'wide',
      attributes: { 'data-a': 'b' },
      items: [
        { ...theirs, datetime },
        { label: { text: 'B & C' }, text: 'Sent', datetime: { ...datetime, timestamp: '2019-10-15T04:20:00Z' } },
      ],
    },
  }
}

const colours = ['', 'purple', 'bright-purple', 'red', 'green', 'blue', 'black', 'grey'] as const

const badges = (): MojExample[] =>
  colours.map((colour) => {
    const params = { text: 'Urgent & <new>', classes: colour && `moj-badge--${colour}`, attributes: { id: `badge-${colour}` } }
    return { name: colour || 'default', component: 'badge', macro: 'mojBadge', element: <Badge {...params} />, params }
  })

const alerts = (): MojExample[] =>
  (['information', 'success', 'warning', 'error'] as const).flatMap((variant): MojExample[] => {
    const shared = { component: 'alert', macro: 'mojAlert' }
    const plain = { variant, title: 'The case moved' }
    const heading = { variant, title: 'Heading', showTitleAsHeading: true, headingTag: 'h3', dismissible: true, role: 'alert' } as const
    return [
      { ...shared, name: variant, element: <Alert {...plain} />, params: plain },
      {
        ...shared,
        name: `${variant}, heading`,
        element: <Alert {...heading} text={raw('<p>Body</p>')} />,
        params: { ...heading, html: '<p>Body</p>' },
      },
    ]
  })

function subNavigation(): MojExample {
  const items = [
    { text: 'Mine & ours', href: '/work', active: true },
    { text: 'All', href: '/all', attributes: { id: 'all' } },
  ]
  const params = { label: 'Lists', items }
  return { name: 'two lists', component: 'sub-navigation', macro: 'mojSubNavigation', element: <SubNavigation {...params} />, params }
}
