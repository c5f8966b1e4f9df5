package org.shanpai.order.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.webhook.Deliveries.Claimed;
import org.shanpai.order.webhook.Deliveries.Outcome;
import org.shanpai.order.webhook.WebhookPost.Result;

/**
 * Sends what is queued, again and again until the receiver answers 2xx or the time is up.
 *
 * <ul>
 *   <li>A delivery belongs to whoever claimed it until it is settled or the claim runs out: several
 *       replicas work side by side, and a killed one loses nothing. A receiver may therefore see a
 *       notice twice, under the same {@code webhook-id}.
 *   <li>Of one order the next notice waits for the one before.
 *   <li>An endpoint that keeps failing is left alone for longer and longer; a slow one can hold
 *       only its own few places. Neither slows anybody else.
 *   <li>An endpoint from which nothing but failures came for the whole patience, or which says that
 *       it is gone, is switched off, and its merchant told.
 * </ul>
 *
 * Wall time throughout.
 */
@ApplicationScoped
public class WebhookSender {

  private static final Logger LOG = Logger.getLogger(WebhookSender.class);

  /** Failures in a row from which on the whole endpoint is paused, not only the delivery. */
  private static final int PATIENCE = 5;

  private static final Duration[] LAG_STEPS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Tx tx;
  private final Deliveries deliveries;
  private final WebhookPost post;
  private final ResultKeeping results;
  private final WebhookSettings settings;
  private final BackOff backOff;
  private final BackOff pauses;
  private final IdSource ids;
  private final WallClock wall;
  private final Timer lag;
  private final MeterRegistry metrics;

  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile boolean stopping;
  private volatile Deliveries.Backlog backlog = new Deliveries.Backlog(0, null);

  WebhookSender(
      Tx tx,
      Deliveries deliveries,
      WebhookPost post,
      ResultKeeping results,
      WebhookSettings settings,
      IdSource ids,
      WallClock wall,
      MeterRegistry metrics) {
    this.tx = tx;
    this.deliveries = deliveries;
    this.post = post;
    this.results = results;
    this.settings = settings;
    this.backOff = new BackOff(settings.firstRetry(), settings.longestRetry());
    this.pauses = new BackOff(settings.firstRetry(), LONGEST_PAUSE);
    this.ids = ids;
    this.wall = wall;
    this.metrics = metrics;
    this.lag =
        Timer.builder("shanpai.webhook.lag")
            .description("From a change of status to the receiver's 2xx")
            .serviceLevelObjectives(LAG_STEPS)
            .register(metrics);
    Gauge.builder("shanpai.webhook.pending", this, sender -> sender.backlog.pending())
        .description("Notices not delivered yet")
        .register(metrics);
    Gauge.builder("shanpai.webhook.oldest.seconds", this, WebhookSender::oldestSeconds)
        .description("Age of the oldest notice not delivered yet")
        .register(metrics);
  }

  /** Looks for due deliveries soon; cheap, and safe from any thread. */
  public void wake() {
    if (stopping) {
      return;
    }
    again.set(true);
    if (claiming.compareAndSet(false, true)) {
      claimAndSend()
          .subscribe()
          .with(
              done -> goOn(),
              failure -> {
                claiming.set(false);
                LOG.warnf(
                    "Due webhooks could not be claimed; the next poll tries again: %s", failure);
              });
    }
  }

