package org.shanpai.order.virtualnumber.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.order.virtualnumber.CallEvidence;

/** Calls through lent numbers: told by the provider's side. */
@Path("/internal/v1/calls")
@RolesAllowed(Roles.SERVICE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls (internal)", description = "Who was tried, and when")
public class CallResource {

  private final CallEvidence evidence;

  CallResource(CallEvidence evidence) {
    this.evidence = evidence;
  }

  /** A call the provider put through, or tried to. */
  @Schema(name = "NumberCall")
  public record CallBody(
      @NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") @Schema(examples = "call-17")
          String callId,
      @NotNull @Pattern(regexp = "[0-9]{6,20}") @Schema(examples = "000012345678") String number,
      @Schema(description = "City time; now when missing") Instant at,
      @NotNull @Min(0) @Max(86_400) @Schema(examples = "0") Integer seconds,
      @NotNull @Schema(examples = "false") Boolean answered) {
    @Override
    public String toString() {
      return "CallBody[…]";
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tell of a call made through a lent number; told twice it counts once")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "not answered",
                      value =
                          "{\"callId\": \"call-17\", \"number\": \"000012345678\","
                              + " \"seconds\": 0, \"answered\": false}")))
  @APIResponse(responseCode = "204", description = "Written down")
  @APIResponse(responseCode = "404", description = "Nobody holds that number")
  public Uni<RestResponse<Void>> told(@NotNull @Valid CallBody body) {
    return evidence
        .told(body.callId(), body.number(), body.at(), body.seconds(), body.answered())
        .map(done -> RestResponse.noContent());
  }
}
