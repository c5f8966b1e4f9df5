package org.shanpai.rider.device;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Tx;
import org.shanpai.rider.roster.Roster;
import org.shanpai.rider.stream.RiderStreams;

/**
 * Riders' sessions: a short-lived access token and a refresh token that is another one after each
 * use. All on wall time.
 *
 * <p>A refresh token that comes again after it was used is a sign that it was copied: the session
 * ends. The one before the last is taken for a minute more, for the answer may have been lost in a
 * tunnel.
 */
@ApplicationScoped
public class Sessions {

  private static final Duration LOST_ANSWER = Duration.ofMinutes(1);

  /** How long ended sessions are kept, for people who look into what happened. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final Tx tx;
  private final Roster roster;
  private final Devices devices;
  private final RiderStreams streams;
  private final TokenIssuer tokens;
  private final IdSource ids;
  private final WallClock wall;
  private final Duration life;
  private final Duration refreshLife;

  public Sessions(
      Tx tx,
      Roster roster,
      Devices devices,
      RiderStreams streams,
      TokenIssuer tokens,
      IdSource ids,
      WallClock wall,
      @ConfigProperty(name = "shanpai.rider.token-life") Duration life,
      @ConfigProperty(name = "shanpai.rider.refresh-life") Duration refreshLife) {
    this.tx = tx;
    this.roster = roster;
    this.devices = devices;
    this.streams = streams;
    this.tokens = tokens;
    this.ids = ids;
    this.wall = wall;
    this.life = life;
    this.refreshLife = refreshLife;
  }

  /**
   * What a phone holds while signed in.
   *
   * @param refreshToken good once; null in {@link #toString}'s eyes
   */
  public record Tokens(
      String accessToken,
      Duration life,
      String refreshToken,
      Duration refreshLife,
      String deviceId) {
    @Override
    public String toString() {
      return "Tokens[" + deviceId + "]";
    }
  }

  private record Row(
      String sessionId,
      String riderId,
      String deviceHash,
      String refreshHash,
      Instant formerUntil,
      Instant expiresAt,
      Instant endedAt) {}

  /** What a transaction came to that must be committed whether or not the phone is let in. */
  private record Verdict(Tokens tokens, Problem refusal) {

    Tokens orThrow() {
      if (refusal != null) {
        throw refusal;
      }
      return tokens;
    }
  }

  /**
   * Signs in with the secret. The account's first phone is bound; an earlier session ends.
   *
   * @param deviceName what people call the phone; null for none
   * @param deviceTime the phone's clock now; null when not told
   * @throws Problem 401 for a wrong rider or secret; 403 {@code other-device}
   */
  public Uni<Tokens> signIn(
      String riderId, String secret, String deviceKey, String deviceName, Instant deviceTime) {
    String hash = Devices.hash(deviceKey);
    return roster
        .checkSecret(riderId, secret)
        .chain(
            () ->
                tx.write(
                    () ->
                        devices
                            .bind(riderId, hash, deviceName)
                            .chain(
                                bound ->
                                    bound
                                        ? end(riderId, "SIGNED_IN_AGAIN")
                                            .chain(() -> noted(riderId, deviceTime))
                                            .chain(() -> begin(riderId, hash))
                                            .map(made -> new Verdict(made, null))
                                        : Uni.createFrom()
                                            .item(new Verdict(null, Devices.otherDevice())))))
        .map(Verdict::orThrow);
  }

  /**
   * Another access token, and another refresh token in place of this one.
   *
   * @throws Problem 401 when the token is not, or no longer, good; 403 {@code other-device}
   */
  public Uni<Tokens> refresh(String refreshToken, String deviceKey, Instant deviceTime) {
    String given = Secrets.hash(refreshToken);
    String device = Devices.hash(deviceKey);
    return tx.write(() -> lock(given).chain(row -> refresh(row, given, device, deviceTime)))
        .map(Verdict::orThrow);
  }

  private Uni<Verdict> refresh(Row row, String given, String device, Instant deviceTime) {
    Instant now = wall.now();
    if (row == null || row.endedAt() != null || !row.expiresAt().isAfter(now)) {
      return Uni.createFrom().item(new Verdict(null, over()));
    }
    if (!row.deviceHash().equals(device)) {
      return devices
          .refused(row.riderId(), device, "REFRESH")
          .replaceWith(new Verdict(null, Devices.otherDevice()));
    }
    boolean present = row.refreshHash().equals(given);
    if (!present && !row.formerUntil().isAfter(now)) {
      return end(row.riderId(), "REFRESH_REUSED").replaceWith(new Verdict(null, over()));
    }
    return roster
        .active(row.riderId())
        .chain(
            active ->
                active
                    ? noted(row.riderId(), deviceTime)
                        .chain(() -> rotate(row, now))
                        .map(made -> new Verdict(made, null))
                    : end(row.riderId(), "ACCOUNT_CLOSED").replaceWith(new Verdict(null, over())));
  }

