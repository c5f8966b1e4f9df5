package org.shanpai.order.tracking.geo;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.JobId;

/** What geo-service tells of a delivery under way. */
@RegisterRestClient(configKey = "geo")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface WhereaboutsClient {

  /** The part of the answer used here. */
  record Position(GeoPoint place, Instant at) {}

  /** Whose window is asked. */
  record WindowQuestion(JobId jobId) {}

  /** The part of the answer used here. */
  record Window(Instant plannedAt, Instant earliestAt, Instant latestAt, Double coverage) {}

  /** One street. */
  record Line(String kind, double[] line) {}

  /** Streets of a box. */
  record Streets(List<Line> streets) {}

  @GET
  @Path("v1/riders/{riderId}/position")
  Uni<Position> position(
      @PathParam("riderId") String riderId, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);

  @POST
  @Path("internal/v1/eta")
  Uni<Window> window(
      WindowQuestion question, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);

  @GET
  @Path("v1/streets")
  Uni<Streets> streets(
      @QueryParam("coordinateSystem") String system,
      @QueryParam("south") double south,
      @QueryParam("west") double west,
      @QueryParam("north") double north,
      @QueryParam("east") double east,
      @QueryParam("limit") int limit,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
