package org.shanpai.order.quote.geo;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.quote.DeliveryQuote;
import org.shanpai.order.quote.DeliveryQuotes;
import org.shanpai.order.quote.QuoteSettings;
import org.shanpai.order.quote.Rest;

/** {@link DeliveryQuotes} that asks geo-service, for a short time only. */
@ApplicationScoped
class GeoServiceQuotes implements DeliveryQuotes {

  private static final Logger LOG = Logger.getLogger(GeoServiceQuotes.class);
  private static final String AUDIENCE = "geo-service";

  // Quantiles of the normal distribution.
  private static final double Z80 = 0.8416;
  private static final double Z85 = 1.0364;

  private final QuoteClient geo;
  private final ServiceTokens tokens;
  private final WallClock wall;
  private final MeterRegistry metrics;
  private final Duration timeout;
  private final long longestFloorSeconds;
  private final Rest rest;

  GeoServiceQuotes(
      @RestClient QuoteClient geo,
      ServiceTokens tokens,
      WallClock wall,
      QuoteSettings settings,
      MeterRegistry metrics) {
    this.geo = geo;
    this.tokens = tokens;
    this.wall = wall;
    this.metrics = metrics;
    this.timeout = settings.timeout();
    this.longestFloorSeconds = settings.longestFloor().toSeconds();
    this.rest = new Rest(settings.failuresBeforeRest(), settings.rest());
  }

  @Override
  public Uni<DeliveryQuote> quote(Question question) {
    if (rest.resting(wall.now())) {
      count("skipped");
      return Uni.createFrom().item(DeliveryQuote.UNKNOWN);
    }
    String bearer = tokens.bearer(AUDIENCE, question.merchant().value());
    return geo.promise(
            new QuoteClient.Question(
                question.storeId(),
                question.pickup(),
                question.door(),
                question.areaId(),
                question.readySeconds(),
                question.at()),
            bearer)
        .ifNoItem()
        .after(timeout)
        .fail()
        .onItemOrFailure()
        .transform(this::heard);
  }

  private DeliveryQuote heard(QuoteClient.Promise promise, Throwable failure) {
    if (failure == null && promise != null) {
      rest.answered();
      count("answered");
      return told(promise);
    }
    // Whoever refuses is there: a store geo-service has not heard of yet is no outage.
    if (failure instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500) {
      rest.answered();
    } else {
      rest.failed(wall.now());
    }
    LOG.debugf("geo-service did not quote: %s", failure);
    count("unknown");
    return DeliveryQuote.UNKNOWN;
  }

  private DeliveryQuote told(QuoteClient.Promise promise) {
    QuoteClient.Zones zones = promise.zones();
    DeliveryQuote.Refusal refusal =
        zones != null && !zones.serves()
            ? refusal(zones.reason())
            : promise.reachable() ? null : DeliveryQuote.Refusal.NO_WAY;
    Integer floor = promise.floorSeconds();
    boolean believable = floor != null && floor >= 0 && floor <= longestFloorSeconds;
    return new DeliveryQuote(
        believable ? floor : null,
        zones != null && Boolean.TRUE.equals(zones.inRange()),
        refusal,
        told(promise.metres()),
        told(promise.travelSeconds()),
        p80Seconds(promise));
  }

  /** geo-service says -1 for what it cannot tell. */
  private static Integer told(Integer number) {
    return number == null || number < 0 ? null : number;
  }

  /** Between the median and the p85 as they lie on the normal distribution. */
  private Integer p80Seconds(QuoteClient.Promise promise) {
    if (promise.plannedSeconds() == null || promise.plannedP85Seconds() == null) {
      return null;
    }
    double spread = promise.plannedP85Seconds() - promise.plannedSeconds();
    double p80 = promise.plannedSeconds() + spread * Z80 / Z85;
    return promise.plannedSeconds() >= 0 && spread >= 0 && p80 <= longestFloorSeconds
        ? Integer.valueOf((int) Math.ceil(p80))
        : null;
  }

  private static DeliveryQuote.Refusal refusal(String reason) {
    return "NO_GO".equals(reason)
        ? DeliveryQuote.Refusal.NO_GO
        : DeliveryQuote.Refusal.OUTSIDE_DELIVERY_RANGE;
  }

  private void count(String outcome) {
    metrics.counter("shanpai.quotes", "outcome", outcome).increment();
  }
}
