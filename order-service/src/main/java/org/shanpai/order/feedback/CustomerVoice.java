package org.shanpai.order.feedback;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.shanpai.chassis.City;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.OrderFeedback;
import org.shanpai.contracts.event.OrderFeedback.Kind;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;

/**
 * Takes what customers say: a rating, a praise and a complaint at most, each changeable for a
 * while. What they wrote stays here; the rest is published.
 */
@ApplicationScoped
public class CustomerVoice {

  /** Wrong delivery codes taken with feedback on one order. */
  static final int CODE_TRIES = 5;

  private static final Logger LOG = Logger.getLogger(CustomerVoice.class);

  /**
   * What a customer says now.
   *
   * @param code the delivery code, or null when they do not give it
   */
  public record Word(Kind kind, Integer stars, Set<FeedbackTag> tags, String words, String code) {

    @Override
    public String toString() {
      return "Word[" + kind + "]";
    }
  }

  private final Tx tx;
  private final Orders orders;
  private final Feedbacks feedbacks;
  private final Outbox outbox;
  private final City city;
  private final CityClock clock;
  private final WallClock wall;
  private final FeedbackSettings settings;

  CustomerVoice(
      Tx tx,
      Orders orders,
      Feedbacks feedbacks,
      Outbox outbox,
      City city,
      CityClock clock,
      WallClock wall,
      FeedbackSettings settings) {
    this.tx = tx;
    this.orders = orders;
    this.feedbacks = feedbacks;
    this.outbox = outbox;
    this.city = city;
    this.clock = clock;
    this.wall = wall;
    this.settings = settings;
  }

  /** What was taken, or how many tries of the code are left. */
  private record Outcome(Feedback taken, Integer triesLeft) {}

  /**
   * Takes a word, or replaces the one of its kind; the same again changes nothing.
   *
   * @throws Problem 409 {@code feedback-too-early}, {@code feedback-closed}, {@code wrong-code};
   *     422 on {@code stars} or {@code tags}; 429 {@code too-many-tries}
   */
  public Uni<Feedback> say(OrderId id, Word word) {
    check(word);
    return tx.write(
            () ->
                orders
                    .lock(id)
                    .map(found -> found.orElseThrow(() -> Problem.notFound("order " + id)))
                    .chain(order -> take(order, word)))
        // Thrown after the commit: a counted try must not be rolled back with the refusal.
        .map(CustomerVoice::taken);
  }

  private static Feedback taken(Outcome outcome) {
    if (outcome.taken() != null) {
      return outcome.taken();
    }
    if (outcome.triesLeft() <= 0) {
      throw Problem.tooMany(
          "too-many-tries",
          "Too many wrong delivery codes; leave the code out and it is taken without.",
          0);
    }
    throw Problem.conflict(
        "wrong-code",
        "code",
        "The delivery code is wrong; tries left: "
            + outcome.triesLeft()
            + ". Without a code it is taken as well.");
  }

  private static void check(Word word) {
    if ((word.kind() == Kind.RATING) != (word.stars() != null)) {
      throw Problem.unprocessable(
          "stars", "A rating has 1 to 5 stars; a praise and a complaint have none.");
    }
    word.tags().stream()
        .filter(tag -> !tag.fits(word.kind()))
        .findFirst()
        .ifPresent(
            tag -> {
              throw Problem.unprocessable("tags", tag + " does not fit a " + word.kind() + ".");
            });
    boolean empty = word.tags().isEmpty() && (word.words() == null || word.words().isBlank());
    if (empty && word.kind() != Kind.RATING) {
      throw Problem.unprocessable("words", "Tick something or say it in words.");
    }
  }

  private Uni<Outcome> take(Order order, Word word) {
    Instant now = clock.now();
    refuseAtTheWrongTime(order, word.kind(), now);
    return feedbacks
        .wrongCodes(order.id())
        .chain(
            wrong -> {
              if (word.code() == null) {
                return keep(order, word, false, now);
              }
              if (wrong >= CODE_TRIES) {
                return Uni.createFrom().item(new Outcome(null, 0));
              }
              if (knows(order, word.code())) {
                return keep(order, word, true, now);
              }
              return feedbacks
                  .countWrongCode(order.id())
                  .replaceWith(new Outcome(null, CODE_TRIES - wrong - 1));
            });
  }

