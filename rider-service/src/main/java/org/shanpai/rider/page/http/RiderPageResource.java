package org.shanpai.rider.page.http;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The way to the riders' page. */
@Path("/rider")
@PermitAll
@Tag(name = "Rider page")
public class RiderPageResource {

  @GET
  @Operation(summary = "The riders' page", description = "A page for phones, at /rider/.")
  @APIResponse(responseCode = "303", description = "To the page")
  @APIResponse(responseCode = "200", description = "The page, after the redirect")
  public RestResponse<Void> page() {
    return RestResponse.seeOther(URI.create("/rider/index.html"));
  }
}
