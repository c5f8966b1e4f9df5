package org.shanpai.order.tracking.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.tracking.Tracking;
import org.shanpai.order.tracking.TrackingLimit;
import org.shanpai.order.tracking.http.PageWords.Language;

/** The page behind {@code trackingUrl}. */
@Path("/t/{token}")
@PermitAll
@Tag(name = "Tracking")
public class CustomerPageResource {

  private static final String HTML = MediaType.TEXT_HTML + ";charset=utf-8";

  private final Tracking tracking;
  private final TrackingLimit limit;
  private final CustomerPage page;

  CustomerPageResource(Tracking tracking, TrackingLimit limit, CustomerPage page) {
    this.tracking = tracking;
    this.limit = limit;
    this.page = page;
  }

  @GET
  @Produces(HTML)
  @Operation(
      summary = "The customer's page",
      description = "Chinese or English by Accept-Language, or as lang= says.")
  @APIResponse(responseCode = "200", description = "The page")
  @APIResponse(
      responseCode = "404",
      description = "A page that says the link does not work",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @APIResponse(
      responseCode = "410",
      description = "A page that says the link has ended",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @APIResponse(
      responseCode = "429",
      description = "A page that asks to wait",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Uni<RestResponse<String>> page(
      @PathParam("token") String token,
      @QueryParam("lang") String lang,
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String accepted,
      @Context HttpServerRequest request) {
    Language language = Language.of(lang, accepted);
    return Uni.createFrom()
        .deferred(() -> tracking.look(TrackingResource.admitted(tracking, limit, token, request)))
        .map(order -> answer(200, page.of(order, language)))
        .onFailure(CustomerPageResource::hasAPage)
        .recoverWithItem(
            failure -> {
              int status = ((Problem) failure).status();
              return answer(status, page.gone(status, language));
            });
  }

  private static boolean hasAPage(Throwable failure) {
    return failure instanceof Problem problem
        && (problem.status() == 404 || problem.status() == 410 || problem.status() == 429);
  }

  private static RestResponse<String> answer(int status, String html) {
    return RestResponse.ResponseBuilder.<String>create(status, null)
        .entity(html)
        .header("Cache-Control", "no-store")
        .header("Vary", "Accept-Language")
        .header("X-Robots-Tag", "noindex, nofollow")
        .build();
  }
}
