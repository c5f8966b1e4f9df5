package org.shanpai.order.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.Fault;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.orders.StatusTable;
import org.shanpai.order.orders.http.OrderExamples;
import org.shanpai.order.orders.http.OrderView;
import org.shanpai.order.sandbox.Pace;
import org.shanpai.order.sandbox.Play;
import org.shanpai.order.sandbox.PlayStep;
import org.shanpai.order.sandbox.Plays;
import org.shanpai.order.sandbox.SandboxPlayer;

/** Merchants look at the lives their sandbox orders can play, and bring one on by hand. */
@Path("/v1/sandbox")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sandbox", description = "Orders that play a life on demand; no rider comes")
public class SandboxResource {

  private final SandboxPlayer player;
  private final CurrentCaller caller;

  SandboxResource(SandboxPlayer player, CurrentCaller caller) {
    this.player = player;
    this.caller = caller;
  }

  /** One step of a play. */
  @Schema(name = "PlayStep")
  public record StepView(
      @Schema(description = "Seconds after the step before, at the pace REAL") long afterSeconds,
      OrderStatus status,
      String reason,
      Fault fault) {
    static StepView of(PlayStep step) {
      return new StepView(
          step.after().toSeconds(), StatusTable.of(step.status()), step.reason(), step.fault());
    }
  }

  /** A play and how it ends. */
  @Schema(name = "Play")
  public record PlayView(String play, String story, OrderStatus endsAs, List<StepView> steps) {
    static PlayView of(Play play) {
      return new PlayView(
          play.name(), play.story(), play.end(), play.steps().stream().map(StepView::of).toList());
    }
  }

  /** Every play. */
  @Schema(name = "PlayList")
  public record PlayList(List<PlayView> plays) {}

  /** How far an order's play has come. */
  @Schema(name = "PlayState")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StateView(
      String play,
      Pace pace,
      @Schema(description = "What comes next; missing when the play is over")
          OrderStatus nextStatus,
      @Schema(description = "City time; missing while nothing happens by itself") Instant dueAt,
      @Schema(description = "Where the made-up rider is now, WGS-84") GeoPoint riderPlace) {}

  /** To which status an order shall be brought. */
  @Schema(name = "AdvanceRequest")
  public record AdvanceBody(
      @NotNull @Schema(examples = "PICKED_UP") OrderStatus to,
      @Pattern(regexp = "[A-Z][A-Z0-9_]{0,63}")
          @Schema(description = "The play's reason when missing")
          String reason,
      @Schema(description = "The play's fault when missing") Fault fault) {}

  @GET
  @Path("plays")
  @Operation(
      summary = "Every life a sandbox order can play",
      description =
          "Name one in the body of a new order: {\"sandbox\": {\"play\": \"RETURNED\"}}. There is"
              + " one for every reason an order can go wrong.")
  @APIResponse(
      responseCode = "200",
      description = "The plays with their steps",
      content = @Content(schema = @Schema(implementation = PlayList.class)))
  public PlayList plays() {
    return new PlayList(Plays.all().stream().map(PlayView::of).toList());
  }

  @GET
  @Path("orders/{orderId}")
  @Operation(summary = "How far the play of one of your sandbox orders has come")
  @APIResponse(
      responseCode = "200",
      description = "The play",
      content = @Content(schema = @Schema(implementation = StateView.class)))
  @APIResponse(responseCode = "404", description = "You have no such sandbox order")
  public Uni<StateView> state(@PathParam("orderId") OrderId orderId) {
    return player
        .state(me(), orderId)
        .map(
            state ->
                new StateView(
                    state.play(),
                    state.pace(),
                    state.nextStatus(),
                    state.dueAt(),
                    state.riderPlace()));
  }

  @POST
  @Path("orders/{orderId}/advance")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Bring a sandbox order to a status by hand",
      description =
          "Every legal step can be taken, steps in between left out. A status that lies ahead in"
              + " the order's play comes with the play's reason and the play goes on from there;"
              + " any other ends the play. Asking twice is asking once.")
  @RequestBody(
      content =
          @Content(examples = @ExampleObject(name = "pick up", value = "{\"to\": \"PICKED_UP\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The order as it stands now",
      content =
          @Content(
              schema = @Schema(implementation = OrderView.class),
              examples = @ExampleObject(name = "order", value = OrderExamples.ORDER)))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "not-sandbox, order-ended, no-such-step")
  public Uni<OrderView> advance(
      @PathParam("orderId") OrderId orderId, @NotNull @Valid AdvanceBody body) {
    return player.advance(me(), orderId, body.to(), body.reason(), body.fault()).map(OrderView::of);
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
