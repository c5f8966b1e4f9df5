package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;

/**
 * Asks geo-service on behalf of one rider, so that a phone needs one address only.
 *
 * @see Problem refusals are geo-service's own; 503 when it does not answer
 */
@ApplicationScoped
public class Geo {

  private static final String NAME = "geo-service";

  /** A phone draws so many and no more. */
  private static final int MOST_STREETS = 800;

  private final GeoApi api;
  private final ServiceTokens tokens;

  public Geo(@RestClient GeoApi api, ServiceTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /**
   * Hands readings on as they came; JSON {@code {accepted, rejected}}.
   *
   * @param bearer the rider's own: whose readings they are is geo-service's to see
   */
  public Uni<String> positions(String bearer, byte[] pings) {
    return Answered.by(NAME, api.positions(bearer, pings));
  }

  /** The way between two places {@code lat,lon}; JSON {@code {points, metres, seconds, …}}. */
  public Uni<String> route(String riderId, String system, String from, String to) {
    return Answered.by(NAME, api.route(tokens.bearer(NAME, riderId), system, from, to));
  }

  /** The streets of a box in degrees, main roads first; JSON {@code {streets, …}}. */
  public Uni<String> streets(
      String riderId, String system, String south, String west, String north, String east) {
    return Answered.by(
        NAME,
        api.streets(tokens.bearer(NAME, riderId), system, south, west, north, east, MOST_STREETS));
  }
}
