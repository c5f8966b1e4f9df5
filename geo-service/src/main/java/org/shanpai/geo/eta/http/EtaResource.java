package org.shanpai.geo.eta.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.chassis.problem.ProblemBody;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.JobId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.geo.eta.ArrivalWindow;
import org.shanpai.geo.eta.Stage;
import org.shanpai.geo.eta.Windows;
import org.shanpai.geo.eta.postgres.WindowTable;
import org.shanpai.geo.learning.LearnedCorrection;
import org.shanpai.messaging.Tx;

/** Arrival windows. */
@Path("/internal/v1/eta")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "eta")
public class EtaResource {

  private static final Duration FURTHEST = Duration.ofHours(24);

  /**
   * A delivery whose window is asked.
   *
   * @param jobId its newest window as given; then nothing else is needed
   * @param stage how far it is
   * @param plannedAt city time it is planned for
   * @param areaId its area; missing: any
   * @param at when it is asked, city time; missing: now
   */
  @Schema(name = "EtaQuestion")
  public record Question(
      @Schema(examples = "j-7") JobId jobId,
      @Schema(examples = "ACCEPTED") Stage stage,
      @Schema(examples = "2026-11-22T04:25:00Z") Instant plannedAt,
      @Schema(examples = "a-core") AreaId areaId,
      Instant at) {}

  private final Windows windows;
  private final WindowTable table;
  private final LearnedCorrection hours;
  private final CityClock clock;
  private final Tx tx;

  public EtaResource(
      Windows windows, WindowTable table, LearnedCorrection hours, CityClock clock, Tx tx) {
    this.windows = windows;
    this.table = table;
    this.hours = hours;
    this.clock = clock;
    this.tx = tx;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.SERVICE)
  @Operation(
      summary = "The window a delivery is expected in",
      description = "Wide enough for the stated share of deliveries, by what came of earlier ones.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "accepted",
                      value =
                          "{\"stage\":\"ACCEPTED\",\"areaId\":\"a-core\","
                              + "\"plannedAt\":\"2026-11-22T04:25:00Z\"}")))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ArrivalWindow.class)))
  @APIResponse(
      responseCode = "404",
      description = "No window was given for that job",
      content =
          @Content(
              mediaType = ProblemBody.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemBody.class)))
  @APIResponse(responseCode = "422", description = "plannedAt is too far away to be foretold")
  public Uni<ArrivalWindow> window(@NotNull Question question) {
    if (question.jobId() != null) {
      return tx.read(() -> table.newest(question.jobId().value()))
          .invoke(
              window -> {
                if (window == null) {
                  throw Problem.notFound("window of job " + question.jobId());
                }
              });
    }
    if (question.stage() == null) {
      throw Problem.badRequest("stage", "stage must be CREATED, ACCEPTED or PICKED_UP.");
    }
    if (question.plannedAt() == null) {
      throw Problem.badRequest("plannedAt", "plannedAt is missing.");
    }
    Instant at = question.at() == null ? clock.now() : question.at();
    if (question.plannedAt().isBefore(at) || question.plannedAt().isAfter(at.plus(FURTHEST))) {
      throw Problem.unprocessable(
          "plannedAt", "plannedAt must lie within 24 hours after " + at + ".");
    }
    return Uni.createFrom()
        .item(
            windows
                .model()
                .window(
                    question.stage(),
                    question.areaId() == null ? null : question.areaId().value(),
                    hours.slot(at),
                    at,
                    question.plannedAt()));
  }
}
