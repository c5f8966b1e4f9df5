package org.shanpai.order.webhook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Idempotency;
import org.shanpai.messaging.Json;
import org.shanpai.order.webhook.WebhookSecret;
import org.shanpai.order.webhook.WebhookSettings;
import org.shanpai.order.webhook.Webhooks;

/** Merchants replace the secrets that sign their notices. */
@Path("/v1/webhook/secrets")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhook")
public class WebhookSecretResource {

  private static final String LEGAL_KEY = "[\\x20-\\x7e]{1," + Idempotency.LONGEST_KEY + "}";

  private final Webhooks webhooks;
  private final Idempotency idempotency;
  private final WebhookSettings settings;
  private final CurrentCaller caller;

  WebhookSecretResource(
      Webhooks webhooks, Idempotency idempotency, WebhookSettings settings, CurrentCaller caller) {
    this.webhooks = webhooks;
    this.idempotency = idempotency;
    this.settings = settings;
    this.caller = caller;
  }

  /** How long the secrets before go on signing. */
  @Schema(name = "SecretRotation")
  public record RotationBody(
      @Min(0)
          @Max(604_800)
          @Schema(description = "0 to stop the others at once; a day when missing")
          Integer overlapSeconds) {}

  /** A secret. All instants are wall time. */
  @Schema(name = "WebhookSecret")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretView(
      String secretId,
      @Schema(description = "Told once, when it is made") String secret,
      Instant createdAt,
      @Schema(description = "Signs until then; missing for the present one") Instant expiresAt) {
    static SecretView made(WebhookSecret secret) {
      return new SecretView(
          secret.secretId(), secret.secret(), secret.createdAt(), secret.expiresAt());
    }

    static SecretView listed(WebhookSecret secret) {
      return new SecretView(secret.secretId(), null, secret.createdAt(), secret.expiresAt());
    }

    @Override
    public String toString() {
      return "SecretView[" + secretId + "]";
    }
  }

  /** Those that sign at present, the newest first. */
  @Schema(name = "WebhookSecretList")
  public record SecretList(List<SecretView> secrets) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make another secret the present one",
      description =
          "For the overlap every notice carries a signature of each secret, so that you can change"
              + " over without losing one. The same Idempotency-Key gives the same secret.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      required = true,
      schema = @Schema(type = SchemaType.STRING),
      example = "rotate-2026-11")
  @RequestBody(
      content =
          @Content(
              examples = @ExampleObject(name = "a day", value = "{\"overlapSeconds\": 86400}")))
  @APIResponse(
      responseCode = "201",
      description = "It signs from now on",
      content =
          @Content(
              schema = @Schema(implementation = SecretView.class),
              examples =
                  @ExampleObject(
                      name = "secret",
                      value =
                          "{\"secretId\": \"whk-01jd0000000000000000000000\", \"secret\":"
                              + " \"whsec_…\", \"createdAt\": \"2026-11-22T03:30:00Z\"}")))
  @APIResponse(responseCode = "404", description = "No webhook is set")
  @APIResponse(responseCode = "409", description = "in-progress, too-many-secrets")
  public Uni<RestResponse<SecretView>> rotate(
      @HeaderParam("Idempotency-Key") String key, @NotNull @Valid RotationBody body) {
    if (key == null || !key.matches(LEGAL_KEY)) {
      throw Problem.badRequest(
          "Idempotency-Key",
          "Send a header Idempotency-Key of 1 to "
              + Idempotency.LONGEST_KEY
              + " printable ASCII characters.");
    }
    MerchantId merchant = me();
    Duration overlap =
        body.overlapSeconds() == null
            ? settings.overlap()
            : Duration.ofSeconds(body.overlapSeconds());
    // Saved is the id alone: the text is kept nowhere but sealed.
    return idempotency
        .once(
            merchant + "/webhook-secrets",
            key,
            body,
            () ->
                webhooks
                    .rotate(merchant, overlap)
                    .map(
                        secret ->
                            new Idempotency.Answer(201, Map.of("secretId", secret.secretId()))))
        .map(
            answer ->
                Json.read(Json.write(answer.body()), JsonNode.class).path("secretId").asText())
        .chain(id -> webhooks.secret(merchant, id))
        .map(
            found ->
                RestResponse.status(
                    RestResponse.Status.CREATED,
                    SecretView.made(
                        found.orElseThrow(() -> Problem.notFound("secret of this key any more")))));
  }

  @GET
  @Operation(summary = "The secrets that sign, without their text, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "The secrets",
      content =
          @Content(
              schema = @Schema(implementation = SecretList.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "{\"secrets\": [{\"secretId\": \"whk-01jd0000000000000000000000\","
                              + " \"createdAt\": \"2026-11-22T03:30:00Z\"}]}")))
  @APIResponse(responseCode = "404", description = "No webhook is set")
  public Uni<SecretList> list() {
    return webhooks
        .secrets(me())
        .map(signing -> new SecretList(signing.stream().map(SecretView::listed).toList()));
  }

  @DELETE
  @Path("{secretId}")
  @Operation(summary = "Stop a secret from signing at once")
  @APIResponse(responseCode = "204", description = "It signs no more")
  @APIResponse(responseCode = "404", description = "You have no such secret")
  @APIResponse(responseCode = "409", description = "last-secret: it is the present one")
  public Uni<RestResponse<Void>> revoke(
      @PathParam("secretId") @Pattern(regexp = "[A-Za-z0-9._:-]{1,80}") String secretId) {
    return webhooks.revoke(me(), secretId).map(revoked -> RestResponse.noContent());
  }

  private MerchantId me() {
    return new MerchantId(caller.subject());
  }
}