  /** Ends the session of that refresh token; one that is unknown or over changes nothing. */
  public Uni<Void> signOut(String refreshToken) {
    return tx.write(
        () ->
            lock(Secrets.hash(refreshToken))
                .chain(
                    row ->
                        row == null || row.endedAt() != null
                            ? Uni.createFrom().voidItem()
                            : end(row.riderId(), "SIGNED_OUT")));
  }

  /**
   * Lets go of a rider's phone: its sessions end, its line is hung up, and the next phone that
   * signs in with the secret is bound. Access tokens already out live to their end, {@code
   * shanpai.rider.token-life} at most.
   *
   * @return whether a phone was bound
   * @throws Problem 404 when there is no such rider
   */
  public Uni<Boolean> releaseDevice(String riderId, String operator, String reason) {
    return roster
        .getProfile(riderId)
        .chain(
            known ->
                tx.write(
                    () ->
                        devices
                            .release(riderId, operator, reason)
                            .call(() -> end(riderId, "DEVICE_RELEASED"))
                            .invoke(() -> tx.afterCommit(() -> streams.hangUp(riderId)))));
  }

  private Uni<Void> noted(String riderId, Instant deviceTime) {
    return deviceTime == null
        ? Uni.createFrom().voidItem()
        : devices.noteOffset(riderId, wall.millis() - deviceTime.toEpochMilli());
  }

  private Uni<Tokens> begin(String riderId, String deviceHash) {
    String sessionId = ids.next("s");
    String refresh = Secrets.newSecret();
    Instant now = wall.now();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "insert into rider_session (session_id, rider_id, device_hash,"
                            + " refresh_hash, created_at, expires_at) values (:id, :rider,"
                            + " :device, :refresh, :now, :expires)")
                    .setParameter("id", sessionId)
                    .setParameter("rider", riderId)
                    .setParameter("device", deviceHash)
                    .setParameter("refresh", Secrets.hash(refresh))
                    .setParameter("now", now)
                    .setParameter("expires", now.plus(refreshLife))
                    .executeUpdate())
        .replaceWith(() -> tokens(riderId, sessionId, deviceHash, refresh));
  }

  private Uni<Tokens> rotate(Row row, Instant now) {
    String refresh = Secrets.newSecret();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_session set former_hash = refresh_hash,"
                            + " former_until = :until, refresh_hash = :refresh,"
                            + " expires_at = :expires where session_id = :id")
                    .setParameter("until", now.plus(LOST_ANSWER))
                    .setParameter("refresh", Secrets.hash(refresh))
                    .setParameter("expires", now.plus(refreshLife))
                    .setParameter("id", row.sessionId())
                    .executeUpdate())
        .replaceWith(() -> tokens(row.riderId(), row.sessionId(), row.deviceHash(), refresh));
  }

  private Tokens tokens(String riderId, String sessionId, String deviceHash, String refresh) {
    String deviceId = Devices.deviceId(deviceHash);
    return new Tokens(
        tokens.issue(riderId, Set.of(Roles.RIDER), life, Map.of("sid", sessionId, "dev", deviceId)),
        life,
        refresh,
        refreshLife,
        deviceId);
  }

  private Uni<Void> end(String riderId, String why) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update rider_session set ended_at = :now, ended_why = :why"
                            + " where rider_id = :rider and ended_at is null")
                    .setParameter("now", wall.now())
                    .setParameter("why", why)
                    .setParameter("rider", riderId)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private Uni<Row> lock(String refreshHash) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select session_id, rider_id, device_hash, refresh_hash, former_until,"
                            + " expires_at, ended_at from rider_session where refresh_hash = :hash"
                            + " or former_hash = :hash for update",
                        Object[].class)
                    .setParameter("hash", refreshHash)
                    .getSingleResultOrNull())
        .map(
            row ->
                row == null
                    ? null
                    : new Row(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        Instants.of(row[4]),
                        Instants.of(row[5]),
                        Instants.of(row[6])));
  }

  private static Problem over() {
    return Problem.unauthorized("The session is over; sign in again.");
  }

  @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    Instant oldest = wall.now().minus(KEPT);
    return tx.detached(
            () ->
                tx.write(
                    () ->
                        tx.session()
                            .chain(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "delete from rider_session where expires_at < :oldest"
                                                + " or ended_at < :oldest")
                                        .setParameter("oldest", oldest)
                                        .executeUpdate())))
        .replaceWithVoid();
  }
}
