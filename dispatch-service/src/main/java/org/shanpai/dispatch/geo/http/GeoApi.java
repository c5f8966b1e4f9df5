package org.shanpai.dispatch.geo.http;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.shanpai.contracts.GeoPoint;

/** geo-service's API, as far as dispatch uses it. */
@Path("/")
@RegisterRestClient(configKey = "geo")
interface GeoApi {

  /**
   * @param ageSeconds city seconds since the ping
   * @param trust 0–100; null from a release that did not judge
   * @param batteryPercent null when the phone did not say
   */
  record RiderSeen(
      String riderId,
      GeoPoint place,
      Instant at,
      long ageSeconds,
      Integer trust,
      Integer batteryPercent) {}

  /** One stop asked about; {@code storeId} only for a pickup. */
  record Stop(String kind, GeoPoint place, String storeId) {}

  /** Stops of which the time they take is wanted. */
  record StopTimesRequest(List<Stop> stops) {}

  /** How long one stop takes. */
  record StopSeconds(int seconds, int p80Seconds, int samples) {}

  /** The answers, in the order asked. */
  record StopTimesAnswer(List<StopSeconds> stops) {}

  /** Places between which travel times are wanted. */
  record TravelRequest(String areaId, List<GeoPoint> origins, List<GeoPoint> destinations) {}

  @GET
  @Path("/internal/v1/areas/{areaId}/riders")
  @Produces(MediaType.APPLICATION_JSON)
  Uni<List<RiderSeen>> riders(
      @PathParam("areaId") String areaId,
      @QueryParam("withinMetres") int withinMetres,
      @HeaderParam("Authorization") String bearer);

  @GET
  @Path("/v1/riders/{riderId}/position")
  @Produces(MediaType.APPLICATION_JSON)
  Uni<RiderSeen> position(
      @PathParam("riderId") String riderId, @HeaderParam("Authorization") String bearer);

  @POST
  @Path("/internal/v1/stop-times")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  Uni<StopTimesAnswer> stopTimes(
      StopTimesRequest request, @HeaderParam("Authorization") String bearer);

  @POST
  @Path("/internal/v1/travel-times")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  Uni<byte[]> travelTimes(TravelRequest request, @HeaderParam("Authorization") String bearer);
}
