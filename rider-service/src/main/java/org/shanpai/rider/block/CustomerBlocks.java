package org.shanpai.rider.block;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.task.JobsInHand;
import org.shanpai.rider.work.RiderJobs.HeldJob;

/**
 * Customers whose orders riders do not want any more (拉黑顾客). A rider names a job of their own;
 * dispatch-service knows whose order it was and makes no offer of that customer's to the rider. It
 * costs nothing and nobody else is told.
 */
@ApplicationScoped
public class CustomerBlocks {

  private static final String COLUMNS =
      "block_id, rider_id, version, job_id, order_id, day, reason, set_at, until_at, lifted_at";

  private final Tx tx;
  private final JobsInHand jobs;
  private final Outbox outbox;
  private final IdSource ids;
  private final City city;
  private final CityClock clock;
  private final BlockSettings settings;

  public CustomerBlocks(
      Tx tx,
      JobsInHand jobs,
      Outbox outbox,
      IdSource ids,
      City city,
      CityClock clock,
      BlockSettings settings) {
    this.tx = tx;
    this.jobs = jobs;
    this.outbox = outbox;
    this.ids = ids;
    this.city = city;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Wants no more orders of that job's customer. While that stands, again changes no more than the
   * reason.
   *
   * @throws Problem 404 when the job is not the rider's; 409 {@code too-late}, {@code
   *     too-many-blocks}
   */
  public Uni<CustomerBlock> put(String riderId, String jobId, CustomerBlock.Reason reason) {
    Instant now = clock.now().truncatedTo(ChronoUnit.MICROS);
    return jobs.getHeld(riderId, jobId)
        .chain(
            job ->
                tx.write(
                    () ->
                        lock(riderId)
                            .chain(() -> find(riderId, jobId))
                            .chain(
                                before ->
                                    before != null && before.stands(now)
                                        ? reason(before, reason)
                                        : add(before, riderId, job, reason, now))));
  }

  private Uni<CustomerBlock> add(
      CustomerBlock before, String riderId, HeldJob job, CustomerBlock.Reason reason, Instant now) {
    if (job.changedAt().isBefore(now.minus(settings.within()))) {
      throw Problem.conflict(
          "too-late",
          "The customer of a job can be blocked until "
              + settings.within().toDays()
              + " days after it.");
    }
    return requireRoom(riderId, now)
        .chain(() -> write(before, riderId, job, reason, now))
        .chain(this::tell);
  }

  private Uni<Void> requireRoom(String riderId, Instant now) {
    return standing(riderId, now)
        .invoke(
            all -> {
              if (all.size() >= settings.most()) {
                throw Problem.conflict(
                    "too-many-blocks",
                    "You block " + all.size() + " customers already; lift one of them first.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<CustomerBlock> write(
      CustomerBlock before, String riderId, HeldJob job, CustomerBlock.Reason reason, Instant now) {
    CustomerBlock block =
        new CustomerBlock(
            before == null ? ids.next("rb") : before.blockId(),
            riderId,
            before == null ? 1 : before.version() + 1,
            job.jobId(),
            job.orderId(),
            city.businessDate(job.changedAt()),
            reason,
            now,
            now.plus(settings.lasts()),
            null);
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_block (block_id, rider_id, version, job_id, order_id,"
                            + " day, reason, set_at, until_at) values (:id, :rider, :version,"
                            + " :job, :order, :day, :reason, :at, :until)"
                            + " on conflict (rider_id, job_id) do update"
                            + " set version = excluded.version, reason = excluded.reason,"
                            + " set_at = excluded.set_at, until_at = excluded.until_at,"
                            + " lifted_at = null")
                    .setParameter("id", block.blockId())
                    .setParameter("rider", riderId)
                    .setParameter("version", block.version())
                    .setParameter("job", block.jobId())
                    .setParameter("order", block.orderId())
                    .setParameter("day", block.day())
                    .setParameter("reason", reason.name())
                    .setParameter("at", now)
                    .setParameter("until", block.until())
                    .executeUpdate())
        .replaceWith(block);
  }

  private Uni<CustomerBlock> reason(CustomerBlock block, CustomerBlock.Reason reason) {
    return block.reason() == reason
        ? Uni.createFrom().item(block)
        : tx.session()
            .chain(
                session ->
                    session
                        .createNativeQuery(
                            "update rider_block set reason = :reason where block_id = :id")
                        .setParameter("reason", reason.name())
                        .setParameter("id", block.blockId())
                        .executeUpdate())
            .chain(() -> find(block.riderId(), block.jobId()));
  }

  /**
   * Takes it back. Again changes nothing.
   *
   * @throws Problem 404 when the rider never blocked that job's customer
   */
  public Uni<Void> lift(String riderId, String jobId) {
    return tx.write(
        () ->
            lock(riderId)
                .chain(() -> find(riderId, jobId))
                .chain(
                    block -> {
                      if (block == null) {
                        throw Problem.notFound("block of job " + jobId);
                      }
                      return block.liftedAt() != null
                          ? Uni.createFrom().voidItem()
                          : lift(block).chain(() -> find(riderId, jobId)).chain(this::tell);
                    })
                .replaceWithVoid());
  }

  private Uni<Void> lift(CustomerBlock block) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_block set version = version + 1, lifted_at = :at"
                            + " where block_id = :id")
                    .setParameter("at", clock.now())
                    .setParameter("id", block.blockId())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** The rider's blocks that stand, the newest first. */
  public Uni<List<CustomerBlock>> list(String riderId) {
    return tx.read(() -> standing(riderId, clock.now()));
  }

  private Uni<List<CustomerBlock>> standing(String riderId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from rider_block where rider_id = :rider and lifted_at is null"
                            + " and until_at > :now order by set_at desc, block_id",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("now", now)
                    .getResultList())
        .map(rows -> rows.stream().map(CustomerBlocks::read).toList());
  }

  private Uni<CustomerBlock> find(String riderId, String jobId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select "
                            + COLUMNS
                            + " from rider_block where rider_id = :rider and job_id = :job",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .setParameter("job", jobId)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : read(row));
  }

  /** One change of a rider's blocks at a time: two at once must not both be the last allowed. */
  private Uni<Void> lock(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select rider_id from rider where rider_id = :rider for update",
                        String.class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> Problem.notFound("rider " + riderId))
        .replaceWithVoid();
  }

  private Uni<CustomerBlock> tell(CustomerBlock block) {
    return outbox
        .append(
            EventType.RIDER_BLOCK,
            block.blockId(),
            block.version(),
            block.state(city.id()),
            block.riderId())
        .replaceWith(block);
  }

  private static CustomerBlock read(Object[] row) {
    return new CustomerBlock(
        (String) row[0],
        (String) row[1],
        ((Number) row[2]).longValue(),
        (String) row[3],
        (String) row[4],
        (LocalDate) row[5],
        CustomerBlock.Reason.valueOf((String) row[6]),
        Instants.of(row[7]),
        Instants.of(row[8]),
        row[9] == null ? null : Instants.of(row[9]));
  }
}
