package org.shanpai.rider.earnings;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.JobState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;

/**
 * What riders earned, in fen: append-only, each subject, kind and revision once. Runs in the
 * caller's transaction.
 */
@ApplicationScoped
public class EarningsLedger {

  private final Tx tx;
  private final IdSource ids;
  private final CityClock clock;

  public EarningsLedger(Tx tx, IdSource ids, CityClock clock) {
    this.tx = tx;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A line as recorded.
   *
   * @param no counts a rider's lines from 1
   * @param recordedAt city time
   */
  public record Recorded(String lineId, long no, EarningsLine line, Instant recordedAt) {}

  /**
   * @param lines how many lines there are
   * @param today what was earned on the business date asked for
   */
  public record Balance(Money balance, long lines, Money today) {}

  /**
   * Adds the line; does nothing when its subject, kind and revision were paid before.
   *
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Void> add(EarningsLine line) {
    return lock(line.riderId())
        .chain(lines -> insert(line, lines + 1))
        .chain(added -> added == 0 ? Uni.createFrom().voidItem() : raiseBalance(line));
  }

  /**
   * Adds the lines of a job's promised pay; does nothing when its first was paid before. A job that
   * was paid as one sum stays so, however it is told later.
   *
   * @param lines of one rider and job, {@code BASE} first
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Void> addPromised(List<EarningsLine> lines) {
    EarningsLine base = lines.get(0);
    return lock(base.riderId())
        .chain(
            before ->
                insert(base, before + 1)
                    .chain(
                        added -> {
                          if (added == 0) {
                            return Uni.createFrom().voidItem();
                          }
                          Uni<Void> all = raiseBalance(base);
                          for (EarningsLine more : lines.subList(1, lines.size())) {
                            all = all.chain(() -> add(more));
                          }
                          return all;
                        }));
  }

  /**
   * Pays of a delivered job's tip what has not been paid yet: all of it, once, also when it rises
   * after the delivery.
   *
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Void> tip(JobState job, City city) {
    String rider = job.riderId().value();
    return lock(rider)
        .chain(
            lines ->
                tipped(rider, job.jobId().value())
                    .chain(
                        paid -> {
                          long due = job.tip().fen() - paid;
                          if (due <= 0) {
                            return Uni.createFrom().voidItem();
                          }
                          EarningsLine line =
                              EarningsLine.tip(job, job.tip(), Money.ofFen(due), city);
                          return insert(line, lines + 1)
                              .chain(
                                  added ->
                                      added == 0
                                          ? Uni.createFrom().voidItem()
                                          : raiseBalance(line));
                        }));
  }

  private Uni<Long> tipped(String riderId, String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select coalesce(cast(sum(amount_fen) as bigint), 0) from earnings_line"
                            + " where rider_id = :rider and split_part(subject, '#', 1) = :job"
                            + " and kind = 'TIP'",
                        Long.class)
                    .setParameter("rider", riderId)
                    .setParameter("job", jobId)
                    .getSingleResult());
  }

  /**
   * Locks the rider's account until the transaction ends; returns how many lines it has.
   *
   * @throws PoisonException when the rider is unknown here
   */
  public Uni<Long> lock(String riderId) {
    return tx.session()
        .call(
            session ->
                session
                    .createNativeQuery(
                        "insert into earnings_account (rider_id, lines, balance_fen)"
                            + " select rider_id, 0, 0 from rider where rider_id = :rider"
                            + " on conflict (rider_id) do nothing")
                    .setParameter("rider", riderId)
                    .executeUpdate())
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select lines from earnings_account where rider_id = :rider for update",
                        Long.class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> new PoisonException("unknown rider " + riderId));
  }

  private Uni<Integer> insert(EarningsLine line, long no) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into earnings_line (line_id, line_no, rider_id, subject, kind,"
                            + " amount_fen, business_date, occurred_at, recorded_at, revision) values (:id,"
                            + " :no, :rider, :subject, :kind, :amount, :businessDate, :occurredAt,"
                            + " :recordedAt, :revision)"
                            + " on conflict (rider_id, subject, kind, revision) do nothing")
                    .setParameter("id", ids.next("el"))
                    .setParameter("no", no)
                    .setParameter("rider", line.riderId())
                    .setParameter("subject", line.subject())
                    .setParameter("kind", line.kind().name())
                    .setParameter("amount", line.amount().fen())
                    .setParameter("businessDate", line.businessDate())
                    .setParameter("occurredAt", line.occurredAt())
                    .setParameter("recordedAt", clock.now())
                    .setParameter("revision", line.revision())
                    .executeUpdate());
  }

  private Uni<Void> raiseBalance(EarningsLine line) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update earnings_account set lines = lines + 1,"
                            + " balance_fen = balance_fen + :amount where rider_id = :rider")
                    .setParameter("amount", line.amount().fen())
                    .setParameter("rider", line.riderId())
                    .executeUpdate())
        .replaceWithVoid();
  }

  public Uni<Balance> getBalance(String riderId, LocalDate today) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select balance_fen, lines, (select coalesce(cast(sum(amount_fen) as"
                            + " bigint), 0) from earnings_line l where l.rider_id = a.rider_id"
                            + " and l.business_date = :today)"
                            + " from earnings_account a where rider_id = :rider",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("today", today)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? new Balance(Money.ZERO, 0, Money.ZERO)
                    : new Balance(
                        Money.ofFen(number(row[0])), number(row[1]), Money.ofFen(number(row[2]))));
  }

  /**
   * A page of lines, newest first.
   *
   * @param before lines with a smaller number only; {@link Long#MAX_VALUE} for the newest
   */
  public Uni<List<Recorded>> page(String riderId, long before, int limit) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select line_id, line_no, subject, kind, amount_fen, business_date,"
                            + " occurred_at, recorded_at, revision from earnings_line"
                            + " where rider_id = :rider and line_no < :before"
                            + " order by line_no desc",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("before", before)
                    .setMaxResults(limit)
                    .getResultList())
        .map(found -> found.stream().map(row -> read(riderId, row)).toList());
  }

  private static Recorded read(String riderId, Object[] row) {
    return new Recorded(
        (String) row[0],
        number(row[1]),
        new EarningsLine(
            riderId,
            (String) row[2],
            EarningsLine.Kind.valueOf((String) row[3]),
            Money.ofFen(number(row[4])),
            (LocalDate) row[5],
            Instants.of(row[6]),
            ((Number) row[8]).intValue()),
        Instants.of(row[7]));
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}
