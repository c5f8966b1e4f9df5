package org.shanpai.order.intake.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Idempotency;
import org.shanpai.order.intake.Draft;
import org.shanpai.order.intake.Intake;
import org.shanpai.order.merchant.Onboarding;
import org.shanpai.order.orders.http.OrderExamples;
import org.shanpai.order.orders.http.OrderView;

/** Merchants hand orders in. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orders")
public class IntakeResource {

  /** Printable ASCII without spaces: what every client can repeat exactly. */
  private static final String LEGAL_KEY = "[!-~]{1," + Idempotency.LONGEST_KEY + "}";

  private final Intake intake;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  IntakeResource(Intake intake, Idempotency idempotency, CurrentCaller caller) {
    this.intake = intake;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @POST
  @Operation(
      summary = "Hand an order in",
      description =
          "Answered only after the order is stored for good. The same Idempotency-Key with the same"
              + " body repeats the first answer; with another body it is refused.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      required = true,
      description = "1-128 printable ASCII characters, new for each new order",
      schema = @Schema(type = SchemaType.STRING),
      example = "20261122-0017-a")
  @RequestBody(
      content = @Content(examples = @ExampleObject(name = "milk", value = OrderExamples.NEW_ORDER)))
  @APIResponse(
      responseCode = "201",
      description = "Taken in; it will not be lost",
      headers = @Header(name = "Location", description = "Where to read it"),
      content =
          @Content(
              schema = @Schema(implementation = OrderView.class),
              examples = @ExampleObject(name = "order", value = OrderExamples.ORDER)))
  @APIResponse(responseCode = "400", description = "Malformed; the problem names the field")
  @APIResponse(
      responseCode = "403",
      description = "You are no merchant; sandbox-only: these keys make no real orders")
  @APIResponse(responseCode = "404", description = "You have no such store")
  @APIResponse(
      responseCode = "409",
      description =
          "in-progress: the same key is under way, try again after Retry-After;"
              + " merchant-order-no-used: your own number exists already")
  @APIResponse(
      responseCode = "422",
      description =
          "store-closed, out-of-range, no-go-zone, no-way, too-much-for-one-rider, too-many-riders, needs-clash, promise-not-offered,"
              + " idempotency-key-reused; the problem names the field")
  @APIResponse(responseCode = "503", description = "red-alert: try again after Retry-After")
  public Uni<Response> create(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid OrderBody body) {
    if (key == null || !key.matches(LEGAL_KEY)) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to "
              + Idempotency.LONGEST_KEY
              + " printable ASCII characters.");
    }
    if (body.sandbox() == null && caller.claim(Onboarding.SANDBOX_CLAIM) != null) {
      throw new Problem(
          403,
          "sandbox-only",
          "sandbox",
          "These keys make sandbox orders only; say which life the order shall play.",
          0);
    }
    MerchantId merchant = new MerchantId(caller.subject());
    return intake
        .draft(merchant, body.request(), key)
        .chain(draft -> take(merchant, draft, key, body))
        .map(IntakeResource::response);
  }

  private Uni<Idempotency.Answer> take(
      MerchantId merchant, Draft draft, String key, OrderBody body) {
    return idempotency
        .once(
            merchant + "/orders",
            key,
            body,
            () ->
                intake
                    .take(draft)
                    .map(
                        order -> new Idempotency.Answer(201, OrderView.of(order, draft.further()))))
        .onFailure(failure -> failure == draft.refusal())
        .call(() -> intake.tellMissed(draft));
  }

  private static Response response(Idempotency.Answer answer) {
    String orderId =
        answer.body() instanceof OrderView view
            ? view.orderId().value()
            : ((JsonNode) answer.body()).path("orderId").asText();
    return Response.fromResponse(answer.toResponse())
        .location(URI.create("/v1/orders/" + orderId))
        .build();
  }
}
