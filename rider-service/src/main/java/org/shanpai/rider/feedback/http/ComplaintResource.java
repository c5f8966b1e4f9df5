package org.shanpai.rider.feedback.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.appeal.NamedPerson;
import org.shanpai.rider.feedback.Complaint;
import org.shanpai.rider.feedback.ComplaintDesk;

/** The desk that decides complaints about riders. */
@Path("/v1/complaints")
@Tag(name = "Feedback")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MANAGER)
public class ComplaintResource {

  private final ComplaintDesk desk;
  private final CurrentCaller caller;

  ComplaintResource(ComplaintDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** What is decided. */
  public enum Outcome {
    UPHOLD,
    DISMISS
  }

  /** Why an upheld complaint takes nothing. */
  public enum Excuse {
    PACKAGING,
    AGREED_DROP_POINT
  }

  /**
   * @param finding for {@code UPHOLD}
   * @param excuse so it was, and it was not the rider; may be missing
   * @param evidence reference to what proves it; may be missing
   * @param reasons at least 10 characters
   */
  @Schema(name = "ComplaintDecision")
  public record Decision(
      @NotNull @Schema(examples = "UPHOLD", required = true) Outcome outcome,
      @Schema(examples = "CX1") Complaint.Finding finding,
      @Schema(examples = "PACKAGING") Excuse excuse,
      @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") @Schema(examples = "p-5f0e") String evidence,
      @NotBlank
          @Size(max = 2000)
          @Schema(examples = "The picture shows the cup without its lid", required = true)
          String reasons) {}

  /** A complaint as the desk reads it. */
  @Schema(name = "ComplaintView")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record View(
      @Schema(examples = "fb-01jd-complaint") String complaintId,
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "o-01jd") String orderId,
      Complaint.State state,
      @Schema(examples = "[\"SPILLED\"]") List<String> tags,
      @Schema(examples = "true") boolean verified,
      Instant openedAt,
      Instant deliveredAt,
      Complaint.Finding finding,
      @Schema(examples = "PACKAGING") String excuse,
      @Schema(examples = "p-5f0e") String evidence,
      @Schema(examples = "li.na") String decidedBy,
      @Schema(examples = "The picture shows the cup without its lid") String reasons,
      Instant decidedAt,
      @Schema(description = "Signals of fraud around the order, for you to weigh")
          List<Complaint.Note> signals) {}

  /** A page of them. */
  @Schema(name = "ComplaintList")
  public record Listing(List<View> complaints) {}

  @GET
  @Operation(
      summary = "Complaints about riders, open ones oldest first",
      description = "Who complained is not told. Nothing is taken until a person decides.")
  public Uni<Listing> list(
      @QueryParam("state") @DefaultValue("OPEN") Complaint.State state,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return desk.list(state, limit)
        .map(found -> new Listing(found.stream().map(one -> view(one, null)).toList()));
  }

  @GET
  @Path("/{complaintId}")
  @Operation(summary = "A complaint with what is known around its order")
  public Uni<View> get(@PathParam("complaintId") String complaintId) {
    return desk.get(complaintId).map(found -> view(found.complaint(), found.notes()));
  }

  @PUT
  @Path("/{complaintId}/decision")
  @Operation(
      summary = "Decide a complaint",
      description =
          "Upheld with the finding CX1 (wrong, missing, spilled), CX2 (conduct), CX3 (said to be"
              + " delivered) or LATENESS, which the rules of lateness judge alone. More than 7"
              + " days after the delivery nothing is taken. The same again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Decided",
      content = @Content(schema = @Schema(implementation = View.class)))
  @APIResponse(responseCode = "409", description = "complaint-decided")
  @APIResponse(responseCode = "422", description = "No finding, or no reasons")
  public Uni<View> decide(
      @PathParam("complaintId") String complaintId, @NotNull @Valid Decision body) {
    if ((body.outcome() == Outcome.UPHOLD) != (body.finding() != null)) {
      throw org.shanpai.chassis.problem.Problem.unprocessable(
          "finding", "What is upheld has a finding; what is dismissed has none.");
    }
    return desk.decide(
            NamedPerson.of(caller),
            complaintId,
            new ComplaintDesk.Decision(
                body.finding(),
                body.excuse() == null ? null : body.excuse().name(),
                body.evidence(),
                body.reasons()))
        .map(found -> view(found.complaint(), found.notes()));
  }

  private static View view(Complaint c, List<Complaint.Note> notes) {
    return new View(
        c.complaintId(),
        c.riderId(),
        c.orderId(),
        c.state(),
        c.tags(),
        c.verified(),
        c.openedAt(),
        c.deliveredAt(),
        c.finding(),
        c.excuse(),
        c.evidence(),
        c.decidedBy(),
        c.reasons(),
        c.decidedAt(),
        notes);
  }
}