  @Scheduled(
      every = "${shanpai.webhook.poll}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void poll() {
    wake();
  }

  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> measure() {
    return tx.detached(() -> tx.read(deliveries::backlog))
        .invoke(measured -> backlog = measured)
        .replaceWithVoid()
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("The webhook backlog could not be measured: %s", failure);
              return null;
            });
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  private void goOn() {
    claiming.set(false);
    if (again.get()) {
      wake();
    }
  }

  private Uni<Void> claimAndSend() {
    again.set(false);
    int room = settings.inFlight() - inFlight.get();
    if (room <= 0) {
      return Uni.createFrom().voidItem();
    }
    String claim = ids.next("claim");
    Instant now = wall.now();
    // Long enough for the slowest answer and for noting it.
    Instant until = now.plus(settings.timeout().multipliedBy(3));
    // Half are claimed at a time, while less than half are under way: never more than allowed.
    int share = Math.max(1, settings.inFlightPerMerchant() / 2);
    List<String> busy =
        underWay.entrySet().stream()
            .filter(entry -> entry.getValue() >= share)
            .map(Map.Entry::getKey)
            .toList();
    return tx.detached(() -> tx.write(() -> deliveries.claim(claim, busy, share, room, now, until)))
        .invoke(
            claimed -> {
              if (!claimed.isEmpty()) {
                again.set(true);
              }
              claimed.forEach(one -> send(one, claim));
            })
        .replaceWithVoid();
  }

  private void send(Claimed claimed, String claim) {
    String merchant = claimed.endpoint().merchantId();
    inFlight.incrementAndGet();
    underWay.merge(merchant, 1, Integer::sum);
    WebhookDelivery delivery = claimed.delivery();
    Instant start = wall.now();
    post.send(
            new WebhookPost.Message(
                delivery.deliveryId(),
                delivery.payload(),
                claimed.endpoint().url(),
                claimed.secrets()))
        .chain(result -> results.note(claim, outcome(claimed, result, start)))
        .onTermination()
        .invoke(
            () -> {
              inFlight.decrementAndGet();
              underWay.computeIfPresent(merchant, (key, count) -> count == 1 ? null : count - 1);
              // A place is free, and the order's next notice may be due.
              wake();
            })
        .subscribe()
        .with(
            done -> {},
            failure ->
                LOG.warnf(
                    "Webhook %s was tried but the result not noted; its claim runs out: %s",
                    delivery.deliveryId(), failure));
  }

  /** What a result means for the delivery and its endpoint. */
  private Outcome outcome(Claimed claimed, Result result, Instant start) {
    WebhookDelivery delivery = claimed.delivery();
    Instant now = wall.now();
    Result.Answered answered = result instanceof Result.Answered answer ? answer : null;
    Integer status = answered == null ? null : answered.status();
    String text = answered == null ? null : answered.answer();
    if (answered != null && answered.good()) {
      count("delivered");
      lag.record(Duration.between(delivery.patienceFrom(), now));
      return new Outcome(
          claimed,
          DeliveryState.DELIVERED,
          new WebhookAttempt(0, start, result.millis(), status, null, text),
          null,
          false,
          null);
    }
    int failures = delivery.attempts() + 1;
    Duration pause = backOff.pause(failures, delivery.deliveryId());
    if (answered != null && answered.retryAfter() != null) {
      pause = longer(pause, shorter(answered.retryAfter(), settings.longestRetry()));
    }
    Instant next = now.plus(pause);
    boolean gone = answered != null && answered.gone();
    // What an endpoint that is gone did not take waits for the merchant.
    boolean giveUp = !gone && next.isAfter(delivery.patienceFrom().plus(settings.giveUpAfter()));
    count(giveUp ? "given-up" : "failed");
    String error =
        result instanceof Result.NoAnswer nothing ? nothing.error() : "answered " + status;
    return new Outcome(
        claimed,
        giveUp ? DeliveryState.FAILED : DeliveryState.PENDING,
        new WebhookAttempt(0, start, result.millis(), status, error, text),
        giveUp ? null : next,
        gone,
        pausedUntil(claimed.endpoint(), now));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Instant pausedUntil(WebhookEndpoint endpoint, Instant now) {
    int failures = endpoint.failuresInRow() + 1;
    return failures < PATIENCE
        ? null
        : now.plus(pauses.pause(failures - PATIENCE + 1, endpoint.merchantId()));
  }

  private void count(String outcome) {
    metrics.counter("shanpai.webhook.attempts", "outcome", outcome).increment();
  }

  private double oldestSeconds() {
    Instant oldest = backlog.oldest();
    return oldest == null ? 0 : Duration.between(oldest, wall.now()).toMillis() / 1000.0;
  }
}
