import { setTimeout as sleep } from 'node:timers/promises'
import { drawWhole } from '../draw.ts'
import type { Installation } from '../house/installation.ts'
import type { Fault } from './fault.ts'

/**
 * Effects throw the first times, and then succeed: triggers of this round refuse what they write. A notice cannot be begun, an answer of an
 * outside system cannot be appended, and its batch breaks with it. A sequence counts, because no rollback takes its numbers back.
 */
export const throwInEffects: Fault = {
  strike: async ({ database }: Installation, { name }) => {
    const most = drawWhole(`${name}/times`, 3, 12)
    await database.pool.query(`
      create sequence if not exists survive_throws;
      alter sequence survive_throws restart;
      create or replace function survive_throw() returns trigger language plpgsql as $$
      begin
        if nextval('survive_throws') <= ${most} then
          raise exception 'thrown by a test of survival';
        end if;
        return new;
      end
      $$;
      create or replace trigger survive_throw before insert on notice for each row execute function survive_throw();
      create or replace trigger survive_throw before insert on event for each row
        when (new.body like '%"type":"RegisterAnswered"%' or new.body like '%"type":"RequestDelivered"%') execute function survive_throw()`)
    await sleep(drawWhole(`${name}/throwing`, 900, 1500))
    const { rows } = await database.pool.query<{ thrown: number }>(
      'select case when is_called then last_value else 0 end as thrown from survive_throws',
    )
    const thrown = Math.min(most, Number(rows[0]?.thrown ?? 0))
    return thrown === 0 ? { text: '', missed: 'no effect came to be run' } : { text: `${thrown} of ${most} throws` }
  },
  undo: async ({ database }) => {
    await database.pool.query(`
      drop trigger if exists survive_throw on notice;
      drop trigger if exists survive_throw on event;
      drop function if exists survive_throw();
      drop sequence if exists survive_throws`)
  },
}
