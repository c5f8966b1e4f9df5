package org.shanpai.order.fraud.http;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.order.PlainText;
import org.shanpai.order.fraud.CaseFile;
import org.shanpai.order.fraud.OrderCase;
import org.shanpai.order.fraud.Signal;
import org.shanpai.order.fraud.Signals;
import org.shanpai.order.handover.Way;

/** The desk: signals for people to look at. */
@Path("/v1/fraud-signals")
@RolesAllowed({Roles.DISPATCHER, Roles.MANAGER})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Fraud signals", description = "Worth a look; nobody is punished by one")
public class SignalResource {

  private static final String SIGNAL =
      """
      {"signalId": "fs-7", "revision": 2, "kind": "NOT_RECEIVED_AGAIN",
       "orderIds": ["o-3", "o-2"], "merchantId": "m-1", "weight": 46,
       "evidence": ["claims=2/5", "cityRate=0.0030", "same=PHONE", "windowDays=28"],
       "at": "2026-11-22T05:00:00Z", "decisions": []}
      """;

  private final Signals signals;
  private final CaseFile cases;
  private final CurrentCaller caller;

  SignalResource(Signals signals, CaseFile cases, CurrentCaller caller) {
    this.signals = signals;
    this.cases = cases;
    this.caller = caller;
  }

  /** What a person made of a signal. */
  @Schema(name = "SignalDecision")
  public record DecisionView(
      @Schema(description = "What they saw") long revision,
      Signal.Outcome outcome,
      String reason,
      @Schema(description = "Who decided") String by,
      @Schema(description = "City time") Instant at) {
    static DecisionView of(Signal.Decision decision) {
      return new DecisionView(
          decision.revision(), decision.outcome(), decision.reason(), decision.by(), decision.at());
    }
  }

  /** A signal; nothing personal is in it. */
  @Schema(name = "FraudSignalView")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignalView(
      String signalId,
      @Schema(description = "Rises with every order more that it rests on") long revision,
      FraudSignal.Kind kind,
      @Schema(description = "At most 20, the newest first") List<OrderId> orderIds,
      MerchantId merchantId,
      RiderId riderId,
      @Schema(
              description =
                  "-10 log10 of the chance that it happens so often at the city's rate, 1-100")
          int weight,
      List<String> evidence,
      @Schema(description = "City time of the revision") Instant at,
      @Schema(description = "The newest first") List<DecisionView> decisions) {
    static SignalView of(Signal signal) {
      FraudSignal told = signal.told();
      return new SignalView(
          told.signalId(),
          told.revision(),
          told.kind(),
          told.orderIds(),
          told.merchantId(),
          told.riderId(),
          told.weight(),
          told.evidence(),
          told.at(),
          signal.decisions().stream().map(DecisionView::of).toList());
    }
  }

