package org.shanpai.geo.eta.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.geo.eta.Calibration;
import org.shanpai.geo.eta.Calibrations;
import org.shanpai.geo.http.Parameters;

/** How arrival windows held. */
@Path("/v1/eta/calibration")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "eta")
public class CalibrationResource {

  private final Calibrations calibrations;

  public CalibrationResource(Calibrations calibrations) {
    this.calibrations = calibrations;
  }

  @GET
  @RolesAllowed({
    Roles.VIEWER,
    Roles.DISPATCHER,
    Roles.STATION_MANAGER,
    Roles.MANAGER,
    Roles.SERVICE
  })
  @Operation(
      summary = "Whether arrival windows hold what they state",
      description =
          "Every window is kept as it was given and compared with the delivery. shifted tells where"
              + " measured and stated differ by more than chance explains.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Calibration.class),
              examples =
                  @ExampleObject(
                      name = "one day",
                      value =
                          "{\"stated\":0.8,\"stages\":[{\"stage\":\"ACCEPTED\",\"windows\":412,"
                              + "\"measured\":0.811,\"early\":0.09,\"late\":0.099,"
                              + "\"meanSeconds\":640.5,\"shifted\":false}],\"areas\":[],"
                              + "\"halfHours\":[]}")))
  public Uni<Calibration> calibration(
      @Parameter(description = "1 … 28, default 7", example = "7") @QueryParam("days")
          String days) {
    return calibrations.of(Duration.ofDays((long) Parameters.number("days", days, 1, 28, 7)));
  }
}
