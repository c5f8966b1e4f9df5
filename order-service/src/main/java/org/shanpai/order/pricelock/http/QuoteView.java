package org.shanpai.order.pricelock.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.StoreId;
import org.shanpai.contracts.TimeWindow;
import org.shanpai.order.intake.Conditions;
import org.shanpai.order.intake.Refusal;
import org.shanpai.order.load.AreaLoad;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.PromiseTier;
import org.shanpai.order.pricelock.PricedQuote;
import org.shanpai.order.pricelock.Quoting;

/** A quote as its merchant reads it, or why there is none. Fields that do not hold are left out. */
@Schema(name = "Quote")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuoteView(
    @Schema(description = "Send it with the order; missing when refused") String quoteId,
    @Schema(description = "false: see reasons") boolean available,
    StoreId storeId,
    @Schema(description = "What the delivery costs, fen") Long deliveryFeeFen,
    FeeParts feeParts,
    @Schema(description = "As the crow flies") Integer distanceMetres,
    @Schema(description = "By road; missing when nobody could tell") Integer roadMetres,
    @Schema(description = "What the fee's distance goes by") DistanceBasis distanceBasis,
    @Schema(description = "The factor, when the distance is ESTIMATED") Double detourFactor,
    PromiseTier promiseTier,
    @Schema(
            description =
                "From the order's creation to the end of its promise; of a pre-booked one the"
                    + " length of its window")
        Integer promiseSeconds,
    @Schema(description = "If ordered at createdAt; pre-booked: the window") TimeWindow promise,
    @Schema(description = "When a pre-booked order would go to dispatch; missing: at once")
        Instant releaseAt,
    @Schema(description = "Until a rider says yes, from the order or its release")
        Acceptance acceptance,
    @Schema(description = "Room the goods take, in units; a rider's box has 8") Integer loadUnits,
    @Schema(
            description =
                "Where the items take several riders (切箱): what each carries, the first the way's"
                    + " fee, each further one furtherLoadFen")
        List<LoadView> loads,
    @Schema(description = "City time, as all instants here") Instant createdAt,
    @Schema(description = "Price and promise are honoured until then") Instant expiresAt,
    @Schema(description = "The order made of it") OrderId orderId,
    @Schema(description = "Why it cannot be served") List<Reason> reasons) {

  /** What the distance that is paid for goes by. */
  public enum DistanceBasis {
    /** The way by road. */
    ROAD,
    /** As the crow flies, times a factor. */
    ESTIMATED
  }

  /** The last hour's experience in the area; null where there is none. */
  @Schema(name = "ExpectedAcceptance")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Acceptance(
      @Schema(description = "Every other is quicker", examples = "41") Integer p50Seconds,
      @Schema(description = "Four of five are quicker", examples = "95") Integer p80Seconds,
      @Schema(examples = "212") int samples) {
    static Acceptance of(AreaLoad load) {
      return new Acceptance(load.acceptP50Seconds(), load.acceptP80Seconds(), load.samples());
    }
  }

  /** What one of several riders carries. */
  @Schema(name = "QuotedLoad")
  public record LoadView(
      @Schema(examples = "7", description = "1-8") int loadUnits,
      @Schema(examples = "300") long deliveryFeeFen) {

    static List<LoadView> of(Conditions conditions) {
      Conditions.Further further = conditions.further();
      return further == null
          ? null
          : Stream.concat(
                  Stream.of(new LoadView(conditions.loadUnits(), conditions.fee().sumFen())),
                  further.loadUnits().stream().map(units -> new LoadView(units, further.fenEach())))
              .toList();
    }
  }

  /** Why a wish cannot be served; the code is the type of the problem an order would meet. */
  @Schema(name = "QuoteRefusal")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reason(
      @Schema(examples = "out-of-range") String code,
      String field,
      String detail,
      @Schema(description = "When asking again makes sense") Integer retryAfterSeconds,
      @Schema(description = "When a closed store opens next, city time") Instant opensAt) {
    static Reason of(Problem problem) {
      return new Reason(
          problem.slug(),
          problem.field(),
          problem.getMessage(),
          problem.retryAfterSeconds() == 0 ? null : Integer.valueOf(problem.retryAfterSeconds()),
          problem instanceof Refusal refusal ? refusal.opensAt() : null);
    }
  }

  static QuoteView of(Quoting.Answer answer, double detourFactor) {
    if (answer.quote() == null) {
      return refused(answer);
    }
    return of(
        answer.quote(),
        answer.releaseAt(),
        Acceptance.of(answer.assessment().load()),
        detourFactor);
  }

  private static QuoteView refused(Quoting.Answer answer) {
    return new QuoteView(
        null,
        false,
        answer.wish().store().id(),
        null,
        null,
        answer.wish().metres(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        answer.assessment().refusals().stream().map(Reason::of).toList());
  }

  static QuoteView of(
      PricedQuote quote, Instant releaseAt, Acceptance acceptance, double detourFactor) {
    Conditions conditions = quote.conditions();
    boolean road = conditions.roadMetres() != null;
    return new QuoteView(
        quote.quoteId(),
        true,
        quote.ask().storeId(),
        conditions.feeOfAll().sumFen(),
        conditions.feeOfAll(),
        conditions.crowMetres(),
        conditions.roadMetres(),
        road ? DistanceBasis.ROAD : DistanceBasis.ESTIMATED,
        road ? null : Double.valueOf(detourFactor),
        quote.ask().tier(),
        conditions.promiseSeconds(),
        conditions.promise(quote.createdAt()),
        releaseAt,
        acceptance,
        conditions.unitsOfAll(),
        LoadView.of(conditions),
        quote.createdAt(),
        quote.expiresAt(),
        quote.usedBy(),
        null);
  }
}
