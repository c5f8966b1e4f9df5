package org.shanpai.order.store.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.ToldPlace;
import org.shanpai.order.PlainText;
import org.shanpai.order.store.Store;
import org.shanpai.order.store.StoreDetails;
import org.shanpai.order.store.StoreKeeping;

/** Merchants keep their stores. */
@Path("/v1/stores")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Stores", description = "Where goods are picked up, and how far they go")
public class StoreResource {

  private static final String EXAMPLE =
      "{\"name\": \"晨光便利 · 静安店\", \"coordinateSystem\": \"GCJ-02\","
          + " \"place\": {\"lat\": 31.2285, \"lon\": 121.4782},"
          + " \"rangeMetres\": 3000, \"preparationSeconds\": 600, \"open\": true}";

  private final StoreKeeping keeping;
  private final CurrentCaller caller;

  StoreResource(StoreKeeping keeping, CurrentCaller caller) {
    this.keeping = keeping;
    this.caller = caller;
  }

  /** What a merchant says of a store. */
  @Schema(name = "StoreChange")
  public record StoreChange(
      @NotBlank @Size(max = 120) @PlainText String name,
      @NotNull(message = CoordinateSystem.MUST_BE_NAMED)
          @Schema(description = "The system of the place", required = true)
          CoordinateSystem coordinateSystem,
      @NotNull @Schema(description = "Degrees in the system named") ToldPlace place,
      @NotNull
          @Min(100)
          @Max(60_000)
          @Schema(description = "How far it delivers as the crow flies, metres")
          Integer rangeMetres,
      @NotNull
          @Min(0)
          @Max(10_800)
          @Schema(description = "How long its kitchen usually takes, seconds")
          Integer preparationSeconds,
      @NotNull @Schema(description = "Whether it takes orders now") Boolean open) {
    StoreDetails details() {
      return new StoreDetails(
          name.strip(), place.in(coordinateSystem), rangeMetres, preparationSeconds, open);
    }
  }

  /** A store. */
  @Schema(name = "Store")
  public record StoreAnswer(
      StoreId storeId,
      AreaId areaId,
      long version,
      String name,
      GeoPoint place,
      int rangeMetres,
      int preparationSeconds,
      boolean open) {
    static StoreAnswer of(Store store) {
      StoreDetails details = store.details();
      return new StoreAnswer(
          store.id(),
          store.areaId(),
          store.version(),
          details.name(),
          details.place(),
          details.rangeMetres(),
          details.preparationSeconds(),
          details.open());
    }
  }

  /** A page of stores; {@code nextCursor} is null on the last one. */
  @Schema(name = "StorePage")
  public record StorePage(List<StoreAnswer> stores, String nextCursor) {}

  @PUT
  @Path("{storeId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Create a store, or change it",
      description =
          "The place is told in the system named and answered in WGS-84. The area of dispatch"
              + " follows from it. Closing a store refuses new orders; those"
              + " under way go on.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "store", value = EXAMPLE)))
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              schema = @Schema(implementation = StoreAnswer.class),
              examples =
                  @ExampleObject(
                      name = "store",
                      value =
                          "{\"storeId\": \"s-jingan\", \"areaId\": \"a-jingan\", \"version\": 1,"
                              + " \"name\": \"晨光便利 · 静安店\","
                              + " \"place\": {\"lat\": 31.2304, \"lon\": 121.4737},"
                              + " \"rangeMetres\": 3000, \"preparationSeconds\": 600,"
                              + " \"open\": true}")))
  @APIResponse(responseCode = "200", description = "Changed, or nothing to change")
  @APIResponse(responseCode = "404", description = "The id is another merchant's")
  @APIResponse(responseCode = "422", description = "The place lies outside every area")
  @APIResponse(responseCode = "503", description = "The area cannot be looked up now; try again")
  public Uni<RestResponse<StoreAnswer>> put(
      @PathParam("storeId") StoreId storeId, @NotNull @Valid StoreChange change) {
    return keeping
        .keep(
            me(),
            storeId,
            change.details(),
            change.place().otherReadings(change.coordinateSystem()))
        .map(
            kept ->
                RestResponse.status(
                    kept.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                    StoreAnswer.of(kept.store())));
  }

  @GET
  @Path("{storeId}")
  @Operation(summary = "One of your stores")
  @APIResponse(
      responseCode = "200",
      description = "The store",
      content = @Content(schema = @Schema(implementation = StoreAnswer.class)))
  @APIResponse(responseCode = "404", description = "You have no such store")
  public Uni<StoreAnswer> get(@PathParam("storeId") StoreId storeId) {
    return keeping.get(me(), storeId).map(StoreAnswer::of);
  }

  @GET
  @Operation(summary = "Your stores by id, page by page")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content = @Content(schema = @Schema(implementation = StorePage.class)))
  public Uni<StorePage> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String cursor) {
    return keeping
        .list(me(), cursor == null ? null : new StoreId(cursor), limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<StoreAnswer> page = found.stream().limit(limit).map(StoreAnswer::of).toList();
              return new StorePage(page, more ? page.get(page.size() - 1).storeId().value() : null);
            });
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
