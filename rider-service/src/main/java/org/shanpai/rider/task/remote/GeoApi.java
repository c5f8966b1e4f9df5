package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** geo-service, which knows ways and streets. Refusals come back as answers. */
@Path("/v1")
@RegisterRestClient(configKey = "geo")
interface GeoApi {

  @POST
  @Path("/positions")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> positions(@HeaderParam("Authorization") String bearer, byte[] pings);

  @GET
  @Path("/route")
  Uni<Response> route(
      @HeaderParam("Authorization") String bearer,
      @QueryParam("coordinateSystem") String system,
      @QueryParam("from") String from,
      @QueryParam("to") String to);

  @GET
  @Path("/streets")
  Uni<Response> streets(
      @HeaderParam("Authorization") String bearer,
      @QueryParam("coordinateSystem") String system,
      @QueryParam("south") String south,
      @QueryParam("west") String west,
      @QueryParam("north") String north,
      @QueryParam("east") String east,
      @QueryParam("limit") int limit);
}
