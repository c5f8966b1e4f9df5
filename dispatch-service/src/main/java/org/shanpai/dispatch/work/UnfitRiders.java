package org.shanpai.dispatch.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.dispatch.DispatchSettings;
import org.shanpai.dispatch.geo.Geo;

/** Riders online whom their phones keep from offers; an operator may call them. */
@ApplicationScoped
public class UnfitRiders {

  /**
   * One of them.
   *
   * @param label what the control room shows; null when none was told
   * @param batteryPercent null when the phone does not say
   * @param trust of the last position; null when nobody judged it
   * @param lastTrustedPlace null when there never was one
   * @param lastTrustedAt city time; null as above
   * @param jobsInHand which stay, whatever the phone does
   */
  public record Unfit(
      RiderId riderId,
      String label,
      NoOffers reason,
      Integer batteryPercent,
      Integer trust,
      GeoPoint lastTrustedPlace,
      Instant lastTrustedAt,
      int jobsInHand) {}

  private final RiderWorks works;
  private final CityClock clock;
  private final Whereabouts.Rules rules;
  private final MultiGauge gauge;

  public UnfitRiders(
      RiderWorks works, CityClock clock, DispatchSettings settings, MeterRegistry metrics) {
    this.works = works;
    this.clock = clock;
    this.rules = Whereabouts.Rules.of(settings);
    this.gauge =
        MultiGauge.builder("shanpai.dispatch.riders.unfit")
            .description("Riders online whom their phones keep from offers")
            .register(metrics);
  }

  /** As of the last look at positions, in the order of their ids. Needs a transaction or read. */
  public Uni<List<Unfit>> all() {
    return works.online().map(this::unfit);
  }

  /** Counts them anew for the metrics. */
  void count(List<RiderWork> online) {
    List<Unfit> all = unfit(online);
    gauge.register(
        Arrays.stream(NoOffers.values())
            .map(
                reason ->
                    MultiGauge.Row.of(
                        Tags.of("reason", reason.name()),
                        all.stream().filter(one -> one.reason() == reason).count()))
            .toList(),
        true);
  }

  private List<Unfit> unfit(List<RiderWork> online) {
    Instant now = clock.now();
    List<Unfit> all = new ArrayList<>();
    for (RiderWork work : online) {
      Geo.Seen last = new Geo.Seen(work.riderId(), null, now, work.trust(), work.batteryPercent());
      NoOffers reason = Whereabouts.of(last, work, rules, now).noOffers();
      if (reason != null) {
        all.add(
            new Unfit(
                new RiderId(work.riderId()),
                work.label(),
                reason,
                work.batteryPercent(),
                work.trust(),
                work.trustedPlace(),
                work.trustedAt(),
                (int) work.route().stops().stream().map(PlannedStop::jobId).distinct().count()));
      }
    }
    return all;
  }
}
