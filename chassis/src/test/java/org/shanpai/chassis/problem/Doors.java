package org.shanpai.chassis.problem;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.StoreId;

/** Endpoints that fail in every way there is. */
@Path("/doors")
public class Doors {

  /** A body with a rule on each field. */
  public record Box(@NotNull StoreId storeId, GeoPoint place, @Min(1) @Max(8) int units) {}

  /** A body with times. */
  public record Times(Instant at, LocalDate day) {}

  private final CurrentCaller caller;

  public Doors(CurrentCaller caller) {
    this.caller = caller;
  }

  @POST
  @Path("/box")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  public Uni<Box> box(@NotNull @Valid Box box) {
    return Uni.createFrom().item(box);
  }

  @POST
  @Path("/times")
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  public Uni<Times> times(@NotNull Times times) {
    return Uni.createFrom().item(times);
  }

  @GET
  @Path("/problem")
  public Uni<String> problem() {
    return Uni.createFrom().failure(Problem.conflictRetry("in-progress", "Wait.", 3));
  }

  @GET
  @Path("/bug")
  public Uni<String> bug() {
    throw new IllegalStateException("secret detail");
  }

  @GET
  @Path("/managers")
  @RolesAllowed(Roles.MANAGER)
  public Uni<String> managers() {
    return Uni.createFrom().item(caller.subject());
  }

  @POST
  @Path("/managers")
  @RolesAllowed(Roles.MANAGER)
  public Uni<String> change() {
    return Uni.createFrom().item(caller.subject());
  }

  @GET
  @Path("/services")
  @RolesAllowed(Roles.SERVICE)
  public Uni<String> services() {
    return Uni.createFrom().item(caller.actor());
  }
}
