package org.shanpai.order.export.http;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.shanpai.chassis.City;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.order.export.OrderExport;

/** Merchants take their orders home. */
@Path("/v1/orders/export.csv")
@RolesAllowed(Roles.MERCHANT)
@Tag(name = "Orders")
public class OrderExportResource {

  private static final String CSV = "text/csv;charset=utf-8";

  private final OrderExport export;
  private final CurrentCaller caller;
  private final City city;
  private final CityClock clock;

  OrderExportResource(OrderExport export, CurrentCaller caller, City city, CityClock clock) {
    this.export = export;
    this.caller = caller;
    this.city = city;
    this.clock = clock;
  }

  @GET
  @Produces(CSV)
  @Operation(
      summary = "Your orders of some days as a CSV file, the newest first",
      description =
          "UTF-8 with a byte order mark, times of the city. No names, phones, addresses or codes."
              + " Cells that a spreadsheet would take for formulas begin with an apostrophe.")
  @APIResponse(
      responseCode = "200",
      description = "The file",
      content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
  @APIResponse(responseCode = "400", description = "A date that is none, or too many days")
  public RestMulti<byte[]> file(
      @Parameter(
              description = "First business date; 30 days before the last when missing",
              example = "2026-11-01",
              schema = @Schema(implementation = String.class))
          @QueryParam("from")
          String from,
      @Parameter(
              description = "Last business date, included; today when missing",
              example = "2026-11-22",
              schema = @Schema(implementation = String.class))
          @QueryParam("to")
          String to) {
    LocalDate last = date("to", to, city.businessDate(clock.now()));
    LocalDate first = date("from", from, last.minusDays(30));
    if (first.isAfter(last)) {
      throw Problem.badRequest("from", "from must not be after to.");
    }
    if (ChronoUnit.DAYS.between(first, last) >= OrderExport.MOST_DAYS) {
      throw Problem.badRequest(
          "from", "A file spans at most " + OrderExport.MOST_DAYS + " days; take several.");
    }
    Multi<byte[]> pieces =
        export
            .file(new MerchantId(caller.subject()), first, last)
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    return RestMulti.fromMultiData(pieces)
        .header(
            "Content-Disposition", "attachment; filename=\"orders-" + first + "-" + last + ".csv\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  private static LocalDate date(String name, String text, LocalDate otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.getYear() < 2000 || date.getYear() > 2200) {
        throw Problem.badRequest(name, name + " must lie between the years 2000 and 2200.");
      }
      return date;
    } catch (DateTimeParseException malformed) {
      throw Problem.badRequest(name, name + " must be a date like 2026-11-22.");
    }
  }
}
