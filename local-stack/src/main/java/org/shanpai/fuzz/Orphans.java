package org.shanpai.fuzz;

import java.util.List;
import org.shanpai.stack.Program;

/**
 * Rows that must not exist: what belongs together and is not.
 *
 * @param means what such a row would be
 * @param sql gives its id
 */
record Orphans(Program program, String means, String sql) {

  static final List<Orphans> ALL =
      List.of(
          new Orphans(
              Program.ORDER,
              "order without contact",
              "select order_id from orders o where not exists (select 1 from order_contact c"
                  + " where c.order_id = o.order_id)"),
          new Orphans(
              Program.ORDER,
              "order with a version that has no entry",
              // Who the customer was is forgotten without a word to the merchant.
              "select order_id from orders o where (select count(*) from order_entry e where"
                  + " e.order_id = o.order_id and e.version = 1) <> 1 or (o.customer_key is not null"
                  + " and not exists (select 1 from order_entry e where e.order_id = o.order_id and"
                  + " e.version = o.version)) or o.status is distinct from (select e.status from"
                  + " order_entry e where e.order_id = o.order_id order by e.version desc limit"
                  + " 1)"),
          new Orphans(
              Program.ORDER,
              "order that was never put into the outbox",
              "select o.order_id from orders o where not"
                  + " coalesce((to_jsonb(o)->>'sandbox')::boolean, false) and o.created_at >"
                  + " (select coalesce(min(created_at), 'infinity') from outbox) and not exists"
                  + " (select 1 from outbox b where b.key = o.order_id)"),
          new Orphans(
              Program.ORDER,
              "saved 201 whose order does not exist",
              "select i.key from idempotency i where i.scope like '%/orders' and i.status = 201 and"
                  + " not exists (select 1 from orders o where o.order_id ="
                  + " (i.answer::json->>'orderId'))"),
          new Orphans(
              Program.ORDER,
              "order whose key is not saved",
              "select o.order_id from orders o where not exists (select 1 from idempotency i where"
                  + " i.status = 201 and i.scope like '%/orders' and"
                  + " position(o.order_id in i.answer) > 0)"),
          new Orphans(
              Program.ORDER,
              "saved answer that is an error",
              "select scope || ' ' || key from idempotency where status >= 400"),
          new Orphans(
              Program.ORDER,
              "store that was never put into the outbox",
              "select s.store_id from store s where not exists (select 1 from outbox b where b.key"
                  + " = s.store_id)"),
          new Orphans(
              Program.RIDER,
              "rider that was never put into the outbox",
              "select r.rider_id from rider r where not exists (select 1 from outbox b where b.key"
                  + " = r.rider_id)"),
          new Orphans(
              Program.GEO,
              "area that was never put into the outbox",
              "select a.area_id from area a where not exists (select 1 from outbox b where b.key ="
                  + " a.area_id)"),
          new Orphans(
              Program.GEO,
              "zone without its newest version",
              "select z.zone_id from zone z where not exists (select 1 from zone_version v where"
                  + " v.zone_id = z.zone_id and v.version = z.version)"),
          new Orphans(
              Program.DISPATCH,
              "offer without a job",
              "select o.id from offer o where not exists (select 1 from offer_job j where j.offer_id"
                  + " = o.id)"),
          new Orphans(
              Program.DISPATCH,
              "job with a rider and no assignment",
              "select j.id from job j where j.status = 'ASSIGNED' and not exists (select 1 from"
                  + " assignment a where a.job_id = j.id and a.epoch = j.epoch)"),
          new Orphans(
              Program.CONTROL_ROOM,
              "operator without a role",
              "select username from operator where roles = ''"),
          new Orphans(
              Program.RIDER,
              "appeal whose filing nobody wrote down",
              "select a.appeal_id from appeal a where not exists (select 1 from appeal_event e where"
                  + " e.appeal_id = a.appeal_id and e.kind = 'FILED')"),
          new Orphans(
              Program.RIDER,
              "complaint of which nobody knows what was said",
              "select c.complaint_id from complaint c where not exists (select 1 from"
                  + " rider_feedback f where f.feedback_id = c.complaint_id)"),
          new Orphans(
              Program.RIDER,
              "enrolment that nobody wrote down",
              "select e.enrolment_id from campaign_enrolment e where not exists (select 1 from"
                  + " campaign_event v where v.enrolment_id = e.enrolment_id)"),
          new Orphans(
              Program.RIDER,
              "saved answer of a rider that is an error",
              "select scope || ' ' || key from idempotency where status >= 400"),
          new Orphans(
              Program.DISPATCH,
              "saved answer of dispatch that is an error",
              "select scope || ' ' || key from idempotency where status >= 400"));
}
