package org.shanpai.order.quote.geo;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/** What geo-service tells of a delivery before it is promised. */
@RegisterRestClient(configKey = "geo")
@Path("/internal/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface QuoteClient {

  /** See geo-service. */
  record Question(
      StoreId storeId,
      GeoPoint pickup,
      GeoPoint dropoff,
      AreaId areaId,
      Integer preparationSeconds,
      Instant at) {}

  /** The part of the answer used here. */
  record Promise(
      Integer floorSeconds,
      boolean reachable,
      Integer metres,
      Integer travelSeconds,
      Integer plannedSeconds,
      Integer plannedP85Seconds,
      Zones zones) {}

  /**
   * Whether a store serves a place, and why not.
   *
   * @param inRange null when no range was drawn for the store
   */
  record Zones(boolean serves, String reason, Boolean inRange) {}

  @POST
  @Path("promise")
  Uni<Promise> promise(Question question, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
