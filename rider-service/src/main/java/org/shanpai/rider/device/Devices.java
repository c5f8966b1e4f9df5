package org.shanpai.rider.device;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;

/**
 * The one phone of each account (设备绑定). The first phone that signs in with the secret is bound;
 * another is refused until somebody responsible for the rider lets go of the first. Everything that
 * happens to a binding is written down for good.
 */
@ApplicationScoped
public class Devices {

  /** Characters of a device's name in answers and logs: enough to tell phones apart. */
  private static final int ID_CHARACTERS = 16;

  private static final int MOST_EVENTS = 100;

  private final Tx tx;
  private final CityClock clock;

  public Devices(Tx tx, CityClock clock) {
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * A bound phone.
   *
   * @param deviceId short, of the key's hash; tells phones apart, proves nothing
   * @param offsetMillis what its clock lacks to wall time, as last seen; null when never seen
   */
  public record Bound(
      String riderId,
      String hash,
      String deviceId,
      String name,
      Instant boundAt,
      Long offsetMillis) {}

  /**
   * What happened to a binding.
   *
   * @param kind {@code BOUND}, {@code REFUSED} or {@code RELEASED}
   * @param actor who did it: the rider or an operator
   * @param at city time
   */
  public record Event(String kind, String deviceId, String actor, String reason, Instant at) {}

  /** What is kept of a device's key. */
  public static String hash(String deviceKey) {
    return Secrets.hash("device\n" + deviceKey);
  }

  /** The short name of a phone. */
  public static String deviceId(String hash) {
    return "d-" + hash.substring(0, ID_CHARACTERS);
  }

  /** The rider's phone; null when none is bound. */
  public Uni<Bound> find(String riderId) {
    return tx.read(() -> select(riderId));
  }

  /**
   * Binds the phone if none is bound yet, in the present transaction.
   *
   * @return whether it is the account's phone; a refusal is written down, so the transaction must
   *     be committed all the same
   */
  Uni<Boolean> bind(String riderId, String hash, String name) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_device (rider_id, device_hash, name, bound_at)"
                            + " values (:rider, :hash, nullif(:name, ''), :at)"
                            + " on conflict (rider_id) do nothing")
                    .setParameter("rider", riderId)
                    .setParameter("hash", hash)
                    .setParameter("name", name == null ? "" : name)
                    .setParameter("at", clock.now())
                    .executeUpdate())
        .chain(
            rows ->
                rows == 1
                    ? log(riderId, "BOUND", hash, riderId, null).replaceWith(true)
                    : select(riderId)
                        .chain(
                            bound ->
                                bound.hash().equals(hash)
                                    ? Uni.createFrom().item(true)
                                    : log(riderId, "REFUSED", hash, riderId, "SIGN_IN")
                                        .replaceWith(false)));
  }

  /** Notes that a phone which is not the account's was turned away, in the present transaction. */
  Uni<Void> refused(String riderId, String hash, String why) {
    return log(riderId, "REFUSED", hash, riderId, why);
  }

  /** How the phone's clock differs from ours. Takes the newest look; says nothing to anybody. */
  public Uni<Void> noteOffset(String riderId, long offsetMillis) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_device set offset_millis = :offset where rider_id = :rider"
                            + " and offset_millis is distinct from :offset")
                    .setParameter("offset", offsetMillis)
                    .setParameter("rider", riderId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  /**
   * Lets go of the rider's phone, in the present transaction: the next one that signs in with the
   * secret is bound.
   *
   * @return whether one was bound
   */
  Uni<Boolean> release(String riderId, String operator, String reason) {
    return select(riderId)
        .chain(
            bound -> {
              if (bound == null) {
                return Uni.createFrom().item(false);
              }
              return tx.session()
                  .chain(
                      session ->
                          session
                              .createNativeQuery("delete from rider_device where rider_id = :rider")
                              .setParameter("rider", riderId)
                              .executeUpdate())
                  .chain(() -> log(riderId, "RELEASED", bound.hash(), operator, reason))
                  .replaceWith(true);
            });
  }

  /** What happened to the rider's bindings, newest first, the last hundred. */
  public Uni<List<Event>> events(String riderId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select kind, device_id, actor, reason, at from device_event"
                                    + " where rider_id = :rider order by event_no desc",
                                Object[].class)
                            .setParameter("rider", riderId)
                            .setMaxResults(MOST_EVENTS)
                            .getResultList())
                .map(
                    rows ->
                        rows.stream()
                            .map(
                                row ->
                                    new Event(
                                        (String) row[0],
                                        (String) row[1],
                                        (String) row[2],
                                        (String) row[3],
                                        Instants.of(row[4])))
                            .toList()));
  }

  /** Other accounts that the same phone is bound to: a hint for people, never a judgement. */
  public Uni<List<String>> sharedWith(String riderId) {
    return tx.read(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "select o.rider_id from rider_device d join rider_device o"
                                    + " on o.device_hash = d.device_hash and o.rider_id <>"
                                    + " d.rider_id where d.rider_id = :rider order by o.rider_id",
                                String.class)
                            .setParameter("rider", riderId)
                            .setMaxResults(MOST_EVENTS)
                            .getResultList()));
  }

  /** Whose account it is bound to nobody may be told: not even its name. */
  static Problem otherDevice() {
    return new Problem(
        403,
        "other-device",
        "deviceKey",
        "This account is bound to another phone. Ask your station manager to release it.",
        0);
  }

  private Uni<Void> log(String riderId, String kind, String hash, String actor, String reason) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into device_event (rider_id, kind, device_id, actor, reason, at)"
                            + " values (:rider, :kind, :device, :actor, nullif(:reason, ''), :at)")
                    .setParameter("rider", riderId)
                    .setParameter("kind", kind)
                    .setParameter("device", deviceId(hash))
                    .setParameter("actor", actor)
                    .setParameter("reason", reason == null ? "" : reason)
                    .setParameter("at", clock.now())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private Uni<Bound> select(String riderId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select device_hash, name, bound_at, offset_millis from rider_device"
                            + " where rider_id = :rider",
                        Object[].class)
                    .setParameter("rider", riderId)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new Bound(
                        riderId,
                        (String) row[0],
                        deviceId((String) row[0]),
                        (String) row[1],
                        Instants.of(row[2]),
                        row[3] == null ? null : ((Number) row[3]).longValue()));
  }
}
