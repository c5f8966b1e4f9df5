package org.shanpai.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.shanpai.chassis.LogContext;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.Topic;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;

/**
 * Takes events from Kafka so that duplicates and disorder do no harm.
 *
 * <ul>
 *   <li>The mark that an event was taken and its effect are one transaction; the offset is
 *       acknowledged after it.
 *   <li>States: newer replaces, older is dropped, nobody waits for a gap. Facts: once for each id.
 *   <li>Poison (not JSON, unregistered type, does not fit, from the future, refused by a handler)
 *       is parked with its aggregate; other aggregates go on.
 *   <li>A database outage is waited out, for ever.
 * </ul>
 */
@ApplicationScoped
public class Inbox {

  /** Clocks of machines differ; what is further ahead than this is not a clock that differs. */
  static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

  private static final Logger LOG = Logger.getLogger(Inbox.class);
  private static final int TRIES_BEFORE_PARKING = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Tx tx;
  private final ParkingLot parkingLot;
  private final CityClock cityClock;
  private final WallClock wall;
  private final Map<EventType<?>, List<EventHandler<?>>> handlers = new HashMap<>();
  private final Counter taken;
  private final Counter dropped;
  private final Counter skipped;

  public Inbox(
      Tx tx,
      ParkingLot parkingLot,
      CityClock cityClock,
      WallClock wall,
      @Any Instance<EventHandler<?>> beans,
      MeterRegistry metrics) {
    this.tx = tx;
    this.parkingLot = parkingLot;
    this.cityClock = cityClock;
    this.wall = wall;
    for (EventHandler<?> handler : beans) {
      handlers.computeIfAbsent(handler.type(), type -> new ArrayList<>()).add(handler);
    }
    this.taken = metrics.counter("shanpai.inbox.taken");
    this.dropped = metrics.counter("shanpai.inbox.dropped");
    this.skipped = metrics.counter("shanpai.inbox.skipped");
  }

  /** One poll of Kafka. Never fails: what cannot be taken is parked or waited for. */
  @Incoming("events")
  public Uni<Void> receive(ConsumerRecords<String, String> batch) {
    List<ConsumerRecord<String, String>> messages = new ArrayList<>(batch.count());
    batch.forEach(messages::add);
    return take(messages);
  }

