package org.shanpai.rider.welfare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Settlement;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.carried.CarriedOrders;

/**
 * The social-insurance subsidy: eligible weeks of a month bring an amount, as the scheme in force
 * says. A week, Monday to Sunday, belongs to the month of its Monday. Each rider's month is judged
 * and paid once.
 */
@ApplicationScoped
public class SocialInsurance {

  /** Orders told late by phones without a line still count, city time. */
  static final Duration GRACE = Duration.ofHours(24);

  private static final int AT_ONCE = 500;
  private static final int DAYS = 7;

  private final Tx tx;
  private final CarriedOrders carried;
  private final Leaves leaves;
  private final Outbox outbox;
  private final CityClock clock;
  private final City city;

  SocialInsurance(
      Tx tx, CarriedOrders carried, Leaves leaves, Outbox outbox, CityClock clock, City city) {
    this.tx = tx;
    this.carried = carried;
    this.leaves = leaves;
    this.outbox = outbox;
    this.clock = clock;
    this.city = city;
  }

  /**
   * A scheme as data.
   *
   * @param minDays with an order, for a week to be eligible
   * @param minOrders in the week
   * @param leaveCounts whether a week with granted leave is eligible too
   * @param steps by eligible weeks, rising
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Scheme(int minDays, int minOrders, boolean leaveCounts, List<Step> steps) {

    /** So many eligible weeks bring so much, fen. */
    public record Step(int weeks, long amountFen) {}

    /** What so many eligible weeks bring, fen; 0 or more. */
    public long amountFen(int weeks) {
      return steps.stream()
          .filter(step -> weeks >= step.weeks())
          .mapToLong(Step::amountFen)
          .max()
          .orElse(0);
    }

    boolean eligible(List<CarriedOrders.Day> days) {
      return days.size() >= minDays
          && days.stream().mapToInt(CarriedOrders.Day::orders).sum() >= minOrders;
    }
  }

  /** A rider's month as judged. */
  public record Month(String month, int eligibleWeeks, long amountFen, String schemeId) {}

  private record Named(String schemeId, Scheme scheme) {}

  @Scheduled(
      every = "{shanpai.welfare.pay-every}",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> pay() {
    return pay(clock.now());
  }

  /** Judges the last month whose weeks are over, for riders not judged yet. */
  Uni<Void> pay(Instant now) {
    LocalDate month = lastOver(city.businessDate(now.minus(GRACE)));
    return tx.detached(() -> tx.read(() -> unjudged(month)))
        .chain(
            riders -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String rider : riders) {
                all = all.chain(() -> tx.detached(() -> tx.write(() -> judge(rider, month, now))));
              }
              return all;
            });
  }

  /** The first day of the last month of which every week had ended by the beginning of that day. */
  static LocalDate lastOver(LocalDate today) {
    LocalDate month = today.withDayOfMonth(1);
    return today.isBefore(firstMonday(month)) ? month.minusMonths(2) : month.minusMonths(1);
  }

  private static LocalDate firstMonday(LocalDate month) {
    return month.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
  }

  private Uni<List<String>> unjudged(LocalDate month) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select distinct c.rider_id from carried_order c"
                            + " where c.business_date >= :from and c.business_date < :until"
                            + " and not exists (select 1 from welfare_month m"
                            + " where m.rider_id = c.rider_id and m.month = :month)"
                            + " order by c.rider_id",
                        String.class)
                    .setParameter("from", firstMonday(month))
                    .setParameter("until", firstMonday(month.plusMonths(1)))
                    .setParameter("month", month)
                    .setMaxResults(AT_ONCE)
                    .getResultList());
  }

  private Uni<Void> judge(String rider, LocalDate month, Instant now) {
    return scheme(month)
        .chain(
            named ->
                named == null
                    ? Uni.createFrom().voidItem()
                    : eligibleWeeks(rider, month, named.scheme())
                        .chain(
                            weeks ->
                                record(
                                    rider,
                                    month,
                                    named.schemeId(),
                                    weeks,
                                    named.scheme().amountFen(weeks),
                                    now)));
  }

  private Uni<Named> scheme(LocalDate month) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select scheme_id, cast(document as text) from welfare_scheme"
                            + " where from_month <= :month order by from_month desc limit 1",
                        Object[].class)
                    .setParameter("month", month)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new Named((String) row[0], Json.read((String) row[1], Scheme.class)));
  }

  private Uni<Integer> eligibleWeeks(String rider, LocalDate month, Scheme scheme) {
    Uni<Integer> count = Uni.createFrom().item(0);
    LocalDate end = firstMonday(month.plusMonths(1));
    for (LocalDate day = firstMonday(month); day.isBefore(end); day = day.plusDays(DAYS)) {
      LocalDate monday = day;
      count =
          count.chain(
              soFar -> eligible(rider, monday, scheme).map(counts -> counts ? soFar + 1 : soFar));
    }
    return count;
  }

  private Uni<Boolean> eligible(String rider, LocalDate monday, Scheme scheme) {
    LocalDate end = monday.plusDays(DAYS);
    return carried
        .days(rider, List.of(), monday, end)
        .chain(
            days ->
                scheme.eligible(days) || !scheme.leaveCounts()
                    ? Uni.createFrom().item(scheme.eligible(days))
                    : leaves.granted(rider, monday, end));
  }

  private Uni<Void> record(
      String rider, LocalDate month, String schemeId, int weeks, long fen, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into welfare_month (rider_id, month, scheme_id, eligible_weeks,"
                            + " amount_fen, recorded_at) values (:rider, :month, :scheme, :weeks,"
                            + " :fen, :at) on conflict (rider_id, month) do nothing")
                    .setParameter("rider", rider)
                    .setParameter("month", month)
                    .setParameter("scheme", schemeId)
                    .setParameter("weeks", weeks)
                    .setParameter("fen", fen)
                    .setParameter("at", now)
                    .executeUpdate())
        .chain(
            added ->
                added == 0 || fen == 0
                    ? Uni.createFrom().voidItem()
                    : tell(rider, month, schemeId, fen, now));
  }

  private Uni<Void> tell(String rider, LocalDate month, String schemeId, long fen, Instant now) {
    String subject = schemeId + "#" + month.toString().substring(0, 7);
    return outbox.append(
        EventType.SETTLEMENT,
        rider,
        0,
        new Settlement(
            "w-" + rider + "-" + subject,
            city.id(),
            RiderId.of(rider),
            Settlement.Kind.WELFARE,
            subject,
            Money.ofFen(fen),
            city.businessDate(now),
            now));
  }

  /** A rider's months, the newest first. */
  public Uni<List<Month>> months(String rider) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select to_char(month, 'YYYY-MM'), eligible_weeks, amount_fen,"
                                    + " scheme_id from welfare_month where rider_id = :rider"
                                    + " order by month desc",
                                Object[].class)
                            .setParameter("rider", rider)
                            .setMaxResults(60)
                            .getResultList())
                .map(
                    rows ->
                        rows.stream()
                            .map(
                                row ->
                                    new Month(
                                        (String) row[0],
                                        ((Number) row[1]).intValue(),
                                        ((Number) row[2]).longValue(),
                                        (String) row[3]))
                            .toList()));
  }
}
