package org.shanpai.rider.score;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/**
 * Closing level scores and stays, as stored. A closing is written when it differs from the one
 * before. Runs in the caller's session.
 */
@ApplicationScoped
class Closings {

  private static final Statement SINCE =
      Statement.of(
          "select l.rider_id, l.business_date, l.level_mp, l.score_mp, l.rule_set"
              + " from unnest(:riders::text[]) r join score_level l on l.rider_id = r"
              + " and l.recorded_at <= :by and l.business_date >= coalesce("
              + "(select max(x.business_date) from score_level x where x.rider_id = r"
              + " and x.business_date <= :since and x.recorded_at <= :by), date '-infinity')"
              + " order by l.business_date, l.revision");

  private static final Statement STAYS =
      Statement.of(
          "select s.rider_id, s.subject, s.grp, s.from_at, s.until_at"
              + " from unnest(:riders::text[]) r join score_stay s on s.rider_id = r");

  private final Tx tx;

  Closings(Tx tx) {
    this.tx = tx;
  }

  /** The closing score of a day, and the same without what is under appeal. */
  record Closing(int levelMilliPoints, int scoreMilliPoints, String ruleSet) {}

  /** A rider's closings by business date; days without one are as the day before. */
  record Days(TreeMap<LocalDate, Closing> byDay) {

    static Days none() {
      return new Days(new TreeMap<>());
    }

    /** The closing of that day or the last one before it; null when there is none. */
    Closing asOf(LocalDate day) {
      Map.Entry<LocalDate, Closing> entry = byDay.floorEntry(day);
      return entry == null ? null : entry.getValue();
    }
  }

  /** A closing to store. */
  record Stored(String rider, String day, int level, int score, String ruleSet) {}

  /**
   * @param since closings from then on, and the last one before
   * @param recordedBy only what had been recorded by then, city time
   */
  Uni<Map<String, Days>> of(Collection<String> riders, LocalDate since, Instant recordedBy) {
    return tx.select(
            SINCE
                .filled()
                .with("riders", riders.toArray(String[]::new))
                .with("since", since)
                .with("by", recordedBy))
        .map(
            rows -> {
              Map<String, Days> byRider = new HashMap<>();
              for (Object[] row : rows) {
                byRider
                    .computeIfAbsent((String) row[0], rider -> new Days(new TreeMap<>()))
                    .byDay()
                    .put(
                        (LocalDate) row[1],
                        new Closing(number(row[2]), number(row[3]), (String) row[4]));
              }
              return byRider;
            });
  }

  /** Adds closings, each as the next revision of its day. */
  Uni<Void> add(List<Stored> closings, Instant now) {
    if (closings.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_level (rider_id, business_date, revision, level_mp,"
                            + " score_mp, rule_set, recorded_at) select c.rider, c.day,"
                            + " coalesce((select max(l.revision) from score_level l"
                            + " where l.rider_id = c.rider and l.business_date = c.day), 0) + 1,"
                            + " c.level, c.score, c.\"ruleSet\", :now from"
                            + " json_to_recordset(cast(cast(:rows as text) as json)) as c"
                            + " (rider text, day date, level int, score int, \"ruleSet\" text)")
                    .setParameter("rows", Json.write(closings))
                    .setParameter("now", now)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** What an appeal was about and when it was open. */
  record Stay(String subject, String group, Instant from, Instant until) {

    boolean holdsAt(Instant at) {
      return !from.isAfter(at) && (until == null || until.isAfter(at));
    }

    boolean covers(ScoreLine line) {
      return line.subject().equals(subject) && line.group().equals(group);
    }
  }

  Uni<Map<String, List<Stay>>> stays(Collection<String> riders) {
    return tx.select(STAYS.filled().with("riders", riders.toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, List<Stay>> byRider = new HashMap<>();
              for (Object[] row : rows) {
                byRider
                    .computeIfAbsent((String) row[0], rider -> new java.util.ArrayList<>())
                    .add(
                        new Stay(
                            (String) row[1],
                            (String) row[2],
                            Instants.of(row[3]),
                            Instants.of(row[4])));
              }
              return byRider;
            });
  }

  /**
   * @return whether it was not open before
   */
  Uni<Boolean> beginStay(String riderId, String subject, String group, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into score_stay (rider_id, subject, grp, from_at)"
                            + " values (:rider, :subject, :grp, :at) on conflict do nothing")
                    .setParameter("rider", riderId)
                    .setParameter("subject", subject)
                    .setParameter("grp", group)
                    .setParameter("at", at)
                    .executeUpdate())
        .map(rows -> rows > 0);
  }

  /**
   * @return whether it was open
   */
  Uni<Boolean> endStay(String riderId, String subject, String group, Instant at) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update score_stay set until_at = greatest(from_at, :at)"
                            + " where rider_id = :rider and subject = :subject and grp = :grp"
                            + " and until_at is null")
                    .setParameter("rider", riderId)
                    .setParameter("subject", subject)
                    .setParameter("grp", group)
                    .setParameter("at", at)
                    .executeUpdate())
        .map(rows -> rows > 0);
  }

  /** The lines with those under appeal at that moment counting nothing. */
  static List<ScoreLine> stayed(Collection<ScoreLine> lines, List<Stay> stays, Instant at) {
    Set<Stay> open = new HashSet<>(stays);
    open.removeIf(stay -> !stay.holdsAt(at));
    return lines.stream()
        .map(
            line ->
                line.milliPoints() < 0 && open.stream().anyMatch(stay -> stay.covers(line))
                    ? line.stayed()
                    : line)
        .toList();
  }

  private static int number(Object column) {
    return ((Number) column).intValue();
  }
}
