package org.shanpai.rider.task.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.WireInstants;
import org.shanpai.rider.task.Action;
import org.shanpai.rider.task.ActionLog;
import org.shanpai.rider.task.Actions;
import org.shanpai.rider.task.JobsInHand;
import org.shanpai.rider.task.PhoneTime;
import org.shanpai.rider.task.remote.Orders;

/**
 * The steps of a job. Each names the job's epoch, the fencing token the rider got with it: a job
 * that was taken away meanwhile answers 409 {@code stale-epoch}, a step out of turn 409 {@code
 * out-of-turn}. What was done without a line is handed in by {@link QueueResource}.
 */
@Path("/v1/rider/jobs/{jobId}")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
@APIResponse(responseCode = "404", description = "Not a job of this rider")
@APIResponse(
    responseCode = "409",
    description = "`stale-epoch`, `out-of-turn`, or `wrong-code` where a code is asked for")
@APIResponse(responseCode = "503", description = "Try again with the same key after Retry-After")
public class TaskResource {

  static final String REASON_CODE = "[A-Z][A-Z0-9_]{1,63}";
  private static final String JOB_ID = "[A-Za-z0-9._:-]{1,64}";
  static final String DEVICE_TIME =
      "The phone's clock when it sends, right or wrong: `at` is then counted from it";

  private final Actions actions;
  private final ActionLog log;
  private final Orders orders;
  private final JobsInHand jobs;
  private final CurrentCaller caller;

  public TaskResource(
      Actions actions, ActionLog log, Orders orders, JobsInHand jobs, CurrentCaller caller) {
    this.actions = actions;
    this.log = log;
    this.orders = orders;
    this.jobs = jobs;
    this.caller = caller;
  }

  /**
   * @param at the phone's clock; null for now
   */
  public record Step(
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at) {}

  /**
   * @param code as read from the bag, or told by the customer
   * @param at the phone's clock; null for now
   */
  public record CodeStep(
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @NotNull @Pattern(regexp = "[0-9A-Za-z]{1,16}") @Schema(examples = "4711") String code,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at) {}

