package org.shanpai.rider.training.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.rider.training.Course;
import org.shanpai.rider.training.Training;

/** Courses as operators write them. */
@Path("/v1/courses")
@Tag(name = "Training")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MANAGER)
public class CourseResource {

  private final Training training;
  private final CurrentCaller caller;

  CourseResource(Training training, CurrentCaller caller) {
    this.training = training;
    this.caller = caller;
  }

  /** All of them, with the right answers. */
  @Schema(name = "CourseList")
  public record Courses(List<Training.Named> courses) {}

  @GET
  @Operation(summary = "Every course with its right answers")
  public Uni<Courses> list() {
    return training.courses(false).map(Courses::new);
  }

  @PUT
  @Path("/{courseId}")
  @Operation(summary = "Write a course, or change it")
  @APIResponse(responseCode = "204", description = "As written")
  @APIResponse(responseCode = "422", description = "right names a choice that is not there")
  public Uni<Void> put(@PathParam("courseId") String courseId, @NotNull @Valid Course course) {
    if (!courseId.matches("[a-z0-9-]{1,64}")) {
      throw Problem.badRequest(
          "courseId", "courseId must be 1 to 64 lower-case letters, digits or -.");
    }
    return training.put(courseId, course, caller.subject());
  }
}
