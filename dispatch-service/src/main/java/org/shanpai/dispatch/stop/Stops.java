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

/**
 * What one wave plans its stops with: what was told, and where finished jobs taught better, that.
 *
 * @param seconds learned times of stops; where there is none, the settings' time stands
 */
public record Stops(
    DispatchSettings settings,
    Map<String, LearnedStore> stores,
    Map<Geo.StopAsked, Integer> seconds) {

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
    return seconds.getOrDefault(asked(job, RouteStop.Kind.PICKUP), settings.pickupSeconds());
  }

  /** Seconds at the door. */
  public int dropoffSeconds(Job job) {
    return seconds.getOrDefault(asked(job, RouteStop.Kind.DROPOFF), settings.dropoffSeconds());
  }

  /** As geo-service is asked about a stop of the job; it knows stores by their told place. */
  static Geo.StopAsked asked(Job job, RouteStop.Kind kind) {
    return kind == RouteStop.Kind.PICKUP
        ? new Geo.StopAsked(kind, job.pickup(), job.storeId())
        : new Geo.StopAsked(kind, job.dropoff(), null);
  }
}