  /**
   * @param code as told by the customer; not needed where a drop point was agreed and pictured
   * @param proofId a picture of the goods where they were left, handed in a moment before
   * @param dropPoint left at the place agreed
   * @param checked what was seen at the door, where the job needs it
   * @param at the phone's clock; null for now
   */
  public record DeliveredStep(
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @Pattern(regexp = "[0-9A-Za-z]{1,16}") @Schema(examples = "081542") String code,
      @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") @Schema(examples = "p-5f0e") String proofId,
      Boolean dropPoint,
      @Size(max = 8)
          @Schema(description = "AGE_18, PRESCRIPTION, IDENTITY: those the contact names")
          Set<@NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{1,31}") String> checked,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at) {}

  /**
   * @param reason code
   */
  public record ReasonStep(
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @NotBlank @Pattern(regexp = REASON_CODE) @Schema(examples = "CUSTOMER_REFUSED") String reason,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at) {}

  /**
   * @param reason a row of the table of exceptions
   * @param at the phone's clock; null for now
   * @param evidence what proves it, such as the id of a photo or of a call; null for none
   */
  public record Report(
      @NotNull @PositiveOrZero @Schema(examples = "3") Long epoch,
      @NotBlank @Pattern(regexp = REASON_CODE) @Schema(examples = "SLOW_KITCHEN") String reason,
      @Schema(examples = "2026-11-22T04:05:06Z") Instant at,
      @Size(max = 500) @Schema(examples = "photo-8f1c") String evidence) {}

  /** The customer, as the rider needs to know them, and what the hand-over takes. */
  @Schema(name = "JobContact")
  public record Contact(
      @Schema(examples = "李女士") String contactName,
      @Schema(
              examples = "000012345678",
              description =
                  "What to call; stands in for the customer's own (隐私号) when virtualNumber")
          String contactPhone,
      @Schema(examples = "文三路 90 号 2 幢 301") String address,
      @Schema(examples = "请按门铃") String note,
      @Schema(description = "Whether the goods may be left at a place agreed") boolean dropPoint,
      @Schema(examples = "放门口的柜子里") String dropPointInstruction,
      @Schema(description = "What to see at the door before handing over") Set<String> checks,
      boolean virtualNumber,
      @Schema(description = "Wall time the number works until") Instant numberUntil) {
    @Override
    public String toString() {
      return "Contact[…]";
    }
  }

  /** What the rider did about a job. */
  @Schema(name = "ActionTimeline")
  public record Timeline(List<ActionLog.Line> actions) {}

  /**
   * @param epoch of the job as the hall showed it
   */
  public record Grab(@NotNull @PositiveOrZero @Schema(examples = "0") Long epoch) {}

  @POST
  @Path("/grab")
  @Operation(summary = "Take the job from the hall; of many exactly one gets it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(responseCode = "404", description = "No such job in a hall within reach")
  @APIResponse(
      responseCode = "409",
      description =
          "`job-gone` when somebody was faster, `grab-in-hand`, `offer-open`, `hands-full`,"
              + " `paused`, `rest-needed`, `not-online`, `position-unknown`")
  public Uni<String> grab(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid Grab grab) {
    return act(new Told(jobId, key, grab.epoch(), null, deviceTime), Action.Kind.GRAB, null);
  }

  @POST
  @Path("/arrived-store")
  @Operation(summary = "At the store")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> arrivedStore(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid Step step) {
    return act(
        new Told(jobId, key, step.epoch(), step.at(), deviceTime), Action.Kind.ARRIVED_STORE, null);
  }

  @POST
  @Path("/picked-up")
  @Operation(summary = "Goods aboard; the pickup code (取货码) proves it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> pickedUp(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid CodeStep step) {
    Orders.Brought brought = new Orders.Brought(step.code(), null, null, null);
    Told told = new Told(jobId, key, step.epoch(), step.at(), deviceTime);
    return act(told, Action.Kind.PICKED_UP, brought, null, null);
  }

  @POST
  @Path("/arrived-customer")
  @Operation(summary = "At the customer's door")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> arrivedCustomer(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid Step step) {
    return act(
        new Told(jobId, key, step.epoch(), step.at(), deviceTime),
        Action.Kind.ARRIVED_CUSTOMER,
        null);
  }

  @POST
  @Path("/delivered")
  @Operation(
      summary = "Handed over; the delivery code (收货码) proves it",
      description =
          "Where the contact says dropPoint: without a code, with dropPoint and the proofId of a"
              + " fresh picture. Where it names checks: with checked, and never without the code.")
  @APIResponse(
      responseCode = "422",
      description =
          "code-needed, checks-needed, drop-point-not-allowed, drop-point-not-agreed, photo-needed,"
              + " photo-unknown, photo-stale; the problem names the field")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> delivered(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid DeliveredStep step) {
    Orders.Brought brought =
        new Orders.Brought(step.code(), step.proofId(), step.dropPoint(), step.checked());
    Told told = new Told(jobId, key, step.epoch(), step.at(), deviceTime);
    return act(told, Action.Kind.DELIVERED, brought, null, null);
  }

  @POST
  @Path("/undeliverable")
  @Operation(summary = "It cannot be handed over; the goods go back")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> undeliverable(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid ReasonStep step) {
    return act(
        new Told(jobId, key, step.epoch(), step.at(), deviceTime),
        Action.Kind.UNDELIVERABLE,
        step.reason());
  }

  @POST
  @Path("/returned")
  @Operation(summary = "The goods are back at the store")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> returned(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid Step step) {
    return act(
        new Told(jobId, key, step.epoch(), step.at(), deviceTime), Action.Kind.RETURNED, null);
  }

  @POST
  @Path("/release")
  @Operation(summary = "Give the job back before pickup")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  public Uni<String> release(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid ReasonStep step) {
    return act(
        new Told(jobId, key, step.epoch(), step.at(), deviceTime),
        Action.Kind.RELEASE,
        step.reason());
  }

  @POST
  @Path("/exceptions")
  @Operation(
      summary = "Report what went wrong: slow kitchen, closed store, blocked gate, accident …",
      description =
          "By the table of exceptions (docs/exceptions.md). What stops the clock, or exempts the"
              + " delivery, does so from when it happened. `SLOW_KITCHEN` after 5 minutes at the"
              + " store; 15 more, and the job may be released without fault. A closed store and"
              + " sold-out goods end the job at the store's fault; a photo or positions prove it."
              + " The same reason reported again changes nothing.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TaskAnswer.class)))
  @APIResponse(
      responseCode = "409",
      description = "`stale-epoch`, `out-of-turn`, `too-early` with Retry-After in city seconds")
  @APIResponse(
      responseCode = "422",
      description = "`illegal-reason` naming those that are legal now; `evidence-needed`")
  public Uni<String> report(
      @PathParam("jobId") String jobId,
      @HeaderParam("Idempotency-Key") String key,
      @Parameter(description = DEVICE_TIME, schema = @Schema(format = "date-time"))
          @HeaderParam("Device-Time")
          String deviceTime,
      @NotNull @Valid Report report) {
    Told told = new Told(jobId, key, report.epoch(), report.at(), deviceTime);
    return act(told, Action.Kind.REPORT, NOTHING, report.reason(), report.evidence());
  }

  @GET
  @Path("/contact")
  @Operation(
      summary = "The customer's name, phone and address",
      description = "Only while the job is in hand.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Contact.class)))
  public Uni<String> contact(@PathParam("jobId") String jobId) {
    String rider = caller.subject();
    return jobs.getHeld(rider, jobId)
        .chain(
            job -> {
              if (job.status().terminal()) {
                throw Problem.notFound("job " + jobId + " in hand");
              }
              return orders.contact(rider, job.orderId());
            });
  }

  @GET
  @Path("/actions")
  @Operation(
      summary = "What you did about the job: your phone's time and ours",
      description =
          "happenedAt is what counts. A phone's clock that is wrong by hours changes nothing of"
              + " it.")
  @APIResponse(
      responseCode = "200",
      description = "In the order in which it happened; empty for a job you never acted on",
      content = @Content(schema = @Schema(implementation = Timeline.class)))
  public Uni<Timeline> actions(@PathParam("jobId") String jobId) {
    return log.ofJob(caller.subject(), jobId).map(Timeline::new);
  }

  private static final Orders.Brought NOTHING = new Orders.Brought(null, null, null, null);

  private record Told(String jobId, String key, long epoch, Instant at, String deviceTime) {}

  private Uni<String> act(Told told, Action.Kind kind, String reason) {
    return act(told, kind, NOTHING, reason, null);
  }

  private Uni<String> act(
      Told told, Action.Kind kind, Orders.Brought brought, String reason, String evidence) {
    String rider = caller.subject();
    String passed = ActionKey.of(rider, told.key());
    if (!told.jobId().matches(JOB_ID)) {
      throw Problem.notFound("job " + told.jobId());
    }
    return actions.takeOrFail(
        rider,
        passed,
        new Action(
            told.key(),
            kind,
            told.jobId(),
            null,
            told.epoch(),
            new PhoneTime(told.at(), instant(told.deviceTime()), null),
            brought.code(),
            brought.proofId(),
            brought.dropPoint(),
            brought.checked(),
            reason,
            evidence));
  }

  private static Instant instant(String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    try {
      return WireInstants.parse(header.trim());
    } catch (DateTimeParseException noInstant) {
      throw Problem.badRequest(
          "Device-Time", "Device-Time must be an instant such as 2026-11-22T04:05:06Z.");
    }
  }
}
