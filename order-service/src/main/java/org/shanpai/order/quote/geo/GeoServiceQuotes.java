package org.shanpai.order.quote.geo;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.order.quote.DeliveryQuote;
import org.shanpai.order.quote.DeliveryQuotes;
import org.shanpai.order.quote.QuoteSettings;
import org.shanpai.order.quote.Rest;

/**
 * {@link DeliveryQuotes} that asks geo-service, both questions at once and for a short time only.
 */
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
    Uni<Optional<QuoteClient.Promise>> promise =
        part(
            geo.promise(
                new QuoteClient.Question(
                    question.storeId(),
                    question.door(),
                    question.areaId(),
                    question.readySeconds(),
                    question.at()),
                bearer));
    Uni<Optional<QuoteClient.Serves>> serves =
        part(
            geo.serves(
                question.storeId().value(), question.door().lat(), question.door().lon(), bearer));
    return Uni.combine().all().unis(promise, serves).with((told, served) -> combined(told, served));
  }

  private DeliveryQuote combined(
      Optional<QuoteClient.Promise> promise, Optional<QuoteClient.Serves> serves) {
    count(promise.isPresent() && serves.isPresent() ? "answered" : "unknown");
    DeliveryQuote.Refusal refusal =
        serves
            .filter(answer -> !answer.serves())
            .map(answer -> refusal(answer.reason()))
            .orElseGet(
                () ->
                    promise
                        .filter(answer -> !answer.reachable())
                        .map(answer -> DeliveryQuote.Refusal.NO_WAY)
                        .orElse(null));
    Integer floor = promise.map(QuoteClient.Promise::floorSeconds).orElse(null);
    boolean believable = floor != null && floor >= 0 && floor <= longestFloorSeconds;
    boolean drawn = serves.map(answer -> Boolean.TRUE.equals(answer.inRange())).orElse(false);
    return new DeliveryQuote(
        believable ? floor : null,
        drawn,
        refusal,
        promise.map(QuoteClient.Promise::metres).map(GeoServiceQuotes::told).orElse(null),
        promise.map(QuoteClient.Promise::travelSeconds).map(GeoServiceQuotes::told).orElse(null),
        promise.map(this::p80Seconds).orElse(null));
  }

  /** geo-service says -1 for what it cannot tell. */
  private static Integer told(int number) {
    return number < 0 ? null : Integer.valueOf(number);
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

  private <T> Uni<Optional<T>> part(Uni<T> asked) {
    return asked
        .ifNoItem()
        .after(timeout)
        .fail()
        .onItemOrFailure()
        .transform(
            (answer, failure) -> {
              if (failure == null) {
                rest.answered();
                return Optional.ofNullable(answer);
              }
              // Whoever refuses is there: a store geo-service has not heard of yet is no outage.
              if (failure instanceof WebApplicationException refused
                  && refused.getResponse().getStatus() < 500) {
                rest.answered();
              } else {
                rest.failed(wall.now());
              }
              LOG.debugf("geo-service did not quote: %s", failure);
              return Optional.empty();
            });
  }

  private void count(String outcome) {
    metrics.counter("shanpai.quotes", "outcome", outcome).increment();
  }
}
