package org.shanpai.order.merchant.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.MerchantId;
import org.shanpai.order.PlainText;
import org.shanpai.order.merchant.MerchantFile;
import org.shanpai.order.merchant.Onboarding;

/** Operators take merchants in. */
@Path("/v1/merchants")
@RolesAllowed(Roles.MANAGER)
@Tag(name = "Merchants", description = "Onboarding by the platform's managers")
public class MerchantResource {

  private final Onboarding onboarding;

  MerchantResource(Onboarding onboarding) {
    this.onboarding = onboarding;
  }

  /** What a manager says of a merchant. */
  @Schema(name = "MerchantChange")
  public record MerchantChange(
      @NotBlank @Size(max = 120) @PlainText @Schema(examples = "晨光便利 Morning Light") String name,
      @Schema(
              examples = "false",
              description =
                  "Its keys, which begin with test-, make sandbox orders only; false when missing,"
                      + " never changed afterwards")
          Boolean sandboxOnly) {}

  /** A merchant; the secret only when it was created just now. */
  @Schema(name = "Merchant")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MerchantAnswer(
      MerchantId merchantId,
      String name,
      String clientId,
      String clientSecret,
      @Schema(description = "Its keys make sandbox orders only") Boolean sandboxOnly) {
    static MerchantAnswer of(Onboarding.TakenIn taken) {
      return new MerchantAnswer(
          taken.merchant().id(),
          taken.merchant().name(),
          taken.merchant().clientId(),
          taken.clientSecret(),
          taken.merchant().sandboxOnly() ? Boolean.TRUE : null);
    }
  }

  /** What became of a line of the file. */
  public enum Outcome {
    CREATED,
    UPDATED,
    REFUSED
  }

  /** The report on one line. */
  @Schema(name = "MerchantImportLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImportLine(int line, Outcome outcome, String reason, MerchantAnswer merchant) {
    static ImportLine of(Onboarding.LineReport report) {
      return report.taken() == null
          ? new ImportLine(report.line(), Outcome.REFUSED, report.reason(), null)
          : new ImportLine(
              report.line(),
              report.taken().created() ? Outcome.CREATED : Outcome.UPDATED,
              null,
              MerchantAnswer.of(report.taken()));
    }
  }

  /** The report on a file. */
  @Schema(name = "MerchantImportReport")
  public record ImportReport(int created, int updated, int refused, List<ImportLine> lines) {
    static ImportReport of(List<ImportLine> lines) {
      return new ImportReport(
          count(lines, Outcome.CREATED),
          count(lines, Outcome.UPDATED),
          count(lines, Outcome.REFUSED),
          lines);
    }

    private static int count(List<ImportLine> lines, Outcome outcome) {
      return (int) lines.stream().filter(line -> line.outcome() == outcome).count();
    }
  }

  @PUT
  @Path("{merchantId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Take a merchant in, or rename it",
      description = "The client secret is in the first answer only and cannot be shown again.")
  @RequestBody(
      content =
          @Content(
              examples =
                  @ExampleObject(name = "merchant", value = "{\"name\": \"晨光便利 Morning Light\"}")))
  @APIResponse(
      responseCode = "201",
      description = "Created; keep the secret",
      content =
          @Content(
              schema = @Schema(implementation = MerchantAnswer.class),
              examples =
                  @ExampleObject(
                      name = "created",
                      value =
                          "{\"merchantId\": \"m-morning\", \"name\": \"晨光便利 Morning Light\","
                              + " \"clientId\": \"c-01jd0000000000000000000000\","
                              + " \"clientSecret\": \"kept-by-you-only\"}")))
  @APIResponse(responseCode = "200", description = "Renamed, or nothing to change")
  @APIResponse(responseCode = "400", description = "The name is missing, too long or illegal")
  @APIResponse(
      responseCode = "409",
      description = "merchant-kind-fixed: it was taken in with the other kind of keys")
  public Uni<RestResponse<MerchantAnswer>> put(
      @PathParam("merchantId") MerchantId merchantId, @NotNull @Valid MerchantChange change) {
    return onboarding
        .takeIn(merchantId, change.name().strip(), change.sandboxOnly())
        .map(
            taken ->
                RestResponse.status(
                    taken.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                    MerchantAnswer.of(taken)));
  }

  @POST
  @Path("import")
  @Consumes({"text/csv", MediaType.TEXT_PLAIN})
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Take merchants in by file",
      description =
          "CSV, UTF-8, heading merchantId,name. Every good line is taken, every bad one reported;"
              + " sending a file twice changes nothing the second time.")
  @RequestBody(
      content =
          @Content(
              mediaType = "text/csv",
              examples =
                  @ExampleObject(
                      name = "file",
                      value = "merchantId,name\nm-morning,晨光便利\nm-tea,\"Tea, and more\"\n")))
  @APIResponse(
      responseCode = "200",
      description = "A report for each line",
      content = @Content(schema = @Schema(implementation = ImportReport.class)))
  @APIResponse(responseCode = "422", description = "Not a file of merchants")
  public Uni<ImportReport> importFile(@NotNull String csv) {
    return Uni.createFrom()
        .item(() -> MerchantFile.parse(csv))
        .chain(onboarding::takeIn)
        .map(reports -> ImportReport.of(reports.stream().map(ImportLine::of).toList()));
  }
}
