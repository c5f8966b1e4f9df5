package org.shanpai.messaging;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;

/** Operators look at parked messages, mend them and replay them. */
@Path("/v1/ops/parked")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "parked messages")
@RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
public class ParkedMessages {

  private static final int AT_MOST = 200;

  /** A message as it could be, for documents and tests. */
  public static final String ENVELOPE =
      "{\"id\":\"5d2e1e0e-0000-4000-8000-000000000000\",\"type\":\"weather.alert.v1\","
          + "\"cityId\":\"city-1\",\"key\":\"a-jingan\",\"version\":7,\"occurredAt\":\"2026-"
          + "11-22T03:30:00Z\",\"recordedAt\":\"2026-11-22T03:30:00Z\",\"actor\":\"u-1\",\"d"
          + "ata\":{\"areaId\":\"a-jingan\",\"cityId\":\"city-1\",\"version\":7,\"level\":\""
          + "NONE\",\"travelFactor\":1.0,\"promiseExtraSeconds\":0,\"from\":\"2026-11-22T03:"
          + "30:00Z\",\"setBy\":\"u-1\"}}";

  /** {@link #ENVELOPE} inside JSON. */
  private static final String EXAMPLE =
      "{\"payload\": \"{\\\"id\\\":\\\"5d2e1e0e-0000-4000-8000-000000000000\\\",\\\"ty"
          + "pe\\\":\\\"weather.alert.v1\\\",\\\"cityId\\\":\\\"city-1\\\",\\\"key\\\":\\\"a"
          + "-jingan\\\",\\\"version\\\":7,\\\"occurredAt\\\":\\\"2026-11-22T03:30:00Z\\\",\\\""
          + "recordedAt\\\":\\\"2026-11-22T03:30:00Z\\\",\\\"actor\\\":\\\"u-1\\\",\\\"data\\\""
          + ":{\\\"areaId\\\":\\\"a-jingan\\\",\\\"cityId\\\":\\\"city-1\\\",\\\"version\\\""
          + ":7,\\\"level\\\":\\\"NONE\\\",\\\"travelFactor\\\":1.0,\\\"promiseExtraSeconds\\\""
          + ":0,\\\"from\\\":\\\"2026-11-22T03:30:00Z\\\",\\\"setBy\\\":\\\"u-1\\\"}}\"}";

  /** The mended text of a message. */
  public record Mended(
      @NotBlank
          @Schema(
              description = "The whole envelope, as JSON text",
              examples = "{\"id\":\"5d2e1e0e-0000-4000-8000-000000000000\"}")
          String payload) {}

  /** How many messages of the aggregate were taken. */
  public record Replayed(@Schema(examples = "2") int taken) {}

  private final Tx tx;
  private final ParkingLot parkingLot;
  private final Inbox inbox;

  public ParkedMessages(Tx tx, ParkingLot parkingLot, Inbox inbox) {
    this.tx = tx;
    this.parkingLot = parkingLot;
    this.inbox = inbox;
  }

  @GET
  @Operation(summary = "The oldest messages that wait, at most 200")
  public Uni<List<ParkingLot.Parked>> list() {
    return tx.read(() -> parkingLot.list(AT_MOST));
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Mend a message; takes effect when it is replayed")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "weather", value = EXAMPLE)))
  @APIResponse(responseCode = "204", description = "Mended")
  @APIResponse(responseCode = "404", description = "No such message waits")
  public Uni<Void> mend(
      @PathParam("id") long id, @NotNull @jakarta.validation.Valid Mended mended) {
    return tx.write(() -> parkingLot.mend(id, mended.payload()));
  }

  @POST
  @Path("/{id}/replay")
  @Operation(
      summary = "Take the message and those parked behind it again, all or nothing",
      description = "Repeating it is harmless: what was taken is no longer parked (404).")
  @APIResponse(
      responseCode = "200",
      description = "Taken",
      content = @Content(schema = @Schema(implementation = Replayed.class)))
  @APIResponse(responseCode = "404", description = "No such message waits")
  @APIResponse(responseCode = "422", description = "still-poison: one of them cannot be taken yet")
  public Uni<Replayed> replay(@PathParam("id") long id) {
    return inbox.replay(id).map(Replayed::new);
  }
}
