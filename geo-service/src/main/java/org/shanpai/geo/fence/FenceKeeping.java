package org.shanpai.geo.fence;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.GeofenceEvent;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.fence.postgres.FenceTable;
import org.shanpai.geo.learning.Facts;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/**
 * Brings what this replica proved into the database, with its event in the same transaction, and
 * what other replicas took in from there. What cannot be written waits for the next round.
 */
@ApplicationScoped
public class FenceKeeping {

  private static final Logger LOG = Logger.getLogger(FenceKeeping.class);
  private static final int MOST_AT_ONCE = 200;
  private static final long NEVER = -1;

  private final Tx tx;
  private final FenceTable table;
  private final Fences fences;
  private final Facts facts;
  private final Outbox outbox;
  private final FenceSettings settings;
  private final City city;
  private final CityClock clock;
  private volatile long read = NEVER;
  private volatile boolean failing;

  public FenceKeeping(
      Tx tx,
      FenceTable table,
      Fences fences,
      Facts facts,
      Outbox outbox,
      FenceSettings settings,
      City city,
      CityClock clock) {
    this.tx = tx;
    this.table = table;
    this.fences = fences;
    this.facts = facts;
    this.outbox = outbox;
    this.settings = settings;
    this.city = city;
    this.clock = clock;
  }

  @Scheduled(
      every = "{shanpai.geo.fence.every:0.25s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> round() {
    return tx.detached(() -> read().chain(this::write))
        .invoke(() -> failing = false)
        .onFailure()
        .recoverWithItem(
            failure -> {
              if (!failing) {
                failing = true;
                LOG.warnf("What positions prove waits to be written: %s", failure);
              }
              return null;
            });
  }

  private Uni<Void> read() {
    return tx.read(
            () ->
                table
                    .oldestOpen()
                    .chain(
                        open ->
                            (read == NEVER
                                    ? table.live(clock.now().minus(settings.late()))
                                    : table.changedSince(read))
                                .invoke(
                                    jobs -> {
                                      jobs.forEach(fences::put);
                                      read = open;
                                    })))
        .replaceWithVoid();
  }

  private Uni<Void> write() {
    List<Fences.Proved> proofs = fences.waiting(MOST_AT_ONCE);
    List<RiderRow.Stand> stands = fences.stands();
    if (proofs.isEmpty() && stands.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(
            () -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (Fences.Proved proved : proofs) {
                all = all.chain(() -> keep(proved));
              }
              for (RiderRow.Stand stand : stands) {
                all =
                    all.chain(
                        () ->
                            facts.stood(
                                stand.job().jobId(),
                                stand.job().epoch(),
                                stand.job().storeId(),
                                stand.place(),
                                stand.readings()));
              }
              return all;
            })
        .invoke(() -> fences.written(new ArrayList<>(proofs)));
  }

  private Uni<Void> keep(Fences.Proved proved) {
    return table
        .add(proved.evidence())
        .chain(
            news ->
                news
                    ? publish(proved)
                        .chain(
                            () ->
                                facts.seen(
                                    proved.evidence().kind(),
                                    proved.job().storeId(),
                                    proved.job().dropoff(),
                                    proved.evidence().at()))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> publish(Fences.Proved proved) {
    FenceEvidence evidence = proved.evidence();
    return outbox.append(
        EventType.GEOFENCE_EVENT,
        evidence.jobId(),
        0,
        new GeofenceEvent(
            JobId.of(evidence.jobId()),
            RiderId.of(evidence.riderId()),
            city.id(),
            AreaId.of(proved.job().areaId()),
            StoreId.of(proved.job().storeId()),
            evidence.epoch(),
            evidence.kind(),
            evidence.at(),
            evidence.place(),
            evidence.metres(),
            evidence.readings(),
            evidence.trust(),
            evidence.learned()));
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    fences.sweep();
    return tx.detached(() -> tx.write(() -> table.deleteBefore(clock.now().minus(settings.keep()))))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("Old evidence stays until the next sweep: %s", failure);
              return null;
            });
  }
}
