package org.shanpai.rider.roster;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.messaging.Outbox;
import org.shanpai.messaging.Tx;

/** Who may ride: onboarding, changes, secrets. Each change tells the others in one transaction. */
@ApplicationScoped
public class Roster {

  /** A rider's score before anything was judged; also the level until the first day closes. */
  private static final int START_LEVEL_MP = 70_000;

  private static final String COLUMNS =
      "rider_id, city_id, version, label, name, phone, pool, capacity_units, equipment,"
          + " prior_orders, active, level_mp, secret_hash, started_on";

  private final Tx tx;
  private final Outbox outbox;
  private final City city;
  private final CityClock clock;

  public Roster(Tx tx, Outbox outbox, City city, CityClock clock) {
    this.tx = tx;
    this.outbox = outbox;
    this.city = city;
    this.clock = clock;
  }

  /** What writing a profile did. */
  public enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED
  }

  /**
   * @param secret for sign-in, told only this once; null unless the rider is new
   */
  public record Onboarded(String riderId, Outcome outcome, String secret) {}

  /** Writes the profile down; the same profile again changes nothing. */
  public Uni<Onboarded> put(String riderId, RiderProfile written, String operator) {
    RiderProfile profile = written.complete();
    return tx.write(
        () ->
            lock(riderId)
                .chain(
                    known -> {
                      if (known == null) {
                        return create(riderId, profile, operator);
                      }
                      if (known.profile().equals(profile)) {
                        return Uni.createFrom()
                            .item(new Onboarded(riderId, Outcome.UNCHANGED, null));
                      }
                      return change(known, profile, operator);
                    }));
  }

  private Uni<Onboarded> create(String riderId, RiderProfile profile, String operator) {
    String secret = Secrets.newSecret();
    Rider rider =
        new Rider(riderId, city.id().value(), 1, profile, START_LEVEL_MP, Secrets.hash(secret));
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider (rider_id, city_id, version, label, name, phone, pool,"
                            + " capacity_units, equipment, prior_orders, active, level_mp,"
                            + " secret_hash, created_at, started_on) values (:rider, :city, 1, :label, :name,"
                            + " :phone, :pool, :capacity, :equipment, :priorOrders, :active,"
                            + " :level, :hash, :at, cast(nullif(:started, '') as date)) on conflict (rider_id) do nothing")
                    .setParameter("rider", riderId)
                    .setParameter("city", rider.cityId())
                    .setParameter("label", profile.label())
                    .setParameter("name", profile.name())
                    .setParameter("phone", profile.phone())
                    .setParameter("pool", profile.pool().name())
                    .setParameter("capacity", profile.capacityUnits())
                    .setParameter("equipment", String.join(" ", profile.equipment()))
                    .setParameter("priorOrders", profile.priorOrders())
                    .setParameter("active", profile.active())
                    .setParameter("level", START_LEVEL_MP)
                    .setParameter("hash", rider.secretHash())
                    .setParameter("at", clock.now())
                    .setParameter("started", text(profile.startedOn()))
                    .executeUpdate())
        .chain(
            rows -> {
              if (rows == 0) {
                throw Problem.conflictRetry(
                    "in-progress", "This rider is being onboarded right now; try again.", 1);
              }
              return tell(rider, operator);
            })
        .replaceWith(new Onboarded(riderId, Outcome.CREATED, secret));
  }

  private Uni<Onboarded> change(Rider known, RiderProfile profile, String operator) {
    Rider changed =
        new Rider(
            known.riderId(),
            known.cityId(),
            known.version() + 1,
            profile,
            known.levelMilliPoints(),
            known.secretHash());
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider set version = :version, label = :label, name = :name,"
                            + " phone = :phone, pool = :pool, capacity_units = :capacity,"
                            + " equipment = :equipment, prior_orders = :priorOrders,"
                            + " active = :active,"
                            + " started_on = cast(nullif(:started, '') as date)"
                            + " where rider_id = :rider")
                    .setParameter("version", changed.version())
                    .setParameter("label", profile.label())
                    .setParameter("name", profile.name())
                    .setParameter("phone", profile.phone())
                    .setParameter("pool", profile.pool().name())
                    .setParameter("capacity", profile.capacityUnits())
                    .setParameter("equipment", String.join(" ", profile.equipment()))
                    .setParameter("priorOrders", profile.priorOrders())
                    .setParameter("active", profile.active())
                    .setParameter("started", text(profile.startedOn()))
                    .setParameter("rider", known.riderId())
                    .executeUpdate())
        .chain(() -> tell(changed, operator))
        .replaceWith(new Onboarded(known.riderId(), Outcome.CHANGED, null));
  }

  /**
   * Writes the level of today down and tells dispatch, in the caller's transaction; does nothing
   * when it is that level already.
   *
   * @param milliPoints yesterday's closing level score, 0–100,000
   */
  public Uni<Void> setLevel(String riderId, int milliPoints) {
    return lock(riderId)
        .chain(
            known -> {
              if (known == null || known.levelMilliPoints() == milliPoints) {
                return Uni.createFrom().voidItem();
              }
              Rider changed =
                  new Rider(
                      known.riderId(),
                      known.cityId(),
                      known.version() + 1,
                      known.profile(),
                      milliPoints,
                      known.secretHash());
              return tx.session()
                  .chain(
                      session ->
                          session
                              .createNativeQuery(
                                  "update rider set version = :version, level_mp = :level"
                                      + " where rider_id = :rider")
                              .setParameter("version", changed.version())
                              .setParameter("level", milliPoints)
                              .setParameter("rider", riderId)
                              .executeUpdate())
                  .chain(() -> tell(changed, null));
            });
  }

  private Uni<Void> tell(Rider rider, String operator) {
    return outbox.append(
        EventType.RIDER_STATE, rider.riderId(), rider.version(), rider.state(), operator);
  }

  /**
   * A new secret in place of the old one, for a phone that was lost.
   *
   * @throws Problem 404 when there is no such rider
   */
  public Uni<String> renewSecret(String riderId) {
    String secret = Secrets.newSecret();
    return tx.write(
        () ->
            tx.session()
                .chain(
                    session ->
                        session
                            .createNativeQuery(
                                "update rider set secret_hash = :hash where rider_id = :rider")
                            .setParameter("hash", Secrets.hash(secret))
                            .setParameter("rider", riderId)
                            .executeUpdate())
                .map(
                    rows -> {
                      if (rows == 0) {
                        throw Problem.notFound("rider " + riderId);
                      }
                      return secret;
                    }));
  }

  /**
   * @throws Problem 401, the same for an unknown rider, a closed account and a wrong secret
   */
  public Uni<Void> checkSecret(String riderId, String secret) {
    return tx.read(() -> select(riderId, ""))
        .map(
            rider -> {
              if (rider == null
                  || !Secrets.matches(secret, rider.secretHash())
                  || !rider.profile().active()) {
                throw Problem.unauthorized("The rider or the secret is wrong.");
              }
              return null;
            });
  }

  /** Whether the account is open; false for nobody's. Needs a transaction or read. */
  public Uni<Boolean> active(String riderId) {
    return select(riderId, "").map(rider -> rider != null && rider.profile().active());
  }

  /**
   * @throws Problem 404 when there is no such rider
   */
  public Uni<RiderProfile> getProfile(String riderId) {
    return tx.read(() -> select(riderId, ""))
        .onItem()
        .ifNull()
        .failWith(() -> Problem.notFound("rider " + riderId))
        .map(Rider::profile);
  }

  private Uni<Rider> lock(String riderId) {
    return select(riderId, " for update");
  }

  private Uni<Rider> select(String riderId, String suffix) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select " + COLUMNS + " from rider where rider_id = :rider" + suffix,
                        Object[].class)
                    .setParameter("rider", riderId)
                    .getResultList())
        .map((List<Object[]> rows) -> rows.isEmpty() ? null : read(rows.get(0)));
  }

  private static String text(LocalDate date) {
    return date == null ? "" : date.toString();
  }

  private static Rider read(Object[] row) {
    String equipment = (String) row[8];
    Set<String> pieces =
        equipment.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(equipment.split(" ")));
    return new Rider(
        (String) row[0],
        (String) row[1],
        ((Number) row[2]).longValue(),
        new RiderProfile(
            (String) row[3],
            (String) row[4],
            (String) row[5],
            Pool.valueOf((String) row[6]),
            ((Number) row[7]).intValue(),
            pieces,
            ((Number) row[9]).intValue(),
            (Boolean) row[10],
            row[13] == null ? null : LocalDate.parse(row[13].toString())),
        ((Number) row[11]).intValue(),
        (String) row[12]);
  }
}
