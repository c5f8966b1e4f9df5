package org.shanpai.order.merchantpage.http;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The way to the merchants' page. */
@Path("/merchant")
@PermitAll
@Tag(name = "Merchant page")
public class MerchantPageResource {

  @GET
  @Operation(summary = "The merchants' page", description = "A page for people, at /merchant/.")
  @APIResponse(responseCode = "303", description = "To the page")
  @APIResponse(responseCode = "200", description = "The page, after the redirect")
  public RestResponse<Void> page() {
    return RestResponse.seeOther(URI.create("/merchant/index.html"));
  }
}
