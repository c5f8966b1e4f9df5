package org.shanpai.chassis.openapi;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.problem.Problem;

/**
 * Says, where {@code shanpai.probe.reached} is on and the mode is local, that a request got as far
 * as an endpoint's own code or the validation of what it takes. What was turned away before (no
 * such address or method, no right to it, a body or parameter that could not be read, a rate limit)
 * does not carry it, so that a test from outside can count honestly.
 */
@ApplicationScoped
public class ReachedHeader {

  public static final String NAME = "X-Shanpai-Reached";

  private final boolean on;

  public ReachedHeader(ShanpaiConfig config) {
    this.on = config.probe().reached() && config.mode() == ShanpaiConfig.Mode.LOCAL;
  }

  @ServerResponseFilter
  public void tell(
      ContainerResponseContext answer, SimpleResourceInfo resource, Throwable failure) {
    if (on && resource != null && resource.getResourceClass() != null && !turnedAway(failure)) {
      answer
          .getHeaders()
          .putSingle(
              NAME, resource.getResourceClass().getSimpleName() + "." + resource.getMethodName());
    }
  }

  static boolean turnedAway(Throwable failure) {
    return failure instanceof UnauthorizedException
        || failure instanceof ForbiddenException
        || failure instanceof AuthenticationFailedException
        || failure instanceof JacksonException
        || failure instanceof WebApplicationException
        || failure instanceof Problem problem && problem.slug().equals("rate-limited");
  }
}
