package org.shanpai.rider.task.remote;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** order-service, which owns codes and customers' contacts. Refusals come back as answers. */
@Path("/internal/v1/orders/{orderId}")
@RegisterRestClient(configKey = "order")
@Consumes(MediaType.APPLICATION_JSON)
interface OrderApi {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Code(
      String kind,
      String code,
      long epoch,
      String proofId,
      Boolean dropPoint,
      Set<String> checked) {}

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

  @GET
  @Path("/proofs/{proofId}")
  @Produces({"image/jpeg", "image/png", "image/webp"})
  Uni<Response> proof(
      @HeaderParam("Authorization") String bearer,
      @PathParam("orderId") String orderId,
      @PathParam("proofId") String proofId);

  @PUT
  @Path("/proofs/{proofId}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  Uni<Response> putProof(
      @HeaderParam("Authorization") String bearer,
      @PathParam("orderId") String orderId,
      @PathParam("proofId") String proofId,
      @QueryParam("epoch") long epoch,
      byte[] picture);
}
