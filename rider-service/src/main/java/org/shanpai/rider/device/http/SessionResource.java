package org.shanpai.rider.device.http;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.rider.device.Sessions;

/** Sign-in of riders. */
@Path("/v1/riders/sessions")
@Tag(name = "Sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {

  private static final String DEVICE_KEY = "[A-Za-z0-9_-]{32,128}";

  private final Sessions sessions;

  public SessionResource(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * What a rider signs in with.
   *
   * @param deviceKey made once by the app, at random, and kept where the phone keeps secrets
   * @param deviceTime the phone's clock now, right or wrong
   */
  public record Credentials(
      @NotBlank @Size(max = 64) @Schema(examples = "r-23") String riderId,
      @NotBlank @Size(max = 128) @Schema(examples = "2f0uHqk0m7Y2m0bJQ1…") String secret,
      @NotNull
          @Pattern(regexp = DEVICE_KEY)
          @Schema(
              description = "Made once by the app, at random; the account is bound to it",
              examples = "Zk3nB0qT8vXwP2sLr6yHc1mJd5uAe9gf")
          String deviceKey,
      @Size(max = 64) @Schema(examples = "Mi 11") String deviceName,
      @Schema(description = "The phone's clock now", examples = "2026-11-22T04:05:06Z")
          Instant deviceTime) {
    @Override
    public String toString() {
      return "Credentials[" + riderId + "]";
    }
  }

  /** What a session goes on with. */
  public record Renewal(
      @NotBlank @Size(max = 128) @Schema(examples = "hT3_nq0m7Y2m0bJQ1…") String refreshToken,
      @NotNull @Pattern(regexp = DEVICE_KEY) @Schema(examples = "Zk3nB0qT8vXwP2sLr6yHc1mJd5uAe9gf")
          String deviceKey,
      @Schema(description = "The phone's clock now", examples = "2026-11-22T04:05:06Z")
          Instant deviceTime) {
    @Override
    public String toString() {
      return "Renewal[…]";
    }
  }

  /** The session to end. */
  public record SignOut(
      @NotBlank @Size(max = 128) @Schema(examples = "hT3_nq0m7Y2m0bJQ1…") String refreshToken) {
    @Override
    public String toString() {
      return "SignOut[…]";
    }
  }

  /** Seconds are wall time. */
  public record Session(
      @Schema(examples = "eyJhbGciOiJFUzI1NiJ9…") String accessToken,
      @Schema(examples = "900") long expiresInSeconds,
      @Schema(description = "Good once", examples = "hT3_nq0m7Y2m0bJQ1…") String refreshToken,
      @Schema(examples = "2592000") long refreshExpiresInSeconds,
      @Schema(examples = "d-5f0e8a1b2c3d4e5f") String deviceId) {

    static Session of(Sessions.Tokens made) {
      return new Session(
          made.accessToken(),
          made.life().toSeconds(),
          made.refreshToken(),
          made.refreshLife().toSeconds(),
          made.deviceId());
    }

    @Override
    public String toString() {
      return "Session[" + deviceId + "]";
    }
  }

  @POST
  @PermitAll
  @Operation(
      summary = "Sign in with the secret, get a short-lived token",
      description =
          "The first phone that signs in is bound to the account. Another one is refused until the"
              + " rider's station manager releases the first. An earlier session ends.")
  @APIResponse(
      responseCode = "200",
      description = "Signed in",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(responseCode = "401", description = "The rider or the secret is wrong")
  @APIResponse(responseCode = "403", description = "other-device: bound to another phone")
  public Uni<Session> signIn(@NotNull @Valid Credentials credentials) {
    return sessions
        .signIn(
            credentials.riderId(),
            credentials.secret(),
            credentials.deviceKey(),
            credentials.deviceName(),
            credentials.deviceTime())
        .map(Session::of);
  }

  @POST
  @Path("/refresh")
  @PermitAll
  @Operation(
      summary = "Another access token, and another refresh token",
      description =
          "A refresh token is good once; whoever did not get the answer may send it again for a"
              + " minute. One that comes back later ends the session: somebody copied it.")
  @APIResponse(
      responseCode = "200",
      description = "Signed in for longer",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(responseCode = "401", description = "The session is over; sign in again")
  @APIResponse(responseCode = "403", description = "other-device: not the session's phone")
  public Uni<Session> refresh(@NotNull @Valid Renewal renewal) {
    return sessions
        .refresh(renewal.refreshToken(), renewal.deviceKey(), renewal.deviceTime())
        .map(Session::of);
  }

  @POST
  @Path("/end")
  @PermitAll
  @Operation(summary = "Sign out; the phone stays the account's")
  @APIResponse(responseCode = "204", description = "The session is over, now or before")
  public Uni<Void> signOut(@NotNull @Valid SignOut signOut) {
    return sessions.signOut(signOut.refreshToken());
  }
}
