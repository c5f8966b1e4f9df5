package org.shanpai.dispatch.wave.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.dispatch.replay.WaveFile;
import org.shanpai.dispatch.wave.StoredWaves;
import org.shanpai.dispatch.wave.WaveLog;
import org.shanpai.messaging.Tx;

/** How the waves of an area go, for operators. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
@Tag(name = "Waves", description = "Decision rounds of an area.")
public class WaveResource {

  /**
   * A wave from end to end.
   *
   * @param stored what is kept so that it can be run again; null when nothing is, or not yet
   * @param answer one line for each decision with its reasons, each route, and the cost; null as
   *     {@code stored}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WaveStory(WaveLog.Entry wave, StoredWaves.Stored stored, List<String> answer) {}

  private final Tx tx;
  private final WaveLog log;
  private final StoredWaves stored;

  public WaveResource(Tx tx, WaveLog log, StoredWaves stored) {
    this.tx = tx;
    this.log = log;
    this.stored = stored;
  }

  @GET
  @Path("/areas/{areaId}/wave")
  @Operation(summary = "The last wave that was solved in an area")
  @APIResponse(responseCode = "200", description = "What it was and did")
  @APIResponse(responseCode = "404", description = "None was solved there yet")
  public Uni<WaveLog.Entry> last(
      @Parameter(example = "a-core") @PathParam("areaId") String areaId) {
    return tx.read(() -> log.last(areaId))
        .map(
            entry -> {
              if (entry == null) {
                throw Problem.notFound("solved wave of area " + areaId);
              }
              return entry;
            });
  }

  @GET
  @Path("/waves/{waveId}")
  @Operation(
      summary = "The story of a wave",
      description =
          "What it saw and did, what the engine survived, and its whole answer in lines. Every"
              + " receipt names its wave.")
  @APIResponse(
      responseCode = "200",
      description = "The story",
      content = @Content(schema = @Schema(implementation = WaveStory.class)))
  @APIResponse(responseCode = "404", description = "There was none, or it is too long ago")
  public Uni<WaveStory> story(
      @Parameter(example = "w-01jcz3k9q8m2v7r4t6w1x5y0ab") @PathParam("waveId") String waveId) {
    return tx.read(
            () ->
                log.find(waveId)
                    .chain(
                        entry ->
                            entry == null
                                ? Uni.createFrom().failure(Problem.notFound("wave " + waveId))
                                : stored
                                    .find(waveId)
                                    .chain(
                                        kept ->
                                            stored
                                                .body(waveId)
                                                .map(body -> new Found(entry, kept, body)))))
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            found ->
                new WaveStory(
                    found.entry(),
                    found.kept(),
                    found.body() == null ? null : WaveFile.read(found.body()).answer()));
  }

  private record Found(WaveLog.Entry entry, StoredWaves.Stored kept, byte[] body) {}

  @GET
  @Path("/waves/{waveId}/input")
  @Produces("application/gzip")
  @RolesAllowed({Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER})
  @Operation(
      summary = "A stored wave, to run it again",
      description =
          "JSON compressed with gzip: the engine's whole input with seed, weights and travel times,"
              + " the steps taken, the answer. `./shanpai replay` takes it.")
  @APIResponse(
      responseCode = "200",
      description = "The stored wave",
      content = @Content(mediaType = "application/gzip"))
  @APIResponse(responseCode = "404", description = "There is none, or it is too long ago")
  public Uni<Response> input(
      @Parameter(example = "w-01jcz3k9q8m2v7r4t6w1x5y0ab") @PathParam("waveId") String waveId) {
    return tx.read(() -> stored.body(waveId))
        .map(
            body -> {
              if (body == null) {
                throw Problem.notFound("stored wave " + waveId);
              }
              return Response.ok(body)
                  .header("Content-Disposition", "attachment; filename=\"" + waveId + ".json.gz\"")
                  .build();
            });
  }
}
