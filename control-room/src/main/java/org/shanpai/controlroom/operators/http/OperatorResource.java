package org.shanpai.controlroom.operators.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.TokenMechanism;
import org.shanpai.controlroom.operators.EndedSessions;
import org.shanpai.controlroom.operators.Operator;
import org.shanpai.controlroom.operators.Operators;
import org.shanpai.controlroom.operators.Session;
import org.shanpai.messaging.Idempotency;

/** Operators and their sessions. */
@Path("/v1/operators")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operators")
public class OperatorResource {

  private static final String NAME = "[a-z0-9][a-z0-9._-]{2,31}";
  private static final String NAME_MESSAGE = "3 to 32 characters of a-z, 0-9, . _ -";

  /** The first operator's particulars. */
  @Schema(
      description = "The first operator",
      examples =
          "{\"code\":\"482913057264\",\"username\":\"lin\",\"password\":\"tea at 3 in the rain\"}")
  public record First(
      @NotBlank @Size(max = 128) String code,
      @NotNull @Pattern(regexp = NAME, message = NAME_MESSAGE) String username,
      @NotNull @Size(min = 10, max = 128) String password) {}

  /** Name and password. */
  @Schema(
      description = "Name and password",
      examples = "{\"username\":\"lin\",\"password\":\"tea at 3 in the rain\"}")
  public record Credentials(
      @NotBlank @Size(max = 64) String username, @NotBlank @Size(max = 128) String password) {}

  /** A new operator. */
  @Schema(
      description = "A new operator",
      examples =
          "{\"username\":\"wei\",\"password\":\"long enough to keep\",\"roles\":[\"dispatcher\"]}")
  public record NewOperator(
      @NotNull @Pattern(regexp = NAME, message = NAME_MESSAGE) String username,
      @NotNull @Size(min = 10, max = 128) String password,
      @NotEmpty Set<@NotBlank String> roles) {}

  /** A session as told to whoever began it. */
  @Schema(description = "A session")
  public record SessionBody(
      String accessToken,
      @Schema(examples = "43200") long expiresInSeconds,
      @Schema(description = "Repeat it in X-Shanpai-Csrf when the cookie is used") String csrf,
      String username,
      Set<String> roles) {}

  /** Who is signed in. */
  @Schema(description = "Who is signed in")
  public record Me(String username, Set<String> roles, String csrf, Instant expiresAt) {}

  private final Operators operators;
  private final EndedSessions ended;
  private final Idempotency idempotency;
  private final CurrentCaller caller;
  private final boolean production;

  public OperatorResource(
      Operators operators,
      EndedSessions ended,
      Idempotency idempotency,
      CurrentCaller caller,
      ShanpaiConfig config) {
    this.operators = operators;
    this.ended = ended;
    this.idempotency = idempotency;
    this.caller = caller;
    this.production = config.mode() == ShanpaiConfig.Mode.PRODUCTION;
  }

  @POST
  @Path("/first")
  @PermitAll
  @Operation(
      summary = "Become the first operator, a manager",
      description = "By the one-time code from the log; works once. Signs in as well.")
  @APIResponse(
      responseCode = "201",
      description = "Made and signed in",
      content = @Content(schema = @Schema(implementation = SessionBody.class)))
  @APIResponse(responseCode = "401", description = "Wrong code")
  @APIResponse(responseCode = "409", description = "Somebody was first")
  @APIResponse(responseCode = "503", description = "Too many are signing in; try again")
  public Uni<Response> first(@NotNull @Valid First first, @Context HttpServerRequest request) {
    return operators
        .first(first.code(), first.username(), first.password(), address(request))
        .map(session -> signedIn(201, session));
  }

  @POST
  @Path("/sessions")
  @PermitAll
  @Operation(summary = "Sign in: a bearer token, and the same as a cookie for the page")
  @APIResponse(
      responseCode = "200",
      description = "Signed in",
      content = @Content(schema = @Schema(implementation = SessionBody.class)))
  @APIResponse(responseCode = "401", description = "Wrong name or password")
  @APIResponse(responseCode = "429", description = "Too many wrong tries")
  @APIResponse(responseCode = "503", description = "Too many are signing in; try again")
  public Uni<Response> signIn(
      @NotNull @Valid Credentials credentials, @Context HttpServerRequest request) {
    return operators
        .signIn(credentials.username(), credentials.password(), address(request))
        .map(session -> signedIn(200, session));
  }

  @DELETE
  @Path("/sessions/current")
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Sign out: the token is no longer good here")
  @APIResponse(responseCode = "204", description = "Signed out")
  public Uni<Response> signOut() {
    return ended
        .end(caller.claim("jti").toString(), expiry())
        .replaceWith(Response.noContent().cookie(cookie("", 0)).build());
  }

  @GET
  @Path("/me")
  @RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(summary = "Who is signed in")
  public Me me() {
    return new Me(
        caller.subject(),
        new TreeSet<>(caller.roles()),
        String.valueOf(caller.claim("csrf")),
        expiry());
  }

  @GET
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "All operators")
  public Uni<List<Operator>> list() {
    return operators.list();
  }

  @POST
  @RolesAllowed(Roles.MANAGER)
  @Operation(summary = "Add an operator")
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content = @Content(schema = @Schema(implementation = Operator.class)))
  @APIResponse(
      responseCode = "409",
      description = "The name is taken, or the same key is under way")
  @APIResponse(
      responseCode = "422",
      description = "There is no such role, or the key was used with another body")
  @APIResponse(responseCode = "503", description = "Too many are signing in; try again")
  public Uni<Response> add(
      @NotNull @Valid NewOperator given, @HeaderParam("Idempotency-Key") String key) {
    Operators.checkRoles(given.roles());
    Operator operator = new Operator(given.username(), Set.copyOf(given.roles()));
    String by = caller.subject();
    return operators
        .hash(given.password())
        .flatMap(
            hash ->
                idempotency.once(
                    by + "/operators",
                    key,
                    Map.of("username", given.username(), "roles", new TreeSet<>(given.roles())),
                    () ->
                        operators
                            .add(operator, hash, by)
                            .map(added -> new Idempotency.Answer(201, added))))
        .map(Idempotency.Answer::toResponse);
  }

  private Instant expiry() {
    return Instant.ofEpochSecond(((Number) caller.claim("exp")).longValue());
  }

  private Response signedIn(int status, Session session) {
    return Response.status(status)
        .entity(
            new SessionBody(
                session.token(),
                session.life().toSeconds(),
                session.csrf(),
                session.operator().username(),
                new TreeSet<>(session.operator().roles())))
        .cookie(cookie(session.token(), (int) session.life().toSeconds()))
        .build();
  }

  /** Secure in production only: a demo on http://localhost must work in every browser. */
  private NewCookie cookie(String value, int maxAge) {
    return new NewCookie.Builder(TokenMechanism.COOKIE)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(production)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  private static String address(HttpServerRequest request) {
    return request.remoteAddress().hostAddress();
  }
}
