package org.shanpai.rider.task.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.OfferId;
import org.shanpai.contracts.event.RiderWorkState;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Json;
import org.shanpai.rider.task.Action;
import org.shanpai.rider.task.ActionLog.Outcome;
import org.shanpai.rider.task.ActionQueue;
import org.shanpai.rider.task.Actions;
import org.shanpai.rider.task.PhoneTime;

/** What was done without a line: a phone's queue, handed in when it has one again. */
@Path("/v1/rider/actions")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class QueueResource {

  private static final int MOST_ACTIONS = 50;
  private static final String ID = "[A-Za-z0-9._:-]{1,64}";

  private final Actions actions;
  private final CurrentCaller caller;
  private final CityClock city;
  private final WallClock wall;

  public QueueResource(Actions actions, CurrentCaller caller, CityClock city, WallClock wall) {
    this.actions = actions;
    this.caller = caller;
    this.city = city;
    this.wall = wall;
  }

  /**
   * One action, as it was when it was done.
   *
   * @param key new for each action, the same whenever it is sent; as Idempotency-Key elsewhere
   * @param at the phone's clock when it happened
   * @param agoMillis how long ago by a clock that nobody can set; counts before {@code at}
   */
  @Schema(name = "QueuedAction")
  public record Queued(
      @NotNull @Size(min = 1, max = 64) @Schema(examples = "a-3f61") String key,
      @NotNull @Schema(examples = "ARRIVED_STORE") Action.Kind kind,
      @Pattern(regexp = ID) @Schema(examples = "j-17") String jobId,
      @Pattern(regexp = ID) @Schema(description = "For ACCEPT and DECLINE") String offerId,
      @PositiveOrZero @Schema(examples = "3") Long epoch,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at,
      @PositiveOrZero @Max(604_800_000L) @Schema(examples = "184000") Long agoMillis,
      @Pattern(regexp = "[0-9A-Za-z]{1,16}") @Schema(description = "PICKED_UP, DELIVERED")
          String code,
      @Pattern(regexp = ID) @Schema(description = "DELIVERED") String proofId,
      Boolean dropPoint,
      @Size(max = 8) Set<@NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{1,31}") String> checked,
      @Pattern(regexp = TaskResource.REASON_CODE)
          @Schema(description = "UNDELIVERABLE, RELEASE, REPORT; for DECLINE if wanted")
          String reason,
      @Size(max = 500) @Schema(description = "REPORT") String evidence) {}

  /**
   * @param sentAt the phone's clock now, right or wrong
   */
  @Schema(name = "ActionQueue")
  public record Batch(
      @Schema(
              description = "The phone's clock now, right or wrong; each `at` is counted from it",
              examples = "2026-11-22T04:15:06Z")
          Instant sentAt,
      @NotEmpty @Size(max = MOST_ACTIONS) List<@NotNull @Valid Queued> actions) {}

  /** Why an action was not done; as the problem it would have been answered with alone. */
  @Schema(name = "ActionProblem")
  public record Refusal(
      @Schema(examples = "urn:shanpai:problem:stale-epoch") String type,
      @Schema(examples = "409") int status,
      String field,
      String detail) {}

  /**
   * @param repeated it had come before, and was not done again
   * @param happenedAt city time, as we take it
   * @param retryAfterSeconds with LATER: when to send it again, wall seconds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ActionResult")
  public record Result(
      @Schema(examples = "a-3f61") String key,
      Action.Kind kind,
      String jobId,
      String offerId,
      @Schema(
              description =
                  "DONE, now or before; REFUSED for good: drop it; LATER: send it again, it waits"
                      + " for a step before it or for a service")
          Outcome outcome,
      boolean repeated,
      Instant happenedAt,
      Integer retryAfterSeconds,
      Refusal problem) {}

  /**
   * @param receivedAt city time
   * @param clockOffsetMillis what the phone's clock lacks to ours; missing without sentAt
   * @param work what is in hand after the last action done; missing when none was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ActionResults")
  public record Results(
      Instant receivedAt,
      @Schema(examples = "-7203000") Long clockOffsetMillis,
      List<Result> results,
      @JsonProperty("work") RiderWorkState work) {}

  @POST
  @Operation(
      summary = "Hand in what was done without a line",
      description =
          "At most 50 actions, in any order, late, again and again: each is done once, in the order"
              + " in which it can have happened, and has a result of its own, in the order sent. A"
              + " job taken away meanwhile answers `stale-epoch` for its own actions only.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "at the store",
                      value =
                          "{\"sentAt\": \"2026-11-22T04:05:06Z\", \"actions\": [{\"key\":"
                              + " \"a-3f61\", \"kind\": \"ARRIVED_STORE\", \"jobId\": \"j-17\","
                              + " \"epoch\": 3, \"at\": \"2026-11-22T04:02:02Z\"}]}")))
  @APIResponse(
      responseCode = "200",
      description = "A result for each",
      content = @Content(schema = @Schema(implementation = Results.class)))
  public Uni<Results> take(@NotNull @Valid Batch batch) {
    String rider = caller.subject();
    Instant receivedAt = city.now();
    Long offset = batch.sentAt() == null ? null : wall.millis() - batch.sentAt().toEpochMilli();
    List<Action> all =
        java.util.stream.IntStream.range(0, batch.actions().size())
            .mapToObj(i -> action(i, batch.actions().get(i), batch.sentAt()))
            .toList();
    return Multi.createFrom()
        .iterable(ActionQueue.sorted(all))
        .onItem()
        .transformToUniAndConcatenate(
            queued ->
                actions
                    .take(rider, ActionKey.of(rider, queued.action().key()), queued.action())
                    .map(done -> new Done(queued, done)))
        .collect()
        .asList()
        .map(done -> results(done, receivedAt, offset));
  }

  private record Done(ActionQueue.Queued queued, Actions.Result result) {}

  private static Results results(List<Done> done, Instant receivedAt, Long offset) {
    RiderWorkState work = null;
    for (Done one : done) {
      if (one.result().answer() != null) {
        JsonNode told = Json.read(one.result().answer(), JsonNode.class).path("work");
        work = told.isObject() ? Json.read(told.toString(), RiderWorkState.class) : work;
      }
    }
    return new Results(
        receivedAt,
        offset,
        done.stream()
            .sorted(Comparator.comparingInt(one -> one.queued().index()))
            .map(QueueResource::result)
            .toList(),
        work);
  }

  private static Result result(Done done) {
    Action action = done.queued().action();
    Actions.Result result = done.result();
    Problem why = result.problem();
    return new Result(
        action.key(),
        action.kind(),
        action.jobId(),
        action.offerId(),
        result.outcome(),
        result.repeated(),
        result.happenedAt(),
        result.outcome() == Outcome.LATER ? result.retryAfterSeconds() : null,
        why == null
            ? null
            : new Refusal(
                "urn:shanpai:problem:" + why.slug(), why.status(), why.field(), why.getMessage()));
  }

  private static Action action(int index, Queued queued, Instant sentAt) {
    Action.Kind kind = queued.kind();
    String at = "actions[" + index + "].";
    if (kind.ofOffer()) {
      JsonIds.offer(queued.offerId(), at + "offerId");
    } else {
      JsonIds.job(queued.jobId(), at + "jobId");
      if (queued.epoch() == null) {
        throw Problem.badRequest(at + "epoch", kind + " needs the job's epoch.");
      }
    }
    boolean reasoned =
        kind == Action.Kind.UNDELIVERABLE
            || kind == Action.Kind.RELEASE
            || kind == Action.Kind.REPORT;
    if (reasoned && queued.reason() == null) {
      throw Problem.badRequest(at + "reason", kind + " needs a reason.");
    }
    if (kind == Action.Kind.PICKED_UP && queued.code() == null) {
      throw Problem.badRequest(at + "code", kind + " needs the pickup code.");
    }
    return new Action(
        queued.key(),
        kind,
        queued.jobId(),
        queued.offerId(),
        queued.epoch(),
        new PhoneTime(queued.at(), sentAt, queued.agoMillis()),
        queued.code(),
        queued.proofId(),
        queued.dropPoint(),
        queued.checked(),
        queued.reason(),
        queued.evidence());
  }

  /** Whether what names a job or an offer can be its name. */
  private static final class JsonIds {

    static void job(String id, String field) {
      try {
        JobId.of(java.util.Objects.requireNonNullElse(id, ""));
      } catch (IllegalArgumentException illegal) {
        throw Problem.badRequest(field, field + " must be the id of a job.");
      }
    }

    static void offer(String id, String field) {
      try {
        OfferId.of(java.util.Objects.requireNonNullElse(id, ""));
      } catch (IllegalArgumentException illegal) {
        throw Problem.badRequest(field, field + " must be the id of an offer.");
      }
    }
  }
}
