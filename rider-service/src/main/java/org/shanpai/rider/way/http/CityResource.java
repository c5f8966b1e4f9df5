package org.shanpai.rider.way.http;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.City;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.time.CityClock;

/** What a phone has to know of the city: its clock, and whether it is a real one. */
@Path("/v1/rider/city")
@Tag(name = "Way")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class CityResource {

  private final City city;
  private final CityClock clock;
  private final CurrentCaller caller;
  private final boolean simulated;

  public CityResource(City city, CityClock clock, CurrentCaller caller, ShanpaiConfig config) {
    this.city = city;
    this.clock = clock;
    this.caller = caller;
    this.simulated = config.mode() == ShanpaiConfig.Mode.LOCAL;
  }

  /**
   * @param speed city seconds in a second; 1 in a real city
   * @param simulated nobody's real way is at stake: positions may be made up
   */
  @Schema(name = "RidersCity")
  public record View(
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "Asia/Shanghai") String zone,
      Instant cityTime,
      @Schema(examples = "1") double speed,
      @Schema(examples = "false") boolean simulated) {}

  @GET
  @Operation(
      summary = "The city's clock, and who you are",
      description =
          "All instants of this API are city time; in a simulated city it runs faster than yours.")
  public View city() {
    return new View(caller.subject(), city.zone().getId(), clock.now(), clock.speed(), simulated);
  }
}
