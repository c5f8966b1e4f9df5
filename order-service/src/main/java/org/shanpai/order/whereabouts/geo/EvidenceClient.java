package org.shanpai.order.whereabouts.geo;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** What geo-service tells of where riders were. */
@RegisterRestClient(configKey = "geo")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
interface EvidenceClient {

  /** The part of the answer used here. */
  record Evidence(List<At> times) {}

  /** Where the rider was around a time; nulls where nobody knows. */
  record At(Instant at, Double metresToDoor) {}

  /** The part of the answer used here. */
  record Track(List<Point> points) {}

  /** A reading. */
  record Point(Instant at, GeoPoint place, double accuracyMetres, int trust) {}

  @GET
  @Path("jobs/{jobId}/evidence")
  Uni<Evidence> evidence(
      @PathParam("jobId") String jobId,
      @QueryParam("at") String at,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);

  @GET
  @Path("riders/{riderId}/track")
  Uni<Track> track(
      @PathParam("riderId") String riderId,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
