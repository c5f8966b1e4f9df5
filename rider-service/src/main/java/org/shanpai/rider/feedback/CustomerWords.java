package org.shanpai.rider.feedback;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.contracts.event.FraudSignal;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.score.Ruling;
import org.shanpai.rider.score.Rulings;
import org.shanpai.rider.stream.RiderMessages;

/**
 * Takes what customers say. Ratings and praise reach the rider on a later day, shuffled; a low
 * rating by itself never costs anything; a complaint becomes a case. Praise that is certain to be
 * the customer's gains its points when it is shown.
 */
@ApplicationScoped
public class CustomerWords {

  private static final Logger LOG = Logger.getLogger(CustomerWords.class);
  private static final int BATCH = 200;
  private static final String MESSAGE = "feedback";

  private final Tx tx;
  private final FeedbackRows rows;
  private final Rulings rulings;
  private final RiderMessages messages;
  private final FeedbackTiming timing;
  private final CityClock clock;
  private final City city;

  CustomerWords(
      Tx tx,
      FeedbackRows rows,
      Rulings rulings,
      RiderMessages messages,
      FeedbackTiming timing,
      CityClock clock,
      City city) {
    this.tx = tx;
    this.rows = rows;
    this.rulings = rulings;
    this.messages = messages;
    this.timing = timing;
    this.clock = clock;
    this.city = city;
  }

  /** Joins the caller's transaction. Words about riders of elsewhere, or of nobody, are dropped. */
  public Uni<Void> heard(OrderFeedback word) {
    if (word.riderId() == null) {
      return Uni.createFrom().voidItem();
    }
    Said said =
        new Said(
            word.feedbackId(),
            word.revision(),
            word.riderId().value(),
            word.orderId().value(),
            word.kind(),
            word.stars(),
            word.tags() == null ? List.of() : word.tags().stream().sorted().toList(),
            word.verified(),
            word.at(),
            Said.shownAt(
                word.feedbackId(),
                word.at(),
                city,
                timing.showAfterDays(),
                timing.showFrom(),
                timing.showSpread()));
    return rows.keep(said)
        .chain(
            kept ->
                kept && said.kind() == Kind.COMPLAINT
                    ? rows.open(said.feedbackId(), said.riderId(), said.orderId(), clock.now())
                    : Uni.createFrom().voidItem());
  }

  /** Joins the caller's transaction. For people to read beside a complaint; it does nothing. */
  public Uni<Void> noticed(FraudSignal signal) {
    Uni<Void> all = Uni.createFrom().voidItem();
    if (signal.orderIds() == null) {
      return all;
    }
    for (var order : signal.orderIds()) {
      all = all.chain(() -> rows.note(signal, order.value()));
    }
    return all;
  }

  /**
   * What the rider may see, newest first.
   *
   * @param before only what was shown before
   */
  public Uni<List<Said>> shownTo(String riderId, Instant before, int most) {
    return tx.read(() -> rows.shownTo(riderId, before, most));
  }

  @Scheduled(
      every = "${shanpai.rider-feedback.show-every:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> show() {
    return tx.detached(() -> tx.write(() -> rows.due(clock.now(), BATCH).chain(this::showAll)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf(failure, "What customers said waits to be shown");
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> showAll(List<Said> due) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Said said : due) {
      all =
          all.chain(() -> rows.shown(said.feedbackId()))
              .chain(() -> messages.append(said.riderId(), MESSAGE, body(said)))
              .chain(() -> praised(said));
    }
    return all;
  }

  private static String body(Said said) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kind", said.kind());
    body.put("stars", said.stars());
    body.put("tags", said.tags());
    return Json.write(body);
  }

  private Uni<Void> praised(Said said) {
    if (said.kind() != Kind.PRAISE || !said.verified()) {
      return Uni.createFrom().voidItem();
    }
    return rulings
        .record(
            new Ruling(
                "sm2-" + said.feedbackId(),
                said.revision(),
                said.riderId(),
                "SM2",
                said.orderId(),
                said.orderId(),
                Ruling.Status.CONFIRMED,
                "rules",
                false,
                said.saidAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                null))
        .replaceWithVoid();
  }
}
