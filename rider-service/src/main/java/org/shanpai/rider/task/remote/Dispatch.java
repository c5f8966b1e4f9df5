package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.shanpai.chassis.identity.ServiceTokens;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.GeoPoint;

/**
 * Asks dispatch-service on behalf of one rider. Every answer is JSON {@code {job?, offer?, work}}.
 *
 * @see Problem refusals are dispatch's own; 503 when it does not answer
 */
@ApplicationScoped
public class Dispatch {

  private static final String NAME = "dispatch-service";

  private final DispatchApi api;
  private final ServiceTokens tokens;

  public Dispatch(@RestClient DispatchApi api, ServiceTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** Goes online or offline. */
  public Uni<String> online(String riderId, String key, boolean online, GeoPoint place) {
    return Answered.by(
        NAME, api.online(bearer(riderId), key, riderId, new DispatchApi.Online(online, place)));
  }

  /** What the rider has in hand now. */
  public Uni<String> work(String riderId) {
    return Answered.by(NAME, api.work(bearer(riderId), riderId));
  }

  public Uni<String> accept(String riderId, String key, String offerId) {
    return Answered.by(
        NAME, api.accept(bearer(riderId), key, offerId, new DispatchApi.Accept(riderId)));
  }

  /**
   * @param reason code, or null: declining needs none and costs nothing
   */
  public Uni<String> decline(String riderId, String key, String offerId, String reason) {
    return Answered.by(
        NAME, api.decline(bearer(riderId), key, offerId, new DispatchApi.Decline(riderId, reason)));
  }

  /**
   * @param epoch the job's fencing token
   * @param at city time on the phone; null for now. Never filled in here: the same request sent
   *     again must be the same
   */
  public Uni<String> step(
      String riderId,
      String key,
      String jobId,
      long epoch,
      String step,
      Instant at,
      String reason) {
    return Answered.by(
        NAME,
        api.step(
            bearer(riderId), key, jobId, new DispatchApi.Step(riderId, epoch, step, at, reason)));
  }

  /** The jobs the rider could grab now. */
  public Uni<String> hall(String riderId) {
    return Answered.by(NAME, api.hall(bearer(riderId), riderId));
  }

  /**
   * Takes a job from the hall.
   *
   * @param epoch of the job as the hall showed it
   */
  public Uni<String> grab(String riderId, String key, String jobId, long epoch) {
    return Answered.by(
        NAME, api.grab(bearer(riderId), key, jobId, new DispatchApi.Grab(riderId, epoch)));
  }

  /**
   * Reports what went wrong with a job in hand.
   *
   * @param at when it happened, city time on the phone; null for now
   * @param evidence what proves it, such as the id of a photo; null for none
   */
  public Uni<String> report(
      String riderId,
      String key,
      String jobId,
      long epoch,
      String reason,
      Instant at,
      String evidence) {
    return Answered.by(
        NAME,
        api.report(
            bearer(riderId),
            key,
            jobId,
            new DispatchApi.Report(riderId, epoch, reason, at, evidence)));
  }

  /** Gives the job back before pickup. */
  public Uni<String> release(String riderId, String key, String jobId, long epoch, String reason) {
    return Answered.by(
        NAME,
        api.release(bearer(riderId), key, jobId, new DispatchApi.Release(riderId, epoch, reason)));
  }

  /** The rider's offer and why it was made to them: JSON {@code {offer, why}}. */
  public Uni<String> why(String riderId, String offerId) {
    return Answered.by(NAME, api.why(bearer(riderId), offerId));
  }

  /** Open hand-overs the rider gives or is asked to take: JSON {@code {handOvers}}. */
  public Uni<String> handOvers(String riderId) {
    return Answered.by(NAME, api.handOvers(bearer(riderId), riderId));
  }

  /** Asks another rider to take a job: JSON of the hand-over. */
  public Uni<String> askHandOver(
      String riderId, String key, String jobId, long epoch, String toRiderId) {
    return Answered.by(
        NAME,
        api.askHandOver(
            bearer(riderId), key, riderId, new DispatchApi.HandOver(jobId, epoch, toRiderId)));
  }

  /**
   * Takes a job over: JSON {@code {handOver, job, work}}.
   *
   * @param code as scanned; null before the pickup
   */
  public Uni<String> acceptHandOver(String riderId, String handOverId, String code) {
    return Answered.by(
        NAME,
        api.acceptHandOver(
            bearer(riderId), riderId, handOverId, new DispatchApi.HandOverTaken(code)));
  }

  /** The one who is asked does not want it. */
  public Uni<String> declineHandOver(String riderId, String handOverId) {
    return Answered.by(NAME, api.answerHandOver(bearer(riderId), riderId, handOverId, "decline"));
  }

  /** The one who gives takes the question back. */
  public Uni<String> withdrawHandOver(String riderId, String handOverId) {
    return Answered.by(NAME, api.answerHandOver(bearer(riderId), riderId, handOverId, "withdraw"));
  }

  /** How long the rider has worked, and what comes next. */
  public Uni<String> fatigue(String riderId) {
    return Answered.by(NAME, api.fatigue(bearer(riderId), riderId));
  }

  /** The rider goes on after a long day's work. */
  public Uni<String> confirmFatigue(String riderId) {
    return Answered.by(NAME, api.confirmFatigue(bearer(riderId), riderId));
  }

  /** Where the rider was last for certain: JSON {@code {trustedPlace?, trustedAt?, jobs}}. */
  public Uni<String> whereabouts(String riderId) {
    return Answered.by(NAME, api.whereabouts(bearer(riderId), riderId));
  }

  private String bearer(String riderId) {
    return tokens.bearer(NAME, riderId);
  }
}
