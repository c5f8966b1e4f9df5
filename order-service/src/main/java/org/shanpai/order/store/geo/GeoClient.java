package org.shanpai.order.store.geo;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.shanpai.contracts.AreaId;

/** The part of geo-service this service asks. */
@RegisterRestClient(configKey = "geo")
@Path("/internal/v1/areas")
@Produces(MediaType.APPLICATION_JSON)
interface GeoClient {

  /** Where a place lies. */
  record AreaAnswer(AreaId areaId) {}

  @GET
  @Path("at")
  Uni<AreaAnswer> areaAt(
      @QueryParam("lat") double lat,
      @QueryParam("lon") double lon,
      @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
