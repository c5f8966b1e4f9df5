package org.shanpai.rider.task.remote;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** order-service, which owns codes and customers' contacts. Refusals come back as answers. */
@Path("/internal/v1/orders/{orderId}")
@RegisterRestClient(configKey = "order")
@Consumes(MediaType.APPLICATION_JSON)
interface OrderApi {

  record Code(String kind, String code, long epoch) {}

  @POST
  @Path("/codes/check")
  Uni<Response> checkCode(
      @HeaderParam("Authorization") String bearer,
      @HeaderParam("Idempotency-Key") String key,
      @PathParam("orderId") String orderId,
      Code body);

  @GET
  @Path("/contact")
  Uni<Response> contact(
      @HeaderParam("Authorization") String bearer, @PathParam("orderId") String orderId);
}