  /** Takes the messages in order: in one transaction when all are well, else one by one. */
  Uni<Void> take(List<ConsumerRecord<String, String>> messages) {
    return own(() -> inOrder(messages))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.debugf(failure, "A batch of %d is taken one by one", messages.size());
              Uni<Void> oneByOne = Uni.createFrom().voidItem();
              for (ConsumerRecord<String, String> message : messages) {
                oneByOne = oneByOne.chain(() -> takeOne(message, 1, FIRST_PAUSE));
              }
              return oneByOne;
            });
  }

  private Uni<Void> own(Supplier<Uni<Void>> work) {
    return tx.detached(() -> tx.write(work));
  }

  private Uni<Void> takeOne(ConsumerRecord<String, String> message, int attempt, Duration pause) {
    return own(() -> inOrder(List.of(message)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              if (failure instanceof PoisonException || attempt >= TRIES_BEFORE_PARKING) {
                if (!Outages.passing(failure)) {
                  return own(() ->
                          parkingLot.park(message, typeOf(message), String.valueOf(failure)))
                      .onFailure()
                      .recoverWithUni(away -> later(message, 1, pause, away));
                }
              }
              return later(message, attempt + 1, pause, failure);
            });
  }

  private Uni<Void> later(
      ConsumerRecord<String, String> message, int attempt, Duration pause, Throwable failure) {
    LOG.warnf(
        "%s/%d/%d could not be taken yet (%s); trying again",
        message.topic(), message.partition(), message.offset(), failure);
    Duration next = pause.multipliedBy(2);
    int tries = Outages.passing(failure) ? 1 : attempt;
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(pause)
        .chain(
            () ->
                takeOne(message, tries, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next));
  }

  private Uni<Void> inOrder(List<ConsumerRecord<String, String>> messages) {
    Set<String> keys = messages.stream().map(ParkingLot::keyOf).collect(Collectors.toSet());
    return parkingLot
        .waiting(keys)
        .chain(
            waiting -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (ConsumerRecord<String, String> message : messages) {
                all = all.chain(() -> step(message, waiting));
              }
              return all;
            });
  }

  private Uni<Void> step(ConsumerRecord<String, String> message, Set<String> waiting) {
    String key = ParkingLot.keyOf(message);
    Event<?> event;
    try {
      event = Envelopes.read(message.value());
      refuseFuture(event);
    } catch (PoisonException poison) {
      waiting.add(key);
      return parkingLot.park(message, typeOf(message), poison.getMessage());
    }
    if (!handlers.containsKey(event.type())) {
      skipped.increment();
      return Uni.createFrom().voidItem();
    }
    if (waiting.contains(key)) {
      return parkingLot.park(
          message, event.type().text(), "waits behind a parked message of the same aggregate");
    }
    return once(event);
  }

  private void refuseFuture(Event<?> event) {
    if (event.occurredAt().isAfter(cityClock.now().plus(FUTURE_TOLERANCE))) {
      throw new PoisonException(
          "from the future: occurred at "
              + event.occurredAt()
              + ", but the city's clock reads "
              + cityClock.now());
    }
  }

  /** Runs the handlers if the event is news; in the present transaction. */
  private <T> Uni<Void> once(Event<T> event) {
    return markTaken(event)
        .chain(
            news -> {
              if (!news) {
                dropped.increment();
                return Uni.createFrom().voidItem();
              }
              taken.increment();
              Uni<Void> effects = Uni.createFrom().voidItem();
              for (EventHandler<?> handler : handlers.get(event.type())) {
                @SuppressWarnings("unchecked") // registered under its own type
                EventHandler<T> typed = (EventHandler<T>) handler;
                effects = effects.chain(() -> typed.on(event));
              }
              return effects.eventually(LogContext::clear);
            });
  }

  private Uni<Boolean> markTaken(Event<?> event) {
    return tx.session()
        .chain(
            session ->
                event.type().topic().kind() == Topic.Kind.STATE
                    ? session
                        .createNativeQuery(
                            "insert into inbox_version (type, key, version)"
                                + " values (:type, :key, :version)"
                                + " on conflict (type, key) do update"
                                + " set version = excluded.version"
                                + " where inbox_version.version < excluded.version")
                        .setParameter("type", event.type().text())
                        .setParameter("key", event.key())
                        .setParameter("version", event.version())
                        .executeUpdate()
                    : session
                        .createNativeQuery(
                            "insert into inbox_event (event_id, taken_at) values (:id, :at)"
                                + " on conflict do nothing")
                        .setParameter("id", event.id())
                        .setParameter("at", wall.now())
                        .executeUpdate())
        .map(rows -> rows > 0);
  }

  private static String typeOf(ConsumerRecord<String, String> message) {
    try {
      return Json.mapper().readTree(message.value()).path("type").asText("");
    } catch (Exception unreadable) {
      return "";
    }
  }

  /**
   * Takes again what is parked for the aggregate of this message, oldest first, all or nothing.
   *
   * @return how many were taken
   * @throws Problem 404 when nothing is parked there; 422 with the reason when one still fails
   */
  public Uni<Integer> replay(long id) {
    return tx.write(
        () ->
            parkingLot
                .aggregateOf(id)
                .chain(
                    parked -> {
                      if (parked.isEmpty()) {
                        throw Problem.notFound("parked message " + id);
                      }
                      Uni<Void> all = Uni.createFrom().voidItem();
                      for (ParkingLot.Parked message : parked) {
                        all = all.chain(() -> again(message));
                      }
                      return all.replaceWith(parked.size());
                    }));
  }

  private Uni<Void> again(ParkingLot.Parked message) {
    Event<?> event;
    try {
      event = Envelopes.read(message.payload());
      refuseFuture(event);
    } catch (PoisonException poison) {
      throw Problem.unprocessable(
          "still-poison", "payload", "Message " + message.id() + ": " + poison.getMessage() + ".");
    }
    Uni<Void> effect =
        handlers.containsKey(event.type()) ? once(event) : Uni.createFrom().voidItem();
    return effect
        .onFailure(failure -> !Outages.passing(failure) && !(failure instanceof Problem))
        .transform(
            failure ->
                Problem.unprocessable(
                    "still-poison",
                    "payload",
                    "Message " + message.id() + ": " + failure.getMessage() + "."))
        .chain(() -> parkingLot.markReplayed(message.id()));
  }
}
