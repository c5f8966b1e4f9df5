package org.shanpai.order.virtualnumber.rider;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.RiderId;
import org.shanpai.order.virtualnumber.RiderTelephones;
import org.shanpai.order.virtualnumber.VirtualNumberSettings;

/** {@link RiderTelephones} that asks rider-service each time: telephones are kept nowhere else. */
@ApplicationScoped
class RiderServiceTelephones implements RiderTelephones {

  private static final Logger LOG = Logger.getLogger(RiderServiceTelephones.class);
  private static final String AUDIENCE = "rider-service";
  private static final int NOT_FOUND = 404;
  private static final int RETRY_AFTER_SECONDS = 10;

  private final RiderClient riders;
  private final ServiceTokens tokens;
  private final VirtualNumberSettings settings;

  RiderServiceTelephones(
      @RestClient RiderClient riders, ServiceTokens tokens, VirtualNumberSettings settings) {
    this.riders = riders;
    this.tokens = tokens;
    this.settings = settings;
  }

  @Override
  public Uni<Optional<String>> of(RiderId rider) {
    return Uni.createFrom()
        .deferred(() -> riders.contact(rider.value(), tokens.bearer(AUDIENCE, null)))
        .ifNoItem()
        .after(settings.riderTimeout())
        .fail()
        .map(contact -> Optional.ofNullable(contact).map(RiderClient.Contact::phone))
        .onFailure(RiderServiceTelephones::unknown)
        .recoverWithItem(Optional.empty())
        .onFailure()
        .transform(RiderServiceTelephones::away);
  }

  private static boolean unknown(Throwable failure) {
    return failure instanceof WebApplicationException refused
        && refused.getResponse().getStatus() == NOT_FOUND;
  }

  private static Problem away(Throwable failure) {
    LOG.warnf("rider-service did not tell how a rider is reached: %s", failure.getClass());
    return Problem.unavailable(
        "The rider cannot be called right now; try again in a moment.", RETRY_AFTER_SECONDS);
  }
}
