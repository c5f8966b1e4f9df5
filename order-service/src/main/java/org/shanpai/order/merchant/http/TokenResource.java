package org.shanpai.order.merchant.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.order.PlainText;
import org.shanpai.order.merchant.Onboarding;

/** Merchants' systems sign in. */
@Path("/v1/tokens")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tokens", description = "Access for merchants' systems")
public class TokenResource {

  private final Onboarding onboarding;

  TokenResource(Onboarding onboarding) {
    this.onboarding = onboarding;
  }

  /** A client's credentials. */
  @Schema(name = "ClientCredentials")
  public record Credentials(
      @NotBlank @Size(max = 64) @PlainText String clientId,
      @NotBlank @Size(max = 128) @PlainText String clientSecret) {

    @Override
    public String toString() {
      return "Credentials[" + clientId + "]";
    }
  }

  @POST
  @Operation(
      summary = "Exchange client credentials for an access token",
      description = "Send it as 'Authorization: Bearer …'; ask again before it expires.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "credentials",
                      value =
                          "{\"clientId\": \"c-01jd0000000000000000000000\","
                              + " \"clientSecret\": \"kept-by-you-only\"}")))
  @APIResponse(
      responseCode = "200",
      description = "A token",
      content =
          @Content(
              schema = @Schema(implementation = Onboarding.Access.class),
              examples =
                  @ExampleObject(
                      name = "token",
                      value = "{\"accessToken\": \"eyJ…\", \"expiresInSeconds\": 43200}")))
  @APIResponse(responseCode = "401", description = "The client id or its secret is wrong")
  public Uni<Onboarding.Access> token(@NotNull @Valid Credentials credentials) {
    return onboarding.signIn(credentials.clientId(), credentials.clientSecret());
  }
}
