package org.shanpai.rider.task.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.shanpai.contracts.GeoPoint;

/** dispatch-service, which owns jobs, offers and riders' work. Refusals come back as answers. */
@Path("/internal/v1")
@RegisterRestClient(configKey = "dispatch")
@Consumes(MediaType.APPLICATION_JSON)
interface DispatchApi {

  record Online(boolean online, GeoPoint place) {}

  record Accept(String riderId) {}

  record Decline(String riderId, String reason) {}

  record Step(String riderId, long epoch, String step, Instant at, String reason) {}

  record Grab(String riderId, long epoch) {}

  record Release(String riderId, long epoch, String reason) {}

  record HandOver(String jobId, long epoch, String toRiderId) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HandOverTaken(String code) {}

  record Report(String riderId, long epoch, String reason, Instant at, String evidence) {}

  @PUT
  @Path("/riders/{riderId}/online")
  Uni<Response> online(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("riderId") String riderId,
      Online body);

  @GET
  @Path("/riders/{riderId}/work")
  Uni<Response> work(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);

  @POST
  @Path("/offers/{offerId}/accept")
  Uni<Response> accept(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("offerId") String offerId,
      Accept body);

  @POST
  @Path("/offers/{offerId}/decline")
  Uni<Response> decline(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("offerId") String offerId,
      Decline body);

  @POST
  @Path("/jobs/{jobId}/steps")
  Uni<Response> step(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("jobId") String jobId,
      Step body);

  @POST
  @Path("/jobs/{jobId}/exceptions")
  Uni<Response> report(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("jobId") String jobId,
      Report body);

  @GET
  @Path("/riders/{riderId}/hall")
  Uni<Response> hall(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);

  @POST
  @Path("/jobs/{jobId}/grab")
  Uni<Response> grab(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("jobId") String jobId,
      Grab body);

  @POST
  @Path("/jobs/{jobId}/release")
  Uni<Response> release(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("jobId") String jobId,
      Release body);

  @GET
  @Path("/offers/{offerId}/why")
  Uni<Response> why(
      @HeaderParam("Authorization") String bearer, @PathParam("offerId") String offerId);

  @GET
  @Path("/riders/{riderId}/hand-overs")
  Uni<Response> handOvers(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);

  @POST
  @Path("/riders/{riderId}/hand-overs")
  Uni<Response> askHandOver(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("riderId") String riderId,
      HandOver body);

  @POST
  @Path("/riders/{riderId}/hand-overs/{handOverId}/accept")
  Uni<Response> acceptHandOver(
      @HeaderParam("Authorization") String bearer,
      @PathParam("riderId") String riderId,
      @PathParam("handOverId") String handOverId,
      HandOverTaken body);

  @POST
  @Path("/riders/{riderId}/hand-overs/{handOverId}/{answer}")
  Uni<Response> answerHandOver(
      @HeaderParam("Authorization") String bearer,
      @PathParam("riderId") String riderId,
      @PathParam("handOverId") String handOverId,
      @PathParam("answer") String answer);

  @GET
  @Path("/riders/{riderId}/fatigue")
  Uni<Response> fatigue(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);

  @POST
  @Path("/riders/{riderId}/fatigue/confirm")
  Uni<Response> confirmFatigue(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);

  @GET
  @Path("/riders/{riderId}/whereabouts")
  Uni<Response> whereabouts(
      @HeaderParam("Authorization") String bearer, @PathParam("riderId") String riderId);
}
