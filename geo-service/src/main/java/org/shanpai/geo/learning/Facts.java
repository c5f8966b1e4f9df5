package org.shanpai.geo.learning;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.GeofenceEvent.Kind;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.cell.Cells;
import org.shanpai.geo.learning.postgres.DueTable;
import org.shanpai.geo.learning.postgres.FactTable;

/** Takes facts in and says what must be learned anew for them; inside a transaction. */
@ApplicationScoped
public class Facts {

  /** H3 resolution of a building, about 50 m across. */
  public static final int BUILDING_RESOLUTION = 11;

  static final Duration HALF_HOUR = Duration.ofMinutes(30);

  // The city's medians move slowly and cost the most.
  private static final Duration CITY_REST = Duration.ofMinutes(1);

  private final FactTable facts;
  private final DueTable due;
  private final Cells cells;
  private final LearningSettings settings;
  private final CityClock clock;

  public Facts(
      FactTable facts, DueTable due, Cells cells, LearningSettings settings, CityClock clock) {
    this.facts = facts;
    this.due = due;
    this.cells = cells;
    this.settings = settings;
    this.clock = clock;
  }

  /** A finished stop; one that is known changes nothing. */
  public Uni<Void> stop(Stop stop) {
    return facts
        .add(stop, building(stop.place()))
        .chain(
            news ->
                news
                    ? mark(stop.kind(), stop.storeId(), stop.place(), stop.leftAt())
                    : Uni.createFrom().voidItem());
  }

  /** Positions proved an arrival; what was learned without it is learned anew. */
  public Uni<Void> seen(Kind kind, String storeId, GeoPoint dropoff, Instant at) {
    return mark(kind, storeId, dropoff, at);
  }

  /** Where a rider stood at a pickup. */
  public Uni<Void> stood(String jobId, long epoch, String storeId, GeoPoint place, int readings) {
    return facts
        .addStand(jobId, epoch, place, readings)
        .chain(() -> due.mark(Due.Kind.STORE, storeId, clock.now()));
  }

  private Uni<Void> mark(Kind kind, String storeId, GeoPoint place, Instant at) {
    Uni<Void> stop =
        kind == Kind.AT_STORE
            ? due.mark(Due.Kind.STORE, storeId, clock.now())
            : due.mark(Due.Kind.BUILDING, Long.toString(building(place)), clock.now());
    // A ride may have begun in the half hour before.
    return due.mark(Due.Kind.CITY, "0", clock.now().plus(CITY_REST))
        .chain(() -> legs(slot(at).minus(HALF_HOUR)))
        .chain(() -> legs(slot(at)))
        .chain(() -> stop);
  }

  private Uni<Void> legs(Instant slot) {
    Instant settled = slot.plus(HALF_HOUR).plus(settings.settle());
    Instant soon = clock.now();
    return due.mark(Due.Kind.LEGS, slot.toString(), settled.isAfter(soon) ? settled : soon);
  }

  long building(GeoPoint place) {
    return cells.of(place, BUILDING_RESOLUTION);
  }

  /** The start of the half hour. */
  static Instant slot(Instant at) {
    long seconds = HALF_HOUR.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }
}
