package org.shanpai.order.store.geo;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.store.AreaFinder;

/** {@link AreaFinder} that asks geo-service. */
@ApplicationScoped
class GeoServiceAreas implements AreaFinder {

  private static final Logger LOG = Logger.getLogger(GeoServiceAreas.class);
  private static final String AUDIENCE = "geo-service";
  private static final int RETRY_AFTER_SECONDS = 5;

  private final GeoClient geo;
  private final ServiceTokens tokens;

  GeoServiceAreas(@RestClient GeoClient geo, ServiceTokens tokens) {
    this.geo = geo;
    this.tokens = tokens;
  }

  @Override
  public Uni<Optional<AreaId>> areaAt(GeoPoint place, MerchantId actor) {
    return geo.areaAt(place.lat(), place.lon(), tokens.bearer(AUDIENCE, actor.value()))
        .map(answer -> Optional.of(answer.areaId()))
        .onFailure()
        .recoverWithUni(failure -> outside(failure));
  }

  private static Uni<Optional<AreaId>> outside(Throwable failure) {
    if (failure instanceof WebApplicationException answer
        && answer.getResponse().getStatus() == 404) {
      return Uni.createFrom().item(Optional.empty());
    }
    LOG.warnf("geo-service did not tell the area of a place: %s", failure);
    return Uni.createFrom()
        .failure(
            Problem.unavailable(
                "The area of the place cannot be looked up now; try again.", RETRY_AFTER_SECONDS));
  }
}
