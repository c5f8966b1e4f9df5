package org.shanpai.dispatch.zone;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.ZoneState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.area.Alarm;
import org.shanpai.dispatch.assignment.Holding;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.job.Jobs;
import org.shanpai.dispatch.work.RiderWorks;
import org.shanpai.messaging.Event;
import org.shanpai.messaging.EventHandler;
import org.shanpai.messaging.PoisonException;
import org.shanpai.messaging.Tx;

/**
 * Takes zones from geo-service. A new no-go zone over the door of a job: goods aboard become an
 * exception, for somebody has to agree with the customer on another place; what is not picked up
 * goes back to dispatch, which finds no way and calls an operator. Neither is the rider's doing.
 */
@ApplicationScoped
class ZoneIntake implements EventHandler<ZoneState> {

  /** What a job is left with whose door no rider may reach. */
  static final String REASON = "NO_GO_ZONE";

  private static final Logger LOG = Logger.getLogger(ZoneIntake.class);

  private final NoGoZones zones;
  private final Jobs jobs;
  private final Holding holding;
  private final RiderWorks works;
  private final Alarm alarm;
  private final Tx tx;
  private final CityClock clock;

  ZoneIntake(
      NoGoZones zones,
      Jobs jobs,
      Holding holding,
      RiderWorks works,
      Alarm alarm,
      Tx tx,
      CityClock clock) {
    this.clock = clock;
    this.zones = zones;
    this.jobs = jobs;
    this.holding = holding;
    this.works = works;
    this.alarm = alarm;
    this.tx = tx;
  }

  @Override
  public EventType<ZoneState> type() {
    return EventType.ZONE_STATE;
  }

  @Override
  public Uni<Void> on(Event<ZoneState> event) {
    ZoneState zone = event.data();
    requireWhole(zone);
    tx.afterCommit(alarm::raiseEverywhere);
    Uni<Void> put = zones.put(zone);
    if (zone.kind() != ZoneState.Kind.NO_GO || zone.removed()) {
      return put;
    }
    NoGoMap here = new NoGoMap(NoGoZones.parts(zone.polygons()));
    return put.chain(() -> jobs.heldWithin(south(here), west(here), north(here), east(here)))
        .chain(
            found -> {
              List<String> stranded =
                  found.stream().filter(job -> here.covers(job.dropoff())).map(Job::id).toList();
              if (!stranded.isEmpty()) {
                LOG.infof("zone %s closes the doors of %d jobs", zone.zoneId(), stranded.size());
              }
              return stranded.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : works.lockInOrder(riders(found, stranded)).chain(() -> strand(stranded));
            });
  }

  private static Set<String> riders(List<Job> found, List<String> stranded) {
    return found.stream()
        .filter(job -> stranded.contains(job.id()))
        .map(Job::riderId)
        .collect(Collectors.toSet());
  }

  private Uni<Void> strand(List<String> jobIds) {
    return Multi.createFrom()
        .iterable(jobIds)
        .onItem()
        .transformToUniAndConcatenate(this::strand)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> strand(String jobId) {
    return holding
        .lock(jobId)
        .chain(
            held -> {
              Job job = held.job();
              if (job.status() == JobStatus.PICKED_UP || job.status() == JobStatus.AT_CUSTOMER) {
                job.except(REASON, Fault.PLATFORM, clock.now());
                return jobs.publish(job).chain(() -> works.publish(held.work())).replaceWithVoid();
              }
              boolean inHand =
                  job.status() == JobStatus.ASSIGNED || job.status() == JobStatus.AT_STORE;
              return inHand
                  ? holding
                      .takeBack(held.work(), job, REASON, Fault.PLATFORM)
                      .chain(() -> works.publish(held.work()))
                      .replaceWithVoid()
                  : Uni.createFrom().voidItem();
            });
  }

  private static void requireWhole(ZoneState zone) {
    boolean bad =
        zone.zoneId() == null
            || zone.kind() == null
            || (!zone.removed() && (zone.polygons() == null || zone.polygons().isEmpty()));
    if (bad) {
      throw new PoisonException("zone.state.v1 needs zoneId, kind and polygons");
    }
    if (zone.polygons() != null) {
      for (ZoneState.Polygon polygon : zone.polygons()) {
        if (polygon.border() == null
            || polygon.border().corners() == null
            || polygon.border().corners().size() < 3) {
          throw new PoisonException("zone " + zone.zoneId() + " has a border without corners");
        }
      }
    }
  }

  private static double south(NoGoMap map) {
    return map.parts().stream().mapToDouble(NoGoMap.Part::south).min().orElse(90);
  }

  private static double west(NoGoMap map) {
    return map.parts().stream().mapToDouble(NoGoMap.Part::west).min().orElse(180);
  }

  private static double north(NoGoMap map) {
    return map.parts().stream().mapToDouble(NoGoMap.Part::north).max().orElse(-90);
  }

  private static double east(NoGoMap map) {
    return map.parts().stream().mapToDouble(NoGoMap.Part::east).max().orElse(-180);
  }
}
