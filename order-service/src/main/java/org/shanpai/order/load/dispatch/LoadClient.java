package org.shanpai.order.load.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What dispatch-service tells of its areas. */
@RegisterRestClient(configKey = "dispatch")
@Path("/internal/v1/areas")
@Produces(MediaType.APPLICATION_JSON)
interface LoadClient {

  /** The part of the answer used here. */
  record Answer(Double load, Integer acceptP50Seconds, Integer acceptP80Seconds, Integer samples) {}

  @GET
  @Path("{areaId}/load")
  Uni<Answer> load(
      @PathParam("areaId") String areaId, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
