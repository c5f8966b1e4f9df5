package org.shanpai.order.privacy.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.order.privacy.CustomerData;
import org.shanpai.order.privacy.CustomerData.Kept;

/** What is kept of a merchant's customers: read, found, erased. */
@Path("/v1/orders")
@RolesAllowed(Roles.MERCHANT)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Privacy", description = "Customers' data: read, found by telephone, erased")
public class PrivacyResource {

  private final CustomerData customers;
  private final CurrentCaller caller;

  PrivacyResource(CustomerData customers, CurrentCaller caller) {
    this.customers = customers;
    this.caller = caller;
  }

  /** The contact of an order, or when it was erased. */
  @Schema(name = "CustomerContact")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ContactView(
      OrderId orderId,
      String contactName,
      String contactPhone,
      String address,
      String note,
      String dropPointInstruction,
      @Schema(description = "Wall time; erased then at the latest. Missing while under way")
          Instant keptUntil,
      @Schema(description = "Wall time; what was personal is gone since then") Instant erasedAt) {

    static ContactView of(Kept kept) {
      return new ContactView(
          kept.orderId(),
          kept.contact() == null ? null : kept.contact().name(),
          kept.contact() == null ? null : kept.contact().phone(),
          kept.contact() == null ? null : kept.contact().address(),
          kept.contact() == null ? null : kept.contact().note(),
          kept.contact() == null ? null : kept.contact().dropInstruction(),
          kept.keptUntil(),
          kept.erasedAt());
    }

    @Override
    public String toString() {
      return "ContactView[…]";
    }
  }

  /** When the personal data of an order went. */
  @Schema(name = "Erased")
  public record Erased(OrderId orderId, @Schema(description = "Wall time") Instant erasedAt) {}

  /** A telephone number, in a body so that it stays out of access logs. */
  @Schema(name = "PhoneSearch")
  public record PhoneSearch(
      @NotBlank
          @Pattern(regexp = "\\+?[0-9][0-9 \\-]{4,22}")
          @Schema(examples = "138 0000 0000", description = "Spaces, dashes and +86 do not matter")
          String contactPhone) {
    @Override
    public String toString() {
      return "PhoneSearch[…]";
    }
  }

  /** Orders of one telephone number, the newest first, at most 200. */
  @Schema(name = "OrdersOfPhone")
  public record OrdersOfPhone(List<OrderId> orderIds) {}

  @GET
  @Path("{orderId}/contact")
  @Operation(summary = "Whom one of your orders goes to, or when that was erased")
  @APIResponse(
      responseCode = "200",
      description = "The contact",
      content =
          @Content(
              schema = @Schema(implementation = ContactView.class),
              examples = {
                @ExampleObject(
                    name = "kept",
                    value =
                        "{\"orderId\": \"o-1\", \"contactName\": \"李女士\","
                            + " \"contactPhone\": \"13800000000\","
                            + " \"address\": \"南京西路 1 弄 2 号 301 室\","
                            + " \"keptUntil\": \"2026-12-22T04:00:00Z\"}"),
                @ExampleObject(
                    name = "erased",
                    value = "{\"orderId\": \"o-1\", \"erasedAt\": \"2026-12-22T04:00:00Z\"}")
              }))
  @APIResponse(responseCode = "404", description = "You have no such order")
  public Uni<ContactView> contact(@PathParam("orderId") OrderId orderId) {
    return customers.kept(merchant(), orderId).map(ContactView::of);
  }

  @POST
  @Path("{orderId}/erase")
  @Operation(
      summary = "Erase the customer's data of an ended order now",
      description =
          "Name, telephone, address, notes, pictures and words of feedback go; the order, its fees"
              + " and its history stay. Cannot be undone; asking again changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Gone",
      content =
          @Content(
              schema = @Schema(implementation = Erased.class),
              examples =
                  @ExampleObject(
                      name = "erased",
                      value = "{\"orderId\": \"o-1\", \"erasedAt\": \"2026-11-22T04:00:00Z\"}")))
  @APIResponse(responseCode = "404", description = "You have no such order")
  @APIResponse(responseCode = "409", description = "order-not-ended: it is needed until the end")
  public Uni<Erased> erase(@PathParam("orderId") OrderId orderId) {
    return customers.erase(merchant(), orderId).map(at -> new Erased(orderId, at));
  }

  @POST
  @Path("by-phone")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Your orders of one telephone number, the newest first")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(name = "phone", value = "{\"contactPhone\": \"138 0000 0000\"}")))
  @APIResponse(
      responseCode = "200",
      description = "At most 200; none of those whose data was erased",
      content =
          @Content(
              schema = @Schema(implementation = OrdersOfPhone.class),
              examples = @ExampleObject(name = "one", value = "{\"orderIds\": [\"o-1\"]}")))
  public Uni<OrdersOfPhone> byPhone(@NotNull @Valid PhoneSearch body) {
    return customers.withPhone(merchant(), body.contactPhone()).map(OrdersOfPhone::new);
  }

  private MerchantId merchant() {
    return new MerchantId(caller.subject());
  }
}
