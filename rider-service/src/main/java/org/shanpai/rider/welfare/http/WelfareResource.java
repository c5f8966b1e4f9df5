package org.shanpai.rider.welfare.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.rider.welfare.SocialInsurance;

/** What welfare brought a rider. */
@Path("/v1/rider/welfare")
@Tag(name = "Welfare", description = "Leave (家庭假, 农忙假) and the social-insurance subsidy.")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RIDER)
public class WelfareResource {

  private final SocialInsurance insurance;
  private final CurrentCaller caller;

  public WelfareResource(SocialInsurance insurance, CurrentCaller caller) {
    this.insurance = insurance;
    this.caller = caller;
  }

  /** The newest first. */
  @Schema(name = "SocialInsuranceMonths")
  public record Months(List<SocialInsurance.Month> socialInsurance) {}

  @GET
  @Operation(
      summary = "My social-insurance subsidy by month",
      description = "Eligible weeks, Monday to Sunday by their Monday, bring an amount; fen.")
  public Uni<Months> months() {
    return insurance.months(caller.subject()).map(Months::new);
  }
}
