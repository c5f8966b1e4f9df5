package org.shanpai.order.pricelock.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.shanpai.order.intake.Assessor;
import org.shanpai.order.intake.CategoryRules;
import org.shanpai.order.merchant.Onboarding;
import org.shanpai.order.pricelock.Quoting;

/** Merchants ask what a delivery would cost and when it would come. */
@Path("/v1/quotes")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quotes", description = "Price, promise and capacity before the order")
public class QuoteResource {

  private static final String LEGAL_KEY = "[!-~]{1," + Idempotency.LONGEST_KEY + "}";

  private final Quoting quoting;
  private final Assessor assessor;
  private final CategoryRules categories;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  QuoteResource(
      Quoting quoting,
      Assessor assessor,
      CategoryRules categories,
      Idempotency idempotency,
      CurrentCaller caller) {
    this.quoting = quoting;
    this.assessor = assessor;
    this.categories = categories;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for price, promise and capacity",
      description =
          "Price and promise are honoured until expiresAt for one order of the same store, door,"
              + " goods and window that names the quoteId. What cannot be served is an answer too:"
              + " available is false and reasons say why, in the codes an order would be refused"
              + " with. With an Idempotency-Key the same question repeats the quote given before.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      description = "Optional: 1-128 printable ASCII characters, new for each new quote",
      schema = @Schema(type = SchemaType.STRING),
      example = "quote-20261122-0017")
  @RequestBody(
      content =
          @Content(
              examples = {
                @ExampleObject(name = "items", value = QuoteExamples.BY_ITEMS),
                @ExampleObject(name = "goods", value = QuoteExamples.BY_GOODS)
              }))
  @APIResponse(
      responseCode = "201",
      description = "Available; price and promise are locked",
      headers = @Header(name = "Location", description = "Where to read it"),
      content =
          @Content(
              schema = @Schema(implementation = QuoteView.class),
              examples = @ExampleObject(name = "quote", value = QuoteExamples.QUOTE)))
  @APIResponse(
      responseCode = "200",
      description =
          "Not available; reasons of out-of-range, no-go-zone, no-way, store-closed, red-alert,"
              + " overloaded, too-much-for-one-rider, too-many-riders, needs-clash, promise-not-offered, window-not-offered,"
              + " carried-too-long",
      content =
          @Content(
              schema = @Schema(implementation = QuoteView.class),
              examples = @ExampleObject(name = "refused", value = QuoteExamples.REFUSED)))
  @APIResponse(responseCode = "400", description = "Malformed; the problem names the field")
  @APIResponse(responseCode = "404", description = "You have no such store")
  @APIResponse(responseCode = "409", description = "in-progress: the same key is under way")
  @APIResponse(
      responseCode = "422",
      description = "Neither or both of items and goods; idempotency-key-reused")
  public Uni<Response> ask(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid QuoteBody body) {
    if (key != null && !key.matches(LEGAL_KEY)) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "An Idempotency-Key has 1 to "
              + Idempotency.LONGEST_KEY
              + " printable ASCII characters.");
    }
    MerchantId merchant = me();
    return quoting
        .answer(merchant, body.ask(categories), body.divisible(), key)
        .chain(
            answer -> {
              Uni<Idempotency.Answer> kept =
                  key == null
                      ? kept(answer)
                      : idempotency.once(merchant + "/quotes", key, body, () -> kept(answer));
              return kept.onFailure(NotAvailable.class)
                  .recoverWithUni(
                      () -> missed(answer).replaceWith(new Idempotency.Answer(200, view(answer))));
            })
        .map(QuoteResource::response);
  }

  /** Whoever only rehearses misses nothing. */
  private Uni<Void> missed(Quoting.Answer answer) {
    return caller.claim(Onboarding.SANDBOX_CLAIM) == null
        ? quoting.tellMissed(answer)
        : Uni.createFrom().voidItem();
  }

  /** A refusal is kept under no key: whoever tries again later gets an answer of that time. */
  private static final class NotAvailable extends RuntimeException {
    NotAvailable() {
      super("not available", null, false, false);
    }
  }

  private Uni<Idempotency.Answer> kept(Quoting.Answer answer) {
    return answer.quote() == null
        ? Uni.createFrom().failure(NotAvailable::new)
        : quoting.keep(answer).replaceWith(new Idempotency.Answer(201, view(answer)));
  }

  private QuoteView view(Quoting.Answer answer) {
    return QuoteView.of(answer, assessor.detourFactor());
  }

  private static Response response(Idempotency.Answer answer) {
    if (answer.status() != 201) {
      return answer.toResponse();
    }
    String quoteId =
        answer.body() instanceof QuoteView view
            ? view.quoteId()
            : ((JsonNode) answer.body()).path("quoteId").asText();
    return Response.fromResponse(answer.toResponse())
        .location(URI.create("/v1/quotes/" + quoteId))
        .build();
  }

  @GET
  @Path("{quoteId}")
  @Operation(
      summary = "One of your quotes",
      description = "Kept for two days; without the acceptance, which was of the moment.")
  @APIResponse(
      responseCode = "200",
      description = "The quote; orderId when an order was made of it",
      content =
          @Content(
              schema = @Schema(implementation = QuoteView.class),
              examples = @ExampleObject(name = "quote", value = QuoteExamples.QUOTE)))
  @APIResponse(responseCode = "404", description = "You have no such quote")
  public Uni<QuoteView> get(
      @Parameter(example = "q-01jd0000000000000000000000")
          @PathParam("quoteId")
          @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}")
          String quoteId) {
    return quoting
        .get(me(), quoteId)
        .map(quote -> QuoteView.of(quote, quoting.releaseAt(quote), null, assessor.detourFactor()));
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
