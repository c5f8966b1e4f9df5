package org.shanpai.rider.reward;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.earnings.EarningsLedger;
import org.shanpai.rider.earnings.EarningsLine;
import org.shanpai.rider.score.Level;
import org.shanpai.rider.score.Levels;

/**
 * Posts what yesterday's closing level, and the weather at the acceptance, add to the orders of a
 * day. A level that is raised later, as by an upheld appeal, is topped up; nothing is taken back.
 *
 * <p>A day waits until the rider's day before it is closed.
 */
@ApplicationScoped
public class LevelRewards {

  private static final Logger LOG = Logger.getLogger(LevelRewards.class);
  private static final int AT_ONCE = 200;

  private final Tx tx;
  private final Levels levels;
  private final EarningsLedger ledger;
  private final RewardSettings settings;
  private final CityClock clock;
  private final City city;

  LevelRewards(
      Tx tx,
      Levels levels,
      EarningsLedger ledger,
      RewardSettings settings,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.levels = levels;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.city = city;
  }

  private record Day(String riderId, LocalDate date) {}

  /**
   * Looks again at what a rider's level brings from that day on, as after an upheld appeal, in the
   * caller's transaction or one of its own. Tops up, and never takes; again adds nothing.
   *
   * @param businessDate the first day whose orders may bring more
   */
  public Uni<Void> reconsider(String riderId, LocalDate businessDate) {
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select distinct cast(business_date as text) from carried_order"
                                    + " where rider_id = :rider and business_date >= :day"
                                    + " order by 1",
                                String.class)
                            .setParameter("rider", riderId)
                            .setParameter("day", businessDate)
                            .getResultList())
                .chain(
                    found -> {
                      Uni<Void> all = Uni.createFrom().voidItem();
                      for (String date : found) {
                        all = all.chain(() -> post(new Day(riderId, LocalDate.parse(date))));
                      }
                      return all;
                    }));
  }

  @Scheduled(
      every = "{shanpai.reward.post-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> postSome() {
    return due()
        .chain(
            days -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Day day : days) {
                all = all.chain(() -> postAlone(day));
              }
              return all.replaceWith(days.size());
            })
        .chain(count -> count < AT_ONCE ? Uni.createFrom().voidItem() : postSome());
  }

  private Uni<Void> postAlone(Day day) {
    return tx.detached(() -> tx.write(() -> post(day)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(failure, "Rewards of %s on %s wait longer", day.riderId(), day.date());
              return tx.detached(() -> tx.write(() -> wait(day, clock.now().plusSeconds(600))));
            });
  }

  private Uni<List<Day>> due() {
    Instant now = clock.now();
    return tx.detached(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select distinct c.rider_id, cast(c.business_date as text)"
                                            + " from carried_order c left join score_account a"
                                            + " on a.rider_id = c.rider_id and a.entries > 0"
                                            + " where c.rewards_at <= :now"
                                            + " and (a.rider_id is null"
                                            + " or a.closed_on >= c.business_date - 1)"
                                            + " order by 1, 2",
                                        Object[].class)
                                    .setParameter("now", now)
                                    .setMaxResults(AT_ONCE)
                                    .getResultList())
                        .map(
                            rows ->
                                rows.stream()
                                    .map(
                                        row ->
                                            new Day(
                                                (String) row[0], LocalDate.parse((String) row[1])))
                                    .toList())));
  }

  /**
   * Runs in the caller's transaction. The rider's account is locked first, then the orders, and
   * only then the level is read: a closing written meanwhile marks the orders again.
   */
  private Uni<Void> post(Day day) {
    Instant now = clock.now();
    Instant overAt = dayOver(day.date());
    boolean over = !now.isBefore(overAt);
    return ledger
        .lock(day.riderId())
        .chain(() -> wait(day, null))
        .chain(() -> orders(day))
        .chain(
            orders ->
                levels
                    .on(day.riderId(), day.date())
                    .chain(
                        level -> {
                          RewardDay.Rewards rewards = rewards(orders, level, over);
                          Uni<Void> all =
                              add(day, EarningsLine.Kind.LEVEL_REWARD, rewards.additions());
                          return all.chain(
                                  () ->
                                      add(
                                          day,
                                          EarningsLine.Kind.WEATHER,
                                          RewardDay.weather(orders)))
                              .chain(
                                  () ->
                                      rewards.waiting()
                                          ? wait(day, overAt)
                                          : Uni.createFrom().voidItem());
                        }));
  }

  private static RewardDay.Rewards rewards(
      List<RewardDay.Order> orders, Level level, boolean over) {
    return RewardDay.level(orders, level.rewardFen(), level.rewardOrdersPerDay(), over);
  }

  private Instant dayOver(LocalDate date) {
    return date.plusDays(1).atStartOfDay(city.zone()).toInstant().plus(settings.dayOverAfter());
  }

  private Uni<Void> add(Day day, EarningsLine.Kind kind, List<RewardDay.Addition> additions) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (RewardDay.Addition addition : additions) {
      all =
          all.chain(
              () ->
                  ledger.add(
                      new EarningsLine(
                          day.riderId(),
                          addition.order().jobId(),
                          kind,
                          Money.ofFen(addition.fen()),
                          day.date(),
                          addition.order().deliveredAt(),
                          addition.revision())));
    }
    return all;
  }

  private Uni<List<RewardDay.Order>> orders(Day day) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select c.job_id, c.accepted_at, c.delivered_at,"
                            + " coalesce(sum(l.amount_fen) filter (where l.kind = 'LEVEL_REWARD'),"
                            + " 0), count(*) filter (where l.kind = 'LEVEL_REWARD'),"
                            + " coalesce(sum(l.amount_fen) filter (where l.kind = 'WEATHER'), 0),"
                            + " count(*) filter (where l.kind = 'WEATHER'),"
                            + " (select w.level from area_weather w where w.area_id = c.area_id"
                            + " and w.from_at <= c.accepted_at order by w.version desc limit 1)"
                            + " from carried_order c left join earnings_line l"
                            + " on l.rider_id = c.rider_id and l.subject = c.job_id"
                            + " and l.kind in ('LEVEL_REWARD', 'WEATHER')"
                            + " where c.rider_id = :rider and c.business_date = :day"
                            + " group by c.job_id",
                        Object[].class)
                    .setParameter("rider", day.riderId())
                    .setParameter("day", day.date())
                    .getResultList())
        .map(rows -> rows.stream().map(this::order).toList());
  }

  private RewardDay.Order order(Object[] row) {
    return new RewardDay.Order(
        (String) row[0],
        Instants.of(row[1]),
        Instants.of(row[2]),
        ((Number) row[3]).longValue(),
        ((Number) row[4]).intValue(),
        ((Number) row[5]).longValue(),
        ((Number) row[6]).intValue(),
        weatherFen((String) row[7]));
  }

  private long weatherFen(String level) {
    return switch (level == null ? "NONE" : level) {
      case "ORANGE" -> settings.orangeWeatherFen();
      case "RED" -> settings.redWeatherFen();
      default -> 0;
    };
  }

  /**
   * @param until null: there is nothing to do until a closing or the weather changes
   */
  private Uni<Void> wait(Day day, Instant until) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update carried_order set rewards_at ="
                            + " cast(nullif(cast(:until as text), '') as timestamptz)"
                            + " where rider_id = :rider and business_date = :day")
                    .setParameter("until", until == null ? "" : until.toString())
                    .setParameter("rider", day.riderId())
                    .setParameter("day", day.date())
                    .executeUpdate())
        .replaceWithVoid();
  }
}
