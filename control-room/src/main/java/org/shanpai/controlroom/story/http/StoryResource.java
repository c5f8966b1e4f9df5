package org.shanpai.controlroom.story.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.controlroom.story.RiderStory;
import org.shanpai.controlroom.story.StoreStory;
import org.shanpai.controlroom.story.Stories;
import org.shanpai.controlroom.story.Story;

/** The story of an order, a rider, a store. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "stories")
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
public class StoryResource {

  private final Stories stories;

  public StoryResource(Stories stories) {
    this.stories = stories;
  }

  @GET
  @Path("/orders/{orderId}/story")
  @Operation(
      summary = "One timeline from creation to proof",
      description =
          "Every event, the five legs, who waited for whom, the dispatch receipts with candidates"
              + " and costs by term, score entries and what operators did.")
  @APIResponse(
      responseCode = "200",
      description = "Its story",
      content = @Content(schema = @Schema(implementation = Story.class)))
  @APIResponse(responseCode = "404", description = "No such order")
  public Uni<Story> order(
      @Parameter(example = "o-01jd8m0000abcdefabcdefabcd") @PathParam("orderId") String orderId) {
    LogContext.order(orderId);
    return stories.order(orderId).onItem().ifNull().failWith(missing("order " + orderId));
  }

  @GET
  @Path("/riders/{riderId}")
  @Operation(summary = "A rider's day: work in hand, route, offers, score")
  @APIResponse(
      responseCode = "200",
      description = "Their day",
      content = @Content(schema = @Schema(implementation = RiderStory.class)))
  @APIResponse(responseCode = "404", description = "No such rider")
  public Uni<RiderStory> rider(@Parameter(example = "r-001") @PathParam("riderId") String riderId) {
    return stories
        .rider(legal("riderId", riderId))
        .onItem()
        .ifNull()
        .failWith(missing("rider " + riderId));
  }

  @GET
  @Path("/stores/{storeId}")
  @Operation(summary = "A store's day: jobs, and who waited for whom at its counter")
  @APIResponse(
      responseCode = "200",
      description = "Its day",
      content = @Content(schema = @Schema(implementation = StoreStory.class)))
  @APIResponse(responseCode = "404", description = "No such store")
  public Uni<StoreStory> store(@Parameter(example = "s-001") @PathParam("storeId") String storeId) {
    return stories
        .store(legal("storeId", storeId))
        .onItem()
        .ifNull()
        .failWith(missing("store " + storeId));
  }

  private static Supplier<Throwable> missing(String what) {
    return () -> Problem.notFound(what);
  }

  /** An id that cannot be one is answered as bad input, not as a failure. */
  private static String legal(String field, String id) {
    if (!id.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw Problem.badRequest(field, "An id is 1 to 64 characters of A-Za-z0-9._:-.");
    }
    return id;
  }
}