  /** A page of signals, the newest first; {@code nextCursor} is missing on the last one. */
  @Schema(name = "FraudSignalPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignalPage(List<SignalView> signals, String nextCursor) {}

  /** Proof and claims of an order that a signal rests on. */
  @Schema(name = "FraudCase")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaseView(
      OrderId orderId,
      MerchantId merchantId,
      OrderStatus status,
      Instant statusAt,
      @Schema(description = "How it was handed over; missing when it was not") Way deliveredBy,
      int photos,
      @Schema(description = "Of the nearest photo; missing when nobody knows")
          Integer metresFromDoor,
      @Schema(description = "Calls made through lent numbers") int calls,
      List<ClaimResource.ClaimView> claims) {
    static CaseView of(OrderCase order) {
      return new CaseView(
          order.orderId(),
          order.merchantId(),
          order.status(),
          order.statusAt(),
          order.handovers().stream()
              .filter(handover -> handover.kind() == org.shanpai.order.handover.CodeKind.DELIVERY)
              .map(org.shanpai.order.handover.HandoverRecord::way)
              .findFirst()
              .orElse(null),
          order.photos().size(),
          order.photos().stream()
              .map(org.shanpai.order.proof.Photo::metresFromDoor)
              .filter(java.util.Objects::nonNull)
              .min(Integer::compare)
              .orElse(null),
          order.calls(),
          order.claims().stream().map(ClaimResource.ClaimView::of).toList());
    }
  }

  /** A signal with the history of its orders. */
  @Schema(name = "FraudSignalStory")
  public record Story(SignalView signal, List<CaseView> orders) {}

  /** What a person makes of a signal. */
  @Schema(name = "NewSignalDecision")
  public record DecisionBody(
      @NotNull @Min(1) @Schema(description = "The revision you saw", examples = "2") Long revision,
      @NotNull Signal.Outcome outcome,
      @NotBlank
          @Size(max = 500)
          @PlainText
          @Schema(examples = "Both deliveries have a photo at the door")
          String reason) {}

  @GET
  @Operation(summary = "Signals, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              schema = @Schema(implementation = SignalPage.class),
              examples = @ExampleObject(name = "page", value = "{\"signals\": [" + SIGNAL + "]}")))
  public Uni<SignalPage> list(
      @QueryParam("kind") FraudSignal.Kind kind,
      @QueryParam("since") @Schema(description = "City time") String since,
      @QueryParam("cursor") @Pattern(regexp = "[0-9]{1,18}") String cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    return signals
        .list(kind, instant(since), cursor == null ? null : Long.valueOf(cursor), limit)
        .map(
            found ->
                new SignalPage(
                    found.stream().map(SignalView::of).toList(),
                    found.size() < limit
                        ? null
                        : Long.toString(found.get(found.size() - 1).place())));
  }

  private static Instant instant(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return WireInstants.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw Problem.badRequest("since", "since must be a time such as 2026-11-22T04:00:05Z.");
    }
  }

  @GET
  @Path("{signalId}")
  @Operation(summary = "A signal with proof and claims of its orders")
  @APIResponse(
      responseCode = "200",
      description = "The signal",
      content =
          @Content(
              schema = @Schema(implementation = Story.class),
              examples =
                  @ExampleObject(
                      name = "story",
                      value =
                          "{\"signal\": "
                              + SIGNAL
                              + ", \"orders\": [{\"orderId\": \"o-3\", \"merchantId\": \"m-1\","
                              + " \"status\": \"DELIVERED\","
                              + " \"statusAt\": \"2026-11-22T04:21:10Z\","
                              + " \"deliveredBy\": \"CODE\", \"photos\": 0, \"calls\": 1,"
                              + " \"claims\": []}]}")))
  @APIResponse(responseCode = "404", description = "There is no such signal")
  public Uni<Story> get(@PathParam("signalId") String signalId) {
    return signals
        .get(signalId)
        .chain(
            signal ->
                cases
                    .of(signal.told().orderIds())
                    .map(
                        orders ->
                            new Story(
                                SignalView.of(signal),
                                orders.stream().map(CaseView::of).toList())));
  }

  @POST
  @Path("{signalId}/decision")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write down what you make of a signal; kept with your name")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "dismissed",
                      value =
                          "{\"revision\": 2, \"outcome\": \"DISMISSED\","
                              + " \"reason\": \"The building has two entrances\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The signal with your decision",
      content =
          @Content(
              schema = @Schema(implementation = SignalView.class),
              examples = @ExampleObject(name = "signal", value = SIGNAL)))
  @APIResponse(responseCode = "404", description = "There is no such signal")
  @APIResponse(
      responseCode = "409",
      description = "signal-changed: it rests on more by now, look again")
  public Uni<SignalView> decide(
      @PathParam("signalId") String signalId, @NotNull @Valid DecisionBody body) {
    return signals
        .decide(signalId, body.revision(), body.outcome(), body.reason().strip(), caller.subject())
        .map(SignalView::of);
  }
}
