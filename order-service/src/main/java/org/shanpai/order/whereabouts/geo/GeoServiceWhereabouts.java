package org.shanpai.order.whereabouts.geo;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.whereabouts.Whereabouts;

/** {@link Whereabouts} that asks geo-service, for a short time only. */
@ApplicationScoped
class GeoServiceWhereabouts implements Whereabouts {

  private static final Logger LOG = Logger.getLogger(GeoServiceWhereabouts.class);
  private static final String AUDIENCE = "geo-service";
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(3);

  private final EvidenceClient geo;
  private final ServiceTokens tokens;

  GeoServiceWhereabouts(@RestClient EvidenceClient geo, ServiceTokens tokens) {
    this.geo = geo;
    this.tokens = tokens;
  }

  @Override
  public Uni<Optional<Integer>> metresFromDoor(OrderId order, Instant at) {
    return known(geo.evidence(jobId(order), at.toString(), bearer()), SHORT)
        .map(
            told ->
                told.map(EvidenceClient.Evidence::times).stream()
                    .flatMap(List::stream)
                    .map(EvidenceClient.At::metresToDoor)
                    .filter(Objects::nonNull)
                    .map(metres -> (int) Math.round(metres))
                    .findFirst());
  }

  @Override
  public Uni<Optional<List<Reading>>> track(RiderId rider, Instant from, Instant to) {
    return known(geo.track(rider.value(), from.toString(), to.toString(), bearer()), LONG)
        .map(
            told ->
                told.map(
                    track ->
                        track.points().stream()
                            .map(
                                point ->
                                    new Reading(
                                        point.at(),
                                        point.place(),
                                        point.accuracyMetres(),
                                        point.trust()))
                            .toList()));
  }

  private static <T> Uni<Optional<T>> known(Uni<T> asked, Duration patience) {
    return asked
        .ifNoItem()
        .after(patience)
        .fail()
        .onItemOrFailure()
        .transform(
            (answer, failure) -> {
              if (failure != null) {
                LOG.debugf("geo-service does not tell where a rider was: %s", failure.getClass());
              }
              return Optional.ofNullable(answer);
            });
  }

  private String bearer() {
    return tokens.bearer(AUDIENCE, null);
  }

  private static String jobId(OrderId order) {
    return "j-" + order.value().substring(order.value().indexOf('-') + 1);
  }
}
