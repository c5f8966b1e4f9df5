package org.shanpai.rider.message;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.shanpai.chassis.IdSource;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.stream.RiderMessages;

/** What people at the control room or a station tell riders: one, a station, a pool, or all. */
@ApplicationScoped
public class Telling {

  private static final Duration KEPT = Duration.ofDays(30);

  private final Tx tx;
  private final RiderMessages messages;
  private final IdSource ids;
  private final CityClock clock;

  public Telling(Tx tx, RiderMessages messages, IdSource ids, CityClock clock) {
    this.tx = tx;
    this.messages = messages;
    this.ids = ids;
    this.clock = clock;
  }

  /** Who is addressed. */
  public enum Audience {
    RIDER,
    STATION,
    POOL,
    ALL
  }

  /**
   * A message as it goes down the line.
   *
   * @param from the operator's name
   * @param sentAt city time
   */
  public record Message(
      String messageId, String from, String text, boolean urgent, Instant sentAt) {}

  /**
   * @param riders how many it went to
   */
  public record Told(String messageId, int riders) {}

  /**
   * Sends it to every open account addressed, online or not: who comes back within a day gets it.
   *
   * @param whom the rider, station or pool; ignored for all
   */
  public Uni<Told> tell(
      String operator, Audience audience, String whom, String text, boolean urgent) {
    Message message = new Message(ids.next("msg"), operator, text, urgent, clock.now());
    String name = audience == Audience.ALL ? "ALL" : audience + " " + whom;
    return tx.write(
        () ->
            messages
                .appendToMany(
                    riders(audience),
                    audience == Audience.ALL ? Map.of() : Map.of("whom", whom),
                    "message",
                    Json.write(message))
                .call(riders -> keep(message, name, riders))
                .map(riders -> new Told(message.messageId(), riders)));
  }

  private static String riders(Audience audience) {
    return "select r.rider_id from rider r where r.active"
        + switch (audience) {
          case ALL -> "";
          case RIDER -> " and r.rider_id = :whom";
          case POOL -> " and r.pool = :whom";
          case STATION ->
              " and exists (select 1 from station_rider s where s.rider_id = r.rider_id"
                  + " and s.station_id = :whom)";
        };
  }

  private Uni<Void> keep(Message message, String audience, int riders) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into told_message (message_id, sender, audience, text, urgent,"
                            + " riders, sent_at) values (:id, :sender, :audience, :text, :urgent,"
                            + " :riders, :at)")
                    .setParameter("id", message.messageId())
                    .setParameter("sender", message.from())
                    .setParameter("audience", audience)
                    .setParameter("text", message.text())
                    .setParameter("urgent", message.urgent())
                    .setParameter("riders", riders)
                    .setParameter("at", message.sentAt())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Whether the operator is one of the station's people. */
  public Uni<Boolean> leads(String operator, String stationId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select exists (select 1 from station_staff where station_id ="
                                    + " :station and operator = :operator)",
                                Boolean.class)
                            .setParameter("station", stationId)
                            .setParameter("operator", operator)
                            .getSingleResult()));
  }

  @Scheduled(every = "1h", delayed = "7m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant oldest = clock.now().minus(KEPT);
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "delete from told_message where sent_at < :oldest")
                                        .setParameter("oldest", oldest)
                                        .executeUpdate())))
        .replaceWithVoid();
  }
}
