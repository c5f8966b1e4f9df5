package org.shanpai.rider.campaign;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.carried.CarriedOrders;
import org.shanpai.rider.welfare.Leaves;

/**
 * Judges the weeks of campaigns, Monday to Sunday, one after the other, once they are over. A week
 * that is not enough and had leave or red weather in it freezes the streak: it counts neither way.
 */
@ApplicationScoped
public class RidingWeeks {

  /** Orders told late by phones without a line still count, city time. */
  static final Duration GRACE = Duration.ofHours(24);

  private static final Logger LOG = Logger.getLogger(RidingWeeks.class);
  private static final int AT_ONCE = 200;
  private static final int DAYS = 7;

  private final Tx tx;
  private final Campaigns campaigns;
  private final EnrolmentRows rows;
  private final Enrolments enrolments;
  private final Milestones milestones;
  private final CarriedOrders carried;
  private final Leaves leaves;
  private final CityClock clock;
  private final City city;

  RidingWeeks(
      Tx tx,
      Campaigns campaigns,
      EnrolmentRows rows,
      Enrolments enrolments,
      Milestones milestones,
      CarriedOrders carried,
      Leaves leaves,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.campaigns = campaigns;
    this.rows = rows;
    this.enrolments = enrolments;
    this.milestones = milestones;
    this.carried = carried;
    this.leaves = leaves;
    this.clock = clock;
    this.city = city;
  }

  private record Work(int days, int orders) {}

  /** Brings every enrolment up to now, and posts what is due. */
  @Scheduled(
      every = "{shanpai.campaign.advance-every}",
      delayed = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> advance() {
    return advance(clock.now());
  }

  Uni<Void> advance(Instant now) {
    return enrolments
        .expire(now, AT_ONCE)
        .chain(() -> judge(now))
        .chain(() -> milestones.post(now, AT_ONCE))
        .replaceWithVoid();
  }

  private Uni<Void> judge(Instant now) {
    LocalDate today = city.businessDate(now);
    LocalDate over = city.businessDate(now.minus(GRACE));
    return tx.detached(() -> tx.read(() -> rows.ripe(today, over, AT_ONCE)))
        .chain(
            found -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String one : found) {
                all = all.chain(() -> alone(one, now));
              }
              return all;
            });
  }

  private Uni<Void> alone(String enrolmentId, Instant now) {
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        rows.lock(enrolmentId)
                            .chain(
                                locked ->
                                    campaigns
                                        .get(locked.campaignId())
                                        .chain(
                                            campaign -> forward(locked, campaign.terms(), now)))))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(failure, "The weeks of enrolment %s wait longer", enrolmentId);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> forward(Enrolment enrolment, CampaignTerms terms, Instant now) {
    boolean rides =
        enrolment.state() == Enrolment.State.VERIFIED || enrolment.state() == Enrolment.State.WEEK;
    if (!rides || enrolment.nextMonday().isAfter(city.businessDate(now))) {
      return Uni.createFrom().voidItem();
    }
    if (enrolment.state() == Enrolment.State.VERIFIED) {
      Enrolment begun = next(enrolment, Enrolment.State.WEEK, 0, enrolment.nextMonday(), null);
      return rows.move(begun, "rules", now).chain(() -> forward(begun, terms, now));
    }
    LocalDate monday = enrolment.nextMonday();
    LocalDate end = monday.plusDays(DAYS);
    if (end.isAfter(city.businessDate(now.minus(GRACE)))) {
      return Uni.createFrom().voidItem();
    }
    return carried
        .days(enrolment.riderId(), terms.areas(), monday, end)
        .map(days -> work(days, terms.minOrdersADay()))
        .chain(
            work ->
                (terms.met(work.days(), work.orders())
                        ? Uni.createFrom().item((String) null)
                        : frozenBy(enrolment.riderId(), terms.areas(), monday, end))
                    .chain(why -> judged(enrolment, terms, work, why, end, now)));
  }

  private static Work work(List<CarriedOrders.Day> days, int minOrdersADay) {
    return new Work(
        (int) days.stream().filter(day -> day.orders() >= minOrdersADay).count(),
        days.stream().mapToInt(CarriedOrders.Day::orders).sum());
  }

  private Uni<Void> judged(
      Enrolment enrolment,
      CampaignTerms terms,
      Work work,
      String frozenBy,
      LocalDate end,
      Instant now) {
    boolean met = terms.met(work.days(), work.orders());
    String outcome = met ? "MET" : frozenBy == null ? "MISSED" : "FROZEN";
    int weeksMet = enrolment.weeksMet() + (met ? 1 : 0);
    boolean done = weeksMet == terms.weeks();
    Enrolment after =
        switch (outcome) {
          case "MISSED" ->
              next(enrolment, Enrolment.State.FAILED, weeksMet, null, "WEEK_NOT_ENOUGH");
          default ->
              next(
                  enrolment,
                  done ? Enrolment.State.COMPLETED : Enrolment.State.WEEK,
                  weeksMet,
                  done ? null : end,
                  null);
        };
    return note(enrolment, work, outcome, frozenBy, now)
        .chain(() -> rows.moveAndTell(after, "rules", now))
        .chain(() -> met ? milestones.week(after, terms, end) : Uni.createFrom().voidItem())
        .chain(() -> done ? milestones.completed(after, terms, end) : Uni.createFrom().voidItem())
        .chain(() -> forward(after, terms, now));
  }

  private Uni<Void> note(Enrolment enrolment, Work work, String outcome, String why, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into campaign_week (enrolment_id, monday, days, orders, outcome,"
                            + " why, recorded_at) values (:id, :monday, :days, :orders, :outcome,"
                            + " nullif(:why, ''), :at)")
                    .setParameter("id", enrolment.enrolmentId())
                    .setParameter("monday", enrolment.nextMonday())
                    .setParameter("days", work.days())
                    .setParameter("orders", work.orders())
                    .setParameter("outcome", outcome)
                    .setParameter("why", why == null ? "" : why)
                    .setParameter("at", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** {@code LEAVE}, {@code RED_WEATHER}, or null when neither was in that week. */
  private Uni<String> frozenBy(String riderId, Set<String> areas, LocalDate from, LocalDate until) {
    return leaves
        .granted(riderId, from, until)
        .chain(
            leave ->
                leave
                    ? Uni.createFrom().item("LEAVE")
                    : redWeather(areas, from, until).map(red -> red ? "RED_WEATHER" : null));
  }

  private Uni<Boolean> redWeather(Set<String> areas, LocalDate from, LocalDate until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select exists (select 1 from (select area_id, level, from_at, lead(from_at)"
                            + " over (partition by area_id order by version) as until_at"
                            + " from area_weather) w where w.level = 'RED' and w.from_at < :until"
                            + " and (w.until_at is null or w.until_at > :from)"
                            + " and (json_array_length(cast(cast(:areas as text) as json)) = 0"
                            + " or w.area_id in (select json_array_elements_text("
                            + "cast(cast(:areas as text) as json)))))",
                        Boolean.class)
                    .setParameter("from", from.atStartOfDay(city.zone()).toInstant())
                    .setParameter("until", until.atStartOfDay(city.zone()).toInstant())
                    .setParameter("areas", Json.write(areas))
                    .getSingleResult());
  }

  static Enrolment next(
      Enrolment now, Enrolment.State state, int weeksMet, LocalDate nextMonday, String reason) {
    return now.with(state, weeksMet, nextMonday, now.reservedAt(), reason);
  }
}
