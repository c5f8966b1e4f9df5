package org.shanpai.order.merchantpage.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.City;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.order.PlainText;
import org.shanpai.order.merchant.Merchant;
import org.shanpai.order.merchant.Onboarding;
import org.shanpai.order.merchantpage.MerchantSessions;

/** Merchants sign in at their page, and look after their own access. */
@Path("/v1/merchants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Merchant page", description = "Sessions by cookie, for the page at /merchant")
public class SessionResource {

  private final MerchantSessions sessions;
  private final Onboarding onboarding;
  private final CurrentCaller caller;
  private final City city;
  private final CityClock clock;
  private final String cookieName;
  private final boolean production;

  SessionResource(
      MerchantSessions sessions,
      Onboarding onboarding,
      CurrentCaller caller,
      City city,
      CityClock clock,
      ShanpaiConfig config) {
    this.sessions = sessions;
    this.onboarding = onboarding;
    this.caller = caller;
    this.city = city;
    this.clock = clock;
    this.cookieName = config.auth().cookieName();
    this.production = config.mode() == ShanpaiConfig.Mode.PRODUCTION;
  }

  /** What a merchant signs in with. */
  @Schema(name = "MerchantSignIn")
  public record SignIn(
      @NotBlank @Size(max = 64) @PlainText String clientId,
      @NotBlank @Size(max = 128) @PlainText String clientSecret) {
    @Override
    public String toString() {
      return "SignIn[" + clientId + "]";
    }
  }

  /** Who is signed in. The token itself is in the cookie alone. */
  @Schema(name = "MerchantSession")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Me(
      MerchantId merchantId,
      String name,
      String clientId,
      @Schema(description = "Your keys make sandbox orders only") Boolean sandboxOnly,
      @Schema(description = "Repeat it in X-Shanpai-Csrf with every change by cookie") String csrf,
      @Schema(description = "Wall time") Instant expiresAt,
      @Schema(description = "The city's time zone", examples = "Asia/Shanghai") String zone,
      @Schema(description = "City time now") Instant cityTime,
      @Schema(description = "How fast the city's clock runs", examples = "1") double citySpeed) {
    @Override
    public String toString() {
      return "Me[" + merchantId + "]";
    }
  }

  /** A new secret. */
  @Schema(name = "NewClientSecret")
  public record NewSecret(
      String clientId, @Schema(description = "Told this once") String clientSecret) {
    @Override
    public String toString() {
      return "NewSecret[" + clientId + "]";
    }
  }

  @POST
  @Path("sessions")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Sign in at the page",
      description =
          "Sets an HttpOnly cookie. With it every other endpoint is open as with a bearer token;"
              + " whatever changes something must repeat csrf in X-Shanpai-Csrf.")
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
      description = "Signed in",
      content = @Content(schema = @Schema(implementation = Me.class)))
  @APIResponse(responseCode = "401", description = "The client id or its secret is wrong")
  public Uni<RestResponse<Me>> signIn(@NotNull @Valid SignIn body) {
    return sessions
        .begin(body.clientId(), body.clientSecret())
        .map(
            begun ->
                RestResponse.ResponseBuilder.ok(me(begun.merchant(), begun.csrf(), null))
                    .cookie(cookie(begun.token(), (int) begun.life().toSeconds()))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  @DELETE
  @Path("sessions/current")
  @RolesAllowed(Roles.MERCHANT)
  @Operation(summary = "Sign out: the session is no longer good")
  @APIResponse(responseCode = "204", description = "Signed out")
  public Uni<RestResponse<Void>> signOut() {
    return sessions
        .end(String.valueOf(caller.claim("jti")), expiry())
        .map(gone -> RestResponse.ResponseBuilder.<Void>noContent().cookie(cookie("", 0)).build());
  }

  @GET
  @Path("me")
  @RolesAllowed(Roles.MERCHANT)
  @Operation(summary = "Who is signed in")
  @APIResponse(
      responseCode = "200",
      description = "You",
      content = @Content(schema = @Schema(implementation = Me.class)))
  public Uni<Me> me() {
    Object csrf = caller.claim("csrf");
    return sessions
        .who(new MerchantId(caller.subject()))
        .map(merchant -> me(merchant, csrf == null ? null : csrf.toString(), expiry()));
  }

  @POST
  @Path("me/secret")
  @RolesAllowed(Roles.MERCHANT)
  @Operation(
      summary = "Renew the client secret",
      description =
          "The old one is no longer good at once; tokens and sessions begun with it end in their"
              + " own time. Done twice, only the second secret is good.")
  @APIResponse(
      responseCode = "200",
      description = "The new secret",
      content = @Content(schema = @Schema(implementation = NewSecret.class)))
  public Uni<RestResponse<NewSecret>> renew() {
    return onboarding
        .renewSecret(new MerchantId(caller.subject()))
        .map(
            renewed ->
                RestResponse.ResponseBuilder.ok(
                        new NewSecret(renewed.merchant().clientId(), renewed.clientSecret()))
                    .header("Cache-Control", "no-store")
                    .build());
  }

  private Me me(Merchant merchant, String csrf, Instant expiresAt) {
    return new Me(
        merchant.id(),
        merchant.name(),
        merchant.clientId(),
        merchant.sandboxOnly() ? Boolean.TRUE : null,
        csrf,
        expiresAt,
        city.zone().getId(),
        clock.now(),
        clock.speed());
  }

  private Instant expiry() {
    return Instant.ofEpochSecond(((Number) caller.claim("exp")).longValue());
  }

  /** Secure in production only: a demo on http://localhost must work in every browser. */
  private NewCookie cookie(String value, int maxAge) {
    return new NewCookie.Builder(cookieName)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(production)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
