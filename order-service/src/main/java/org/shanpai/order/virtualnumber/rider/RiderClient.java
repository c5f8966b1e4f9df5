package org.shanpai.order.virtualnumber.rider;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What rider-service tells of its riders. */
@RegisterRestClient(configKey = "rider")
@Path("/internal/v1/riders")
@Produces(MediaType.APPLICATION_JSON)
interface RiderClient {

  /** The part of the answer used here. */
  record Contact(String phone) {
    @Override
    public String toString() {
      return "Contact[…]";
    }
  }

  @GET
  @Path("{riderId}/contact")
  Uni<Contact> contact(
      @PathParam("riderId") String riderId, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer);
}
