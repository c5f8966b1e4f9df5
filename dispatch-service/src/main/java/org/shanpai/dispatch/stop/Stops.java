package org.shanpai.dispatch.stop;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.event.RouteStop;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.geo.Geo;
import org.shanpai.dispatch.job.Job;
import org.shanpai.dispatch.store.LearnedStore;
import org.shanpai.dispatch.work.Spread;

/**
 * What one wave plans its stops with: what was told, and where finished jobs taught better, that.
 *
 * @param seconds learned times of stops; where there is none, the settings' time stands
 */
public record Stops(
    DispatchSettings settings, Map<String, LearnedStore> stores, Map<Geo.StopAsked, Time> seconds) {

  /**
   * How long a stop takes.
   *
   * @param seconds to plan with, the median
   * @param p80Seconds four of five are done by then; not less
   */
  public record Time(int seconds, int p80Seconds) {}

  /** Where the goods are had: the learned point, unless it lies too far off to be one. */
  public GeoPoint pickup(Job job) {
    LearnedStore store = stores.get(job.storeId());
    return store != null
            && store.visits() > 0
            && store.pickup().metresTo(job.pickup()) <= settings.learnedPickupMetres()
        ? store.pickup()
        : job.pickup();
  }

  /**
   * When the goods are or will be ready: as told, but not before the kitchen's usual time unless
   * the kitchen has said more than at the beginning.
   */
  public Instant ready(Job job) {
    Instant told = job.readyOrExpected();
    LearnedStore store = stores.get(job.storeId());
    boolean saidMore =
        job.readyAt() != null || !Objects.equals(job.expectedReadyAt(), job.promisedReadyAt());
    if (saidMore || store == null || store.kitchens() < settings.learnedKitchens()) {
      return told;
    }
    Instant usual = job.dispatchedFrom().plusSeconds(store.kitchenSeconds());
    return usual.isAfter(told) ? usual : told;
  }

  /** Seconds at the counter once the goods are ready. */
  public int pickupSeconds(Job job) {
    Time learned = seconds.get(asked(job, RouteStop.Kind.PICKUP));
    return learned == null ? settings.pickupSeconds() : learned.seconds();
  }

  /** Seconds at the door. */
  public int dropoffSeconds(Job job) {
    Time learned = seconds.get(asked(job, RouteStop.Kind.DROPOFF));
    return learned == null ? settings.dropoffSeconds() : learned.seconds();
  }

  /** How uncertain a stop of the job is. */
  public Spread spread(Job job, RouteStop.Kind kind) {
    Time learned = seconds.get(asked(job, kind));
    return new Spread(
        learned == null ? null : learned.p80Seconds(),
        kind == RouteStop.Kind.PICKUP ? kitchenSpread(job) : 0);
  }

  /** Nothing, once the goods are known to be ready. */
  private int kitchenSpread(Job job) {
    LearnedStore store = stores.get(job.storeId());
    if (job.readyAt() != null) {
      return 0;
    }
    return store == null
            || store.kitchenP80Seconds() == null
            || store.kitchens() < settings.learnedKitchens()
        ? settings.kitchenSpreadSeconds()
        : Math.max(0, store.kitchenP80Seconds() - store.kitchenSeconds());
  }

  /** As geo-service is asked about a stop of the job; it knows stores by their told place. */
  static Geo.StopAsked asked(Job job, RouteStop.Kind kind) {
    return kind == RouteStop.Kind.PICKUP
        ? new Geo.StopAsked(kind, job.pickup(), job.storeId())
        : new Geo.StopAsked(kind, job.dropoff(), null);
  }
}