  private Uni<Outcome> keep(Order order, Word word, boolean verified, Instant now) {
    return feedbacks
        .list(order.id())
        .chain(
            known -> {
              Optional<Feedback> earlier =
                  known.stream().filter(one -> one.kind() == word.kind()).findFirst();
              Feedback next =
                  new Feedback(
                      order.id(),
                      word.kind(),
                      earlier.map(Feedback::revision).orElse(0L) + 1,
                      word.stars(),
                      Set.copyOf(word.tags()),
                      word.words() == null || word.words().isBlank() ? null : word.words().strip(),
                      // Whoever knew the code once is the customer when they change their word.
                      verified || earlier.map(Feedback::verified).orElse(false),
                      now);
              if (earlier.filter(one -> same(one, next)).isPresent()) {
                return Uni.createFrom().item(new Outcome(earlier.get(), null));
              }
              return feedbacks
                  .put(next, wall.now())
                  .chain(() -> publish(order, next))
                  .replaceWith(new Outcome(next, null));
            });
  }

  private static boolean same(Feedback one, Feedback other) {
    return Objects.equals(one.stars(), other.stars())
        && one.tags().equals(other.tags())
        && Objects.equals(one.words(), other.words())
        && one.verified() == other.verified();
  }

  private Uni<Void> publish(Order order, Feedback said) {
    if (order.sandbox()) {
      return Uni.createFrom().voidItem();
    }
    String bare = order.id().value().replaceFirst("^o-", "");
    return outbox.append(
        EventType.ORDER_FEEDBACK,
        order.id().value(),
        0,
        new OrderFeedback(
            "fb-" + bare + "-" + said.kind().name().toLowerCase(java.util.Locale.ROOT),
            said.revision(),
            city.id(),
            order.id(),
            new JobId("j-" + bare),
            order.merchantId(),
            order.riderId(),
            said.kind(),
            said.stars(),
            said.tags().stream().map(FeedbackTag::name).collect(Collectors.toSet()),
            said.verified(),
            said.at()));
  }

  private void refuseAtTheWrongTime(Order order, Kind kind, Instant now) {
    if (!mayBegin(order.status(), kind, now.isAfter(order.promise().end()))) {
      throw Problem.conflict(
          "feedback-too-early",
          kind == Kind.COMPLAINT
              ? "Complain once the order has ended or the promised time is over."
              : "Say it once the order is delivered.");
    }
    if (!open(order, now)) {
      throw Problem.conflict("feedback-closed", "The time to say something is over.");
    }
  }

  /**
   * Whether a word of that kind may be said of an order that stands so.
   *
   * @param pastPromise whether the promised time is over
   */
  public static boolean mayBegin(OrderStatus status, Kind kind, boolean pastPromise) {
    return kind == Kind.COMPLAINT
        ? status.terminal() || status == OrderStatus.EXCEPTION || pastPromise
        : status == OrderStatus.DELIVERED;
  }

  /** Whether feedback on the order may still be given and changed. */
  public boolean open(Order order, Instant now) {
    return !order.status().terminal() || now.isBefore(closesAt(order));
  }

  /** From when on nothing is taken any more; null while the order goes on. */
  public Instant closesAt(Order order) {
    return order.status().terminal() ? order.statusAt().plus(settings.afterEnd()) : null;
  }

  private static boolean knows(Order order, String code) {
    return MessageDigest.isEqual(
        order.deliveryCode().digits().getBytes(StandardCharsets.UTF_8),
        code.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What the customer said of an order of the merchant's.
   *
   * @throws Problem 404
   */
  public Uni<List<Feedback>> heard(MerchantId merchant, OrderId id) {
    return tx.read(
        () ->
            orders
                .find(id)
                .invoke(
                    found -> {
                      if (found.filter(order -> order.merchantId().equals(merchant)).isEmpty()) {
                        throw Problem.notFound("order " + id);
                      }
                    })
                .chain(() -> feedbacks.list(id)));
  }

  @Scheduled(every = "1h", delayed = "2m")
  Uni<Void> forget() {
    return tx.detached(
            () -> tx.write(() -> feedbacks.eraseWords(wall.now().minus(settings.keepWords()))))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("What customers wrote stays until the next sweep: %s", failure.getClass());
              return Uni.createFrom().voidItem();
            });
  }
}
