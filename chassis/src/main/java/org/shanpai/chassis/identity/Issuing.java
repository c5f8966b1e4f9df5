package org.shanpai.chassis.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.contracts.time.WallClock;

/** Makes this service's token issuer and everybody's token verifier. */
@ApplicationScoped
class Issuing {

  @Produces
  @Singleton
  TokenIssuer tokenIssuer(
      @ConfigProperty(name = "quarkus.application.name") String name,
      ShanpaiConfig config,
      WallClock wall) {
    return new TokenIssuer(name, config.keys().dir(), wall);
  }

  @Produces
  @Singleton
  TokenVerifier tokenVerifier(
      @ConfigProperty(name = "quarkus.application.name") String name,
      ShanpaiConfig config,
      WallClock wall) {
    return new TokenVerifier(name, config.keys().dir(), wall);
  }
}
