package org.shanpai.rider.roster.http;

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
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.rider.roster.Roster;

/** Sign-in of riders. */
@Path("/v1/riders/sessions")
@Tag(name = "Sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {

  private final Roster roster;
  private final TokenIssuer tokens;
  private final Duration life;

  public SessionResource(
      Roster roster,
      TokenIssuer tokens,
      @ConfigProperty(name = "shanpai.rider.token-life") Duration life) {
    this.roster = roster;
    this.tokens = tokens;
    this.life = life;
  }

  /** What a rider signs in with. */
  public record Credentials(
      @NotBlank @Size(max = 64) @Schema(examples = "r-23") String riderId,
      @NotBlank @Size(max = 128) @Schema(examples = "2f0uHqk0m7Y2m0bJQ1…") String secret) {}

  /**
   * @param expiresInSeconds wall time
   */
  public record Session(
      @Schema(examples = "eyJhbGciOiJFUzI1NiJ9…") String accessToken,
      @Schema(examples = "1800") long expiresInSeconds) {}

  @POST
  @PermitAll
  @Operation(summary = "Sign in with the secret, get a short-lived token")
  @APIResponse(
      responseCode = "200",
      description = "Signed in",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(responseCode = "401", description = "The rider or the secret is wrong")
  public Uni<Session> signIn(@NotNull @Valid Credentials credentials) {
    return roster
        .checkSecret(credentials.riderId(), credentials.secret())
        .map(
            ok ->
                new Session(
                    tokens.issue(credentials.riderId(), Set.of(Roles.RIDER), life, Map.of()),
                    life.toSeconds()));
  }
}
