package org.shanpai.rider.training.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.messaging.Idempotency;
import org.shanpai.rider.training.Course;
import org.shanpai.rider.training.Training;

/** Training on offer to a rider. */
@Path("/v1/rider/courses")
@Tag(name = "Training", description = "Courses that give points back (培训).")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class RiderCourseResource {

  private final Training training;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  RiderCourseResource(Training training, Idempotency idempotency, CurrentCaller caller) {
    this.training = training;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  /** A question without its answer. */
  @Schema(name = "AskedQuestion")
  public record Asked(
      @Schema(examples = "The customer does not answer.") String en,
      @Schema(examples = "顾客不接电话。") String zh,
      List<Course.Choice> choices) {}

  /** A course as a rider sees it. */
  @Schema(name = "OfferedCourse")
  public record Offered(
      @Schema(examples = "handing-over") String courseId,
      @Schema(examples = "Handing over well") String titleEn,
      @Schema(examples = "交付好每一单") String titleZh,
      @Schema(examples = "10") int minutes,
      @Schema(examples = "75") int passPercent,
      List<Asked> questions) {}

  /**
   * @param open whether a pass would give points back now
   * @param nextAt from when a training counts again; missing when the last one is long ago
   */
  @Schema(name = "OfferedCourses")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Offer(
      @Schema(examples = "true") boolean open,
      @Schema(examples = "58900") int scoreMilliPoints,
      @Schema(examples = "60000") int belowMilliPoints,
      Instant nextAt,
      List<Offered> courses) {}

  /**
   * @param answers one choice for each question in their order, from 0
   */
  @Schema(name = "CourseAnswers")
  public record Answers(
      @NotNull @Size(min = 1, max = 50) @Schema(examples = "[1, 0, 1, 0]", required = true)
          List<@NotNull @Min(0) @Max(5) Integer> answers) {}

  @GET
  @Operation(
      summary = "Courses, and whether passing one gives points back now",
      description = "Below the line of the rules, once in 7 days. Nobody has to.")
  public Uni<Offer> list() {
    return training
        .chance(caller.subject())
        .chain(
            chance ->
                training
                    .courses(true)
                    .map(
                        found ->
                            new Offer(
                                chance.open(),
                                chance.scoreMilliPoints(),
                                chance.belowMilliPoints(),
                                chance.nextAt(),
                                found.stream().map(RiderCourseResource::offered).toList())));
  }

  private static Offered offered(Training.Named named) {
    Course course = named.course();
    return new Offered(
        named.courseId(),
        course.titleEn(),
        course.titleZh(),
        course.minutes(),
        course.passPercent(),
        course.questions().stream().map(q -> new Asked(q.en(), q.zh(), q.choices())).toList());
  }

  @POST
  @Path("/{courseId}/attempts")
  @Operation(
      summary = "Answer a course's questions",
      description = "A pass gives 3 points back at once. Five tries a day.")
  @APIResponse(
      responseCode = "200",
      description = "Passed or not",
      content = @Content(schema = @Schema(implementation = Training.Result.class)))
  @APIResponse(responseCode = "404", description = "No such course")
  @APIResponse(responseCode = "409", description = "not-below-the-line, too-soon, too-many-tries")
  @APIResponse(responseCode = "422", description = "Not one answer for each question")
  public Uni<Response> attempt(
      @PathParam("courseId") String courseId,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull @Valid Answers body) {
    String rider = caller.subject();
    return idempotency
        .once(
            rider + "/courses/" + courseId,
            key,
            body,
            () ->
                training
                    .attempt(rider, courseId, body.answers())
                    .map(done -> new Idempotency.Answer(200, done)))
        .map(Idempotency.Answer::toResponse);
  }
}
